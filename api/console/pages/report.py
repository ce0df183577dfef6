"""A post-incident report: drafted, read by edition, written section by section, published, carried away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from knowledge.display import html_of
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LANGUAGES, LONGEST_TEXT, Language, Role
from pipeline.domain.errors import Malformed, NotAllowed, StaleVersion, UnknownThing, WrongState
from pipeline.domain.incident import Incident
from pipeline.domain.report import (
    WRITTEN,
    ActionState,
    Edition,
    Report,
    Section,
    SectionText,
)

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_with
from ...exports import FORMATS
from ..findings import told
from ..rendering import language_of, page
from ..suspicions import suspected_on
from .acts import incident_of, plain, run_in_pool

router = APIRouter()
MOST = 128 * 1024
LONGEST_ACTION = 600


@router.get("/reports")
def listed(request: Request) -> Response:
    """All reports, and what is still open of what was undertaken."""
    visitor = visitor_with(request, Role.TECHNICIAN)
    app = heliograph_of(request)
    reports, actions = app.reviewing.reports.all(), app.reviewing.reports.open_actions()
    with app.store.read() as tx:
        incidents = tx.incidents(
            list(dict.fromkeys([*(r.incident for r in reports), *(a.incident for a in actions)]))
        )
    values = {
        "reports": [(r, incidents[r.incident]) for r in reports if r.incident in incidents],
        "actions": [(a, incidents[a.incident]) for a in actions if a.incident in incidents],
        "people": app.queries.people(sorted({a.owner for a in actions})),
        "today": _today(visitor, app.clock.now()),
    }
    return page(request, "reports.html", values, visitor=visitor)


@router.get("/incidents/{name}/report")
def show(request: Request, name: str, edition: str = "", text: str = "") -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    app = heliograph_of(request)
    return _page(request, visitor, app, incident_of(app, name), _edition(edition), text)


@router.get("/incidents/{name}/report/file.{ending}")
def carry(request: Request, name: str, ending: str, edition: str = "", text: str = "") -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    made = FORMATS.get(ending)
    if made is None or app.reviewing.reports.one(incident.id) is None:
        raise UnknownThing("there is no such file of a report")
    language = _language(request, visitor, text)
    shown, _ = app.reviewing.reports.shown(
        incident, _edition(edition), language, visitor.person.zone
    )
    headers = {
        "Content-Disposition": f'attachment; filename="report-{_file_name(incident)}-{_edition(edition)}-{language}.{ending}"',
        "Cache-Control": "no-store",
    }
    return Response(made.make(shown), media_type=made.media_type, headers=headers)


@router.get("/incidents/{name}/report/{edition}/{section}")
def history(request: Request, name: str, edition: str, section: str, text: str = "") -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    language = _language(request, visitor, text)
    found = app.reviewing.reports.history(incident, _edition(edition), _section(section), language)
    if not found:
        raise UnknownThing("nobody has written this section yet")
    values = {
        "incident": incident,
        "edition": _edition(edition),
        "section": _section(section),
        "written_in": language,
        "revisions": [(one, html_of(one.text)) for one in found],
        "people": app.queries.people(sorted({one.by for one in found if one.by})),
    }
    return page(request, "report_history.html", values, visitor=visitor)


@router.post("/incidents/{name}/report/{act}")
async def act(request: Request, name: str, act: str) -> Response:
    form = await request.form(max_fields=20, max_part_size=MOST)
    return await run_in_pool(_acted, request, name, act, plain(form))


def _acted(request: Request, name: str, act: str, given: dict[str, str]) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident, edition = incident_of(app, name), _edition(given.get("edition", ""))
    if act not in ACTS:
        raise NotAllowed("there is nothing of that kind to do")
    language = _language(request, visitor, given.get("text_language", ""))
    try:
        ACTS[act](app, incident, visitor, given, language)
    except StaleVersion:
        return _page(request, visitor, app, incident, edition, language, given, problem="changed")
    except WrongState as refused:
        hindrance = refused.hindrance.value
        return _page(request, visitor, app, incident, edition, language, given, problem=hindrance)
    except (Malformed, ValidationError, ValueError):
        return _page(request, visitor, app, incident, edition, language, given, problem="unfit")
    to = f"/incidents/{incident.id}/report?edition={edition}&text={language}"
    where = given.get("section", "") or ("actions" if "action" in act else "")
    return RedirectResponse(f"{to}#{where}" if where in set(Section) else to, status_code=303)


def _draft(
    app: Heliograph, incident: Incident, visitor: Visitor, _g: dict[str, str], _l: Language
) -> None:
    app.reviewing.reports.open(incident, by=visitor.person.id)


def _write(
    app: Heliograph, incident: Incident, visitor: Visitor, given: dict[str, str], language: Language
) -> None:
    wanted = SectionText(
        incident=incident.id,
        edition=_edition(given.get("edition", "")),
        section=_section(given.get("section", "")),
        language=language,
        revision=int(given.get("revision", "0")) + 1,
        text=given.get("text", "").replace("\r\n", "\n"),
        by=visitor.person.id,
        at=app.clock.now(),
    )
    app.reviewing.reports.write(incident, wanted, zone=visitor.person.zone)


def _add_action(
    app: Heliograph, incident: Incident, visitor: Visitor, given: dict[str, str], _l: Language
) -> None:
    app.reviewing.acts.add_action(
        incident,
        text=given.get("action", "").strip()[:LONGEST_ACTION],
        owner=given.get("owner", "").strip(),
        due=date.fromisoformat(given.get("due", "")),
        link=given.get("link", "").strip() or None,
        by=visitor.person.id,
    )


def _change_action(
    app: Heliograph, incident: Incident, visitor: Visitor, given: dict[str, str], _l: Language
) -> None:
    due = given.get("due", "")
    app.reviewing.acts.change_action(
        incident,
        given.get("id", ""),
        revision=int(given.get("revision", "0")),
        state=ActionState(given["state"]) if given.get("state") else None,
        due=date.fromisoformat(due) if due else None,
    )


def _announce(
    app: Heliograph, incident: Incident, visitor: Visitor, given: dict[str, str], _l: Language
) -> None:
    require(visitor, Role.INCIDENT_MANAGER)
    at = datetime.fromisoformat(given.get("review_by", ""))
    review_by = at.replace(tzinfo=ZoneInfo(visitor.person.zone))
    app.reviewing.acts.announce(incident, review_by=review_by, by=visitor.person.id)


def _publish(
    app: Heliograph, incident: Incident, visitor: Visitor, given: dict[str, str], _l: Language
) -> None:
    require(visitor, Role.INCIDENT_MANAGER)
    app.reviewing.acts.publish(incident, by=visitor.person.id, why=given.get("reason", ""))


Act = Callable[[Heliograph, Incident, Visitor, dict[str, str], Language], None]
ACTS: dict[str, Act] = {
    "draft": _draft,
    "write": _write,
    "add-action": _add_action,
    "change-action": _change_action,
    "announce": _announce,
    "publish": _publish,
}


def _page(
    request: Request,
    visitor: Visitor,
    app: Heliograph,
    incident: Incident,
    edition: Edition,
    text: str,
    given: dict[str, str] | None = None,
    *,
    problem: str = "",
) -> Response:
    report = app.reviewing.reports.one(incident.id)
    language = _language(request, visitor, text)
    values: dict[str, Any] = {
        "incident": incident,
        "report": report,
        "edition": edition,
        "editions": list(Edition),
        "written_in": language,
        "languages": LANGUAGES,
        "given": given or {},
        "problem": problem,
        "is_over": incident.major is not None and incident.major.standing != "open",
        "may_tell": visitor.role.includes(Role.INCIDENT_MANAGER),
        "longest": LONGEST_TEXT,
        "today": _today(visitor, app.clock.now()),
    }
    if report is not None:
        values |= _read(app, incident, report, edition, language, visitor, request)
    status = {"": 200, "unfit": 422}.get(problem, 409)
    return page(request, "report.html", values, visitor=visitor, status=status)


def _read(
    app: Heliograph,
    incident: Incident,
    report: Report,
    edition: Edition,
    language: Language,
    visitor: Visitor,
    request: Request,
) -> dict[str, Any]:
    shown, texts = app.reviewing.reports.shown(incident, edition, language, visitor.person.zone)
    own = language_of(request, visitor)
    actions = app.reviewing.reports.actions(incident.id)
    return {
        "document": shown,
        "texts": texts,
        "written_sections": {s.value for s in WRITTEN},
        "html": {block.section: html_of(block.written) for block in shown.blocks if block.written},
        "behind": app.reviewing.reports.in_other_languages(incident.id, edition),
        "findings": {
            section: told(one.findings, own, app.library.texts.phrases)
            for section, one in texts.items()
        },
        "suspected": suspected_on(app, incident, edition, language, visitor),
        "actions": actions,
        "people": app.queries.people(
            sorted(
                {t.by for t in texts.values() if t.by} | {a.owner for a in actions} | {report.by}
            )
        ),
        "endings": list(FORMATS),
    }


def _edition(name: str) -> Edition:
    return Edition(name) if name in set(Edition) else Edition.ENGINEERS


def _section(name: str) -> Section:
    if name not in set(Section):
        raise UnknownThing("there is no section of that name")
    return Section(name)


def _language(request: Request, visitor: Visitor, text: str) -> Language:
    """Of the report's words, which need not be that of the page around them."""
    return next((one for one in LANGUAGES if one == text), language_of(request, visitor))


def _today(visitor: Visitor, now: datetime) -> date:
    return now.astimezone(ZoneInfo(visitor.person.zone)).date()


def _file_name(incident: Incident) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in incident.number)
