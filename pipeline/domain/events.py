"""What may happen to a ticket, as CloudEvents whose types end in `.v1`.

A payload's fields marked `Personal` are kept apart from the rest of the event (see
`split_personal`), so that a person's data can be erased although events are only appended.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from . import (
    alert_events,
    cause_events,
    change_events,
    clocks_events,
    conversation_events,
    correction_events,
    decision_events,
    maintenance_events,
    major_events,
    mark_events,
    portal_events,
    problems_events,
    review_events,
    surge_events,
    texts_events,
)
from .directory import Key, Label, Text, Value
from .lattices import TicketState, WaitingFor
from .payload import ERASED, Line, Link, Payload, PersonRef
from .times import Instant


class Reported(Payload):
    """Somebody reported a fault or asked for something; opens the ticket."""

    type = "heliograph.ticket.reported.v1"
    summary = "A ticket was opened."
    personal = frozenset({"title", "description", "requester"})
    example: ClassVar[dict[str, Any]] = {
        "title": "邮件客户端反复崩溃",
        "description": "邮件客户端一打开就闪退，今天第四次了",
        "requester": {"id": "wang.xiaolin", "name": "王晓琳", "email": "wang.xiaolin@example.org"},
        "service": "mail-client",
        "priority": "P3",
        "respond_by": "2026-08-24T11:10:00+08:00",
    }

    title: Line
    description: Text | None = None
    requester: PersonRef
    service: Key | None = None
    priority: Literal["P1", "P2", "P3", "P4"] | None = None
    category: Label | None = Field(
        default=None, description="What the desk files it under; recurrence compares by it."
    )
    site: Label | None = None
    customer: Label | None = None
    group: Key | None = None
    respond_by: Instant | None = None
    resolve_by: Instant | None = None
    url: Link | None = None


class Assigned(Payload):
    """Somebody works on it now."""

    type = "heliograph.ticket.assigned.v1"
    summary = "A technician took the ticket, or was given it."
    personal = frozenset({"assignee"})
    example: ClassVar[dict[str, Any]] = {
        "assignee": {"id": "chen.li"},
        "group": "desktop-support",
        "expected_at": "2026-08-24T17:00:00+08:00",
        "expected_from": "technician",
    }

    assignee: PersonRef
    group: Key | None = None
    expected_at: Instant | None = None
    expected_from: Literal["technician", "service_level"] | None = None


class StateChanged(Payload):
    """The ticket's state moved, without being resolved, reopened or closed."""

    type = "heliograph.ticket.state_changed.v1"
    summary = "Work began, or waits for somebody."
    personal = frozenset({"message"})
    example: ClassVar[dict[str, Any]] = {
        "state": "waiting",
        "waiting_for": "approval",
        "message": "迁移邮箱需要邮件平台负责人同意",
    }

    state: Literal[TicketState.ASSIGNED, TicketState.IN_PROGRESS, TicketState.WAITING]
    waiting_for: WaitingFor | None = None
    message: Text | None = Field(default=None, description="A sentence for the requester.")
    expected_at: Instant | None = None
    expected_from: Literal["technician", "service_level"] | None = None

    @field_validator("waiting_for")
    @classmethod
    def _only_when_waiting(cls, value: WaitingFor | None, info: Any) -> WaitingFor | None:
        if value is not None and info.data.get("state") not in (TicketState.WAITING, None):
            raise ValueError("is only for the state waiting")
        return value


class HandedOver(Payload):
    """Another support group goes on with it."""

    type = "heliograph.ticket.handed_over.v1"
    summary = "The ticket went to another support group."
    personal = frozenset({"tried", "reason"})
    example: ClassVar[dict[str, Any]] = {
        "group": "exchange",
        "tried": ["停用了全部加载项，仍闪退", "重建了客户端配置，仍闪退"],
        "reason": "换一台电脑也一样，问题跟着邮箱走",
    }

    group: Key
    tried: tuple[Text, ...] = Field(default=(), max_length=50)
    reason: Text | None = None


class Noted(Payload):
    """Somebody wrote something on the ticket. Internal unless it says otherwise."""

    type = "heliograph.ticket.noted.v1"
    summary = "A note was written."
    personal = frozenset({"text", "author"})
    example: ClassVar[dict[str, Any]] = {
        "text": "停用了全部加载项，仍闪退",
        "author": {"id": "chen.li"},
        "tried": True,
    }

    text: Text
    author: PersonRef | None = None
    visibility: Literal["internal", "requester"] = "internal"
    tried: bool = Field(default=False, description="The note tells of something that was tried.")


