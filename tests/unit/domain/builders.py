"""CloudEvents as a source sends them, and Hypothesis strategies for every payload there is."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from pipeline.domain.directory import visible
from pipeline.domain.events import PAYLOADS, Reported
from pipeline.domain.lattices import TicketState, WaitingFor
from pipeline.domain.payload import Payload

NOW = datetime(2026, 8, 24, 3, 0, tzinfo=UTC)


def sent(type_: str = Reported.type, **more: Any) -> dict[str, Any]:
    """A well-formed event of the type with the example's data; `more` overlays its attributes."""
    usual: dict[str, Any] = {
        "specversion": "1.0",
        "id": "1",
        "source": "desk",
        "type": type_,
        "time": "2026-08-24T10:02:00+08:00",
        "subject": "INC-9527",
        "data": copy.deepcopy(PAYLOADS[type_].example),
    }
    return usual | more


def without(raw: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key != name}


def with_data(type_: str, **more: Any) -> dict[str, Any]:
    return sent(type_, data={**PAYLOADS[type_].example, **more})


def written(text: str) -> bool:
    """True for a text that the domain takes as visible."""
    try:
        return bool(visible(text))
    except ValueError:
        return False


texts = st.text(min_size=1, max_size=40).filter(written)
names = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20
).filter(written)
instants = st.datetimes(
    datetime(2000, 1, 2),  # noqa: DTZ001 - Hypothesis adds the zone itself
    datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.timezones(),
).map(lambda moment: moment.astimezone(UTC))
people = st.fixed_dictionaries(
    {"id": names},
    optional={
        "name": names,
        "email": st.just("wang@example.org"),
        "language": st.sampled_from(["zh", "en"]),
        "zone": st.sampled_from(["Asia/Shanghai", "UTC", "Europe/Berlin"]),
    },
)
_EXPECTED: dict[str, st.SearchStrategy[Any]] = {
    "expected_at": instants,
    "expected_from": st.sampled_from(["technician", "service_level"]),
}
_FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "reported": (
        {"title": names, "requester": people},
        {
            "description": texts,
            "service": names,
            "priority": st.sampled_from(["P1", "P2", "P3", "P4"]),
            "site": names,
            "customer": names,
            "group": names,
            "respond_by": instants,
            "url": st.just("https://desk.example.org/9527"),
        },
    ),
    "assigned": ({"assignee": people}, {"group": names, **_EXPECTED}),
    "state_changed": (
        {"state": st.sampled_from(["assigned", "in_progress", "waiting"])},
        {"message": texts, **_EXPECTED},
    ),
    "handed_over": ({"group": names}, {"tried": st.lists(texts, max_size=3), "reason": texts}),
    "noted": (
        {"text": texts},
        {
            "author": people,
            "visibility": st.sampled_from(["internal", "requester"]),
            "tried": st.booleans(),
        },
    ),
    "resolved": (
        {"fix_summary": texts},
        {
            "user_action": texts,
            "cause_confirmed": texts,
            "close_at": instants,
            "reopen_days": st.integers(1, 365),
        },
    ),
    "reopened": ({}, {"by": people, "reason": texts}),
    "closed": ({}, {"silent": st.booleans()}),
}


@st.composite
def payloads(draw: st.DrawFn, *kinds: str) -> Payload:
    """Any payload of these short names (all when none is named)."""
    kind = draw(st.sampled_from(kinds or tuple(_FIELDS)))
    needed, optional = _FIELDS[kind]
    data = draw(st.fixed_dictionaries(needed, optional=optional))
    if data.get("state") == TicketState.WAITING:
        data["waiting_for"] = draw(st.sampled_from(list(WaitingFor)))
    return PAYLOADS[f"heliograph.ticket.{kind}.v1"].model_validate(data)


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
