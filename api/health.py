"""Is the process alive, and can it do its work? Two questions with two answers."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from .auth.visitors import heliograph_of
from .documentation import PROBLEMS
from .problems import problem

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Alive")
async def healthz() -> dict[str, str]:
    """The process answers. Nothing else is asked."""
    return {"status": "alive"}


@router.get(
    "/readyz", summary="Ready for work", response_model=None, responses={503: PROBLEMS[503]}
)
def readyz(request: Request) -> dict[str, Any] | Response:
    """Database and workers; with how many rows wait in each queue."""
    app = heliograph_of(request)
    try:
        depths = app.queries.queue_depths()
    except Exception as failed:  # whatever the database raises, it means "not now"
        detail = f"the database does not answer ({type(failed).__name__})"
        return problem("unavailable", detail, instance="/readyz")
    if app.store.trouble and not app.acts.note_trouble(app.store.trouble):
        return problem("unavailable", app.store.trouble, instance="/readyz")
    if not app.workers.alive:
        return problem("unavailable", "a worker is not running", instance="/readyz")
    return {"status": "ready", "queues": depths}