class Resolved(Payload):
    """The technician recorded the solution."""

    type = "heliograph.ticket.resolved.v1"
    summary = "A solution was recorded."
    personal = frozenset({"fix_summary", "user_action", "cause_confirmed"})
    example: ClassVar[dict[str, Any]] = {
        "fix_summary": "把您的邮箱迁移到了新的邮箱库，并重建了客户端配置",
        "user_action": "请退出客户端，再打开一次",
        "close_at": "2026-08-27T18:00:00+08:00",
        "reopen_days": 7,
    }

    fix_summary: Text = Field(description="What was done, in words for the requester.")
    user_action: Text | None = None
    cause_confirmed: Text | None = None
    close_at: Instant | None = None
    reopen_days: int | None = Field(default=None, strict=True, ge=1, le=365)


class Reopened(Payload):
    """It is not right yet, or it came back."""

    type = "heliograph.ticket.reopened.v1"
    summary = "The ticket is open again."
    personal = frozenset({"by", "reason"})
    example: ClassVar[dict[str, Any]] = {
        "by": {"id": "wang.xiaolin"},
        "reason": "今天早上又闪退了两次",
    }

    by: PersonRef | None = None
    reason: Text | None = None


class Closed(Payload):
    """It is over. Silent when nobody said anything and time ran out."""

    type = "heliograph.ticket.closed.v1"
    summary = "The ticket was closed."
    personal = frozenset({"solved_by"})
    example: ClassVar[dict[str, Any]] = {"silent": True}

    silent: bool = Field(
        default=False, description="Closed because nobody answered: nobody is told."
    )
    solved_by: Line | None = Field(
        default=None, description="The title of the article that solved it, as the requester said."
    )


_TICKET: tuple[type[Payload], ...] = (
    *(Reported, Assigned, StateChanged, HandedOver, Noted, Resolved, Reopened, Closed),
    *mark_events.PAYLOADS,
)
OPENING = (
    *(Reported, major_events.Alerted, major_events.Declared),
    maintenance_events.MaintenancePlanned,
)
"""What may be the first event of a ticket; it may come without a number, and is given one."""

PAYLOADS: Mapping[str, type[Payload]] = {
    p.type: p
    for p in (
        *(*_TICKET, *conversation_events.PAYLOADS, *decision_events.PAYLOADS),
        *(*major_events.PAYLOADS, *alert_events.PAYLOADS, *maintenance_events.PAYLOADS),
        *(*review_events.PAYLOADS, *texts_events.PAYLOADS, *clocks_events.PAYLOADS),
        *(*correction_events.PAYLOADS, *portal_events.PAYLOADS, *problems_events.PAYLOADS),
        *(*cause_events.PAYLOADS, *change_events.PAYLOADS, *surge_events.PAYLOADS),
    )
}

Upcaster = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]
UPCASTERS: dict[str, Upcaster] = {}
"""Old type → function from its data to (newer type, data); applied until the type is current.
Personal fields may be absent: they are, once erased."""


def upcast(type_: str, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring an event recorded under an older version to the version that the code knows."""
    seen: set[str] = set()
    while type_ in UPCASTERS and type_ not in seen:
        seen.add(type_)
        type_, data = UPCASTERS[type_](data)
    return type_, data


class Event(Value):
    """One recorded fact of history. `version` is its place (from 1) in its incident's stream."""

    id: Key
    source: Key
    source_id: Key
    type: Key
    incident_id: Key
    number: Key
    version: int = Field(ge=1)
    occurred_at: Instant
    recorded_at: Instant
    data: Payload

    @property
    def name(self) -> str:
        """The short name, for instance `reported`."""
        return self.type.split(".")[-2]


def parse_payload(type_: str, data: dict[str, Any]) -> Payload:
    """Validate `data` as `type_` (after upcasting). Raises KeyError for a type nobody knows."""
    current, newest = upcast(type_, data)
    return PAYLOADS[current].model_validate(newest)


def split_personal(payload: Payload) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what stays for ever, what can be erased) of a payload, both as JSON values."""
    whole = payload.model_dump(mode="json", exclude_none=True)
    kept = {k: v for k, v in whole.items() if k not in payload.personal}
    personal = {k: v for k, v in whole.items() if k in payload.personal}
    return kept, personal


def join_personal(type_: str, kept: dict[str, Any], personal: dict[str, Any] | None) -> Payload:
    """The inverse of `split_personal`; `None` for `personal` means that it was erased."""
    if personal is not None:
        return parse_payload(type_, {**kept, **personal})
    current, newest = upcast(type_, kept)
    model = PAYLOADS[current]
    needed = {n: f for n, f in model.model_fields.items() if f.is_required()}
    blanks = {name: _blank(needed[name].annotation) for name in model.personal & set(needed)}
    return model.model_validate({**blanks, **newest})


def _blank(annotation: Any) -> Any:
    """What stands where words were erased, in the shape that is expected there."""
    if not (isinstance(annotation, type) and issubclass(annotation, Value)):
        return ERASED
    return {n: ERASED for n, f in annotation.model_fields.items() if f.is_required()}


def content_hash(type_: str, number: str | None, occurred_at: str, data: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what a source said: tells a repeat from a contradiction."""
    said = json.dumps([type_, number, occurred_at, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
