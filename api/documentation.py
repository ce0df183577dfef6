"""What does the OpenAPI document add to what the code says? Examples, problems, and words for people."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from pipeline.domain.made_here import FROM_OUTSIDE

from .auth.callers import SCOPES
from .problem_kinds import KINDS
from .problems import MEDIA_TYPE, Problem

DESCRIPTION = """
Heliograph tells the right people the right words about a ticket. Send it **events**; read what became
of them.

**Tokens.** `Authorization: Bearer hg_…`, made by `heliograph token create`. Scopes: {scopes}.

**Refusals** are RFC 9457 problem details (`application/problem+json`) that name the field at fault;
each `type` has a page that says what to do. Nothing of a refused request is kept.
"""
TAGS = [
    {"name": "events", "description": "What happened, told by a source."},
    {"name": "webhooks", "description": "Monitors and other tools, in their own words."},
    {"name": "maintenance", "description": "Planned maintenance, which holds back false alarms."},
    {"name": "incidents", "description": "Tickets as they stand, and what was told about them."},
    {"name": "approvals", "description": "What somebody has to agree to before work goes on."},
    {"name": "surveys", "description": "How people said it went."},
    {"name": "conversations", "description": "What people said to each other about a ticket."},
    {"name": "subscriptions", "description": "Who is told what the public page tells."},
    {"name": "summaries", "description": "Texts about a ticket for one kind of readers."},
    {
        "name": "reports",
        "description": "What happened, and what comes of it: after a major incident.",
    },
    {
        "name": "knowledge",
        "description": "Articles: search, take in, write, and what they are good for.",
    },
    {"name": "recurrence", "description": "What keeps coming back, and what is decided about it."},
    {"name": "changes", "description": "What was changed, so that a cause can be found."},
    {"name": "waiting", "description": "What waits for a person, and what a person can do."},
    {"name": "on-call", "description": "Calendars of who has it now."},
    {
        "name": "mutes",
        "description": "Of what a person or a group wants to hear no more for a while.",
    },
    {"name": "services", "description": "What people use: names, owners, users, advice."},
    {
        "name": "texts",
        "description": "What is sent: its versions, a trial on a ticket, and putting it in force.",
    },
    {"name": "administration", "description": "Directory, sources, tokens, rules and templates."},
    {"name": "health", "description": "For probes."},
]


def _problem_response(status: int) -> dict[str, Any]:
    kinds = [kind for kind in KINDS.values() if kind.status == status]
    meaning = " ".join(dict.fromkeys(kind.meaning for kind in kinds))
    return {
        "description": meaning or "Refused.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: _problem_response(status) for status in sorted({k.status for k in KINDS.values()})
}
READING: dict[int | str, dict[str, Any]] = {c: PROBLEMS[c] for c in (400, 401, 403, 404)}
"""The refusals of everything that only reads."""
ACTING: dict[int | str, dict[str, Any]] = {
    c: PROBLEMS[c] for c in (400, 401, 403, 404, 409, 413, 415)
}


def event_examples() -> dict[str, Any]:
    """One whole CloudEvent for each type that a source may send."""
    return {
        type_.split(".")[-2]: {"summary": payload.summary, "value": example_event(type_)}
        for type_, payload in FROM_OUTSIDE.items()
    }


def example_event(type_: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"example-{type_.split('.')[-2]}",
        "source": "my-desk",
        "type": type_,
        "subject": "INC-9527",
        "time": "2026-08-24T11:00:00+08:00",
        "data": FROM_OUTSIDE[type_].example,
    }


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    scopes = "; ".join(f"`{scope}` ({what})" for scope, what in SCOPES.items())
    made = get_openapi(
        title="Heliograph",
        version=app.version,
        description=DESCRIPTION.format(scopes=scopes),
        tags=TAGS,
        routes=app.routes,
    )
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["CloudEvent"] = _envelope()
    schemas |= _schema("Problem", Problem.model_json_schema(ref_template=_REF))
    for type_, payload in FROM_OUTSIDE.items():
        name = _data_name(type_)
        schemas |= _schema(name, payload.model_json_schema(ref_template=_REF))
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"token": []}]
    app.openapi_schema = made
    return made


_REF = "#/components/schemas/{model}"


def _data_name(type_: str) -> str:
    return "".join(part.title() for part in type_.split(".")[-2].split("_")) + "Data"


def _schema(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A model's schema and those that it refers to, side by side."""
    inner = schema.pop("$defs", {})
    return {name: schema, **inner}


def _envelope() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "CloudEvents 1.0 in JSON. `data` depends on `type`.",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "description": "With `source`, names the event for ever."},
            "source": {"type": "string", "description": "Who speaks; the token is bound to it."},
            "type": {"enum": list(FROM_OUTSIDE)},
            "subject": {"type": "string", "description": "The ticket's number.", "nullable": True},
            "time": {
                "type": "string",
                "format": "date-time",
                "description": "When it happened, with its zone; at most five minutes ahead.",
            },
            "expectedversion": {
                "type": "integer",
                "description": "Refuse unless the ticket is at this version.",
            },
            "data": {
                "oneOf": [{"$ref": _REF.format(model=_data_name(type_))} for type_ in FROM_OUTSIDE]
            },
        },
    }
