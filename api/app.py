"""The web application: which doors there are, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute

from pipeline.bootstrap import Heliograph

from . import documentation, health, problems, reading_room
from .access_log import AccessLog
from .body_limit import BodyLimit
from .console import routes as console
from .console.pages import article_import
from .faults import Faults
from .head_requests import HeadRequests
from .plain_addresses import PlainAddresses
from .portal import article as told_article
from .portal import banner, decision, feeds, own, sign_in, status, subscriptions, survey
from .portal import release as release_page
from .portal import routes as portal
from .portal.rendered import Renderings
from .replay.dry_runs import DryRuns
from .resources import (
    administration,
    alerts,
    approvals,
    attachments,
    awaited_approvals,
    causes,
    chains,
    changes,
    communications,
    conversations,
    corrections,
    erasure,
    events,
    history,
    incident_articles,
    incidents,
    knowledge,
    knowledge_acts,
    knowledge_import,
    log_bodies,
    maintenance,
    models,
    mutes,
    on_call,
    releases,
    replays,
    reports,
    rules,
    services,
    settings,
    similar,
    summaries,
    surveys,
    templates,
    unreachable,
    why,
)
from .resources import (
    problems as problem_records,
)
from .resources import (
    subscriptions as subscription_list,
)
from .response_headers import SecurityHeaders
from .webhooks import generic as generic_webhooks
from .webhooks import routes as webhooks

# What belongs to a ticket comes before the tickets: a ticket's number takes whatever is left.
RESOURCES = (
    events,
    incident_articles,
    approvals,
    awaited_approvals,
    attachments,
    similar,
    causes,
    conversations,
    summaries,
    reports,
    corrections,
    replays,
    incidents,
    surveys,
    chains,
    changes,
    history,
    problem_records,
    knowledge,
    knowledge_acts,
    knowledge_import,
    communications,
    releases,
    templates,
    services,
    administration,
    erasure,
    unreachable,
    models,
    rules,
    why,
    settings,
    webhooks,
    generic_webhooks,
    alerts,
    maintenance,
    mutes,
    on_call,
    subscription_list,
)
TABLES = dict.fromkeys(("/api/v1/services/import", "/services/import"), 32 * 1024 * 1024)
LOGS = dict.fromkeys(
    ("/api/v1/incidents/*/conversations", "/api/v1/summaries", "/incidents/*/conversations"),
    log_bodies.LARGEST_BODY,
)
STATIC = Path(__file__).parent / "console" / "static"


def create_app(heliograph: Heliograph, *, on_start: Callable[[], None] | None = None) -> FastAPI:
    """The door to an open installation, which whoever opened it closes.

    Starting the application starts the workers, ending it stops them. `on_start` is called when all
    is ready.
    """

    dry_runs = DryRuns(heliograph)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        heliograph.workers.start()
        dry_runs.resume()
        if on_start is not None:
            on_start()
        try:
            yield
        finally:
            dry_runs.close()
            heliograph.workers.stop()

    app = _doors(lifespan)
    app.state.heliograph = heliograph
    app.state.dry_runs = dry_runs
    app.state.renderings = Renderings(heliograph)
    app.add_middleware(Faults)
    app.add_middleware(HeadRequests)
    app.add_middleware(PlainAddresses)
    uploads = {
        article_import.PATH: article_import.LARGEST_BODY,
        webhooks.PATHS: webhooks.LARGEST_BODY,
        **dict.fromkeys((history.PATH, "/history"), history.LARGEST_BODY),
        **LOGS,
        **TABLES,
    }
    app.add_middleware(BodyLimit, limit=heliograph.settings.body_limit, uploads=uploads)
    https = heliograph.settings.base_url.startswith("https://")
    app.add_middleware(SecurityHeaders, https=https)
    app.add_middleware(AccessLog)
    return app


def described() -> dict[str, Any]:
    """The OpenAPI document, without an installation behind it."""
    return documentation.document(_doors())


def _doors(lifespan: Callable[[FastAPI], Any] | None = None) -> FastAPI:
    """All routes."""
    app = FastAPI(
        title="Heliograph",
        version=_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    problems.install(app)
    app.router.routes.extend(_routes())
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Those of every application: made once, since what checks the questions and answers of three hundred routes
    takes the framework half a second to build."""
    doors = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # Routes are tried in their order: a crowd comes to these.
    for pages in (status, banner, feeds, subscriptions, sign_in):
        doors.include_router(pages.router)
    for resource in RESOURCES:
        doors.include_router(resource.router, prefix="/api/v1")
    doors.include_router(health.router)
    for pages in (console, portal, told_article, decision, own, survey, release_page):
        doors.include_router(pages.router)
    doors.mount("/static", StaticFiles(directory=STATIC), name="static")
    doors.include_router(entrance)
    return tuple(doors.router.routes)


entrance = APIRouter(include_in_schema=False)
"""At a module's level: the framework remembers each function that answers, for good, and with a function made for
one application it would remember the application, too."""


@entrance.get("/")
def home() -> RedirectResponse:
    # Relative, so that no host that a request names is led to.
    return RedirectResponse("incidents", status_code=303)


@entrance.get("/openapi.json")
def openapi(request: Request) -> dict[str, Any]:
    return documentation.document(request.app)


@entrance.get("/docs")
def docs(request: Request) -> HTMLResponse:
    return reading_room.page(documentation.document(request.app))


def _version() -> str:
    try:
        return version("heliograph")
    except PackageNotFoundError:
        return "0+checkout"
