"""Was nothing told that the history does not hold? Judged from the rows and the history alone.

This is no part of the guard: it knows neither briefs nor templates, and so cannot share a fault with
them. `--spoil` shows that it can find what it looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from pipeline.domain.times import EARLIEST
from pipeline.drafting.spoken import at_clock, promised

from .histories import History, Statement
from .rows import Row, TracedValue
from .steps import OVER

_OF_THE_DESK = frozenset(
    {
        *("number", "as_of", "time_note", "status_url", "console_url", "recipient_name"),
        *("desk_name", "desk_phone", "thread_token", "previous_update", "next_update", "advice"),
        *("due_what", "due_at", "title"),
    }
)
"""Slots whose value is the desk's own: no history could hold it."""
_NEVER_RECORDED = frozenset(
    {
        *("impact", "symptom", "started_at", "scope", "not_affected", "customer_effect"),
        *("cause_confirmed", "workaround", "done", "action", "decision_needed", "measures"),
        *("restored_at", "duration", "limits", "no_limits", "data", "user_action", "team"),
    }
)
"""Slots that such histories never fill: only free text may tell of these things."""
_MOMENTS = frozenset({"confirmed_at", "relapsed_at", "declared_at"})
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
_SECOND = timedelta(seconds=1)


def audit(history: History, rows: Sequence[Row], zone: str) -> Iterator[str]:
    """The rule of each finding in our own words."""
    said = _said(history)
    told: dict[tuple[str, str], list[datetime]] = {}
    for row in rows:
        reader = (row.audience, row.recipient)
        for value in row.values:
            yield from _value(row, value, history, said, told.get(reader, []), zone)
        yield from _whole(row, said)
        told.setdefault(reader, []).append(row.at)


def _said(history: History) -> dict[str, Statement]:
    """By place; one whose clock went back counts as said when the one before it was."""
    found: dict[str, Statement] = {}
    at = EARLIEST
    for n, statement in enumerate(history.statements):
        at = max(at, statement.at)
        found[f"{history.id}/{n}"] = statement.model_copy(update={"at": at})
    return found


def _value(
    row: Row,
    value: TracedValue,
    history: History,
    said: Mapping[str, Statement],
    told: Sequence[datetime],
    zone: str,
) -> Iterator[str]:
    if value.slot in _NEVER_RECORDED:
        yield "claims-what-was-not-recorded"
    if value.slot not in _OF_THE_DESK and value.source not in said:
        yield "value-without-source"
    elif value.slot == "statement" and not _quotes(
        value.value, said[value.source or ""].text or ""
    ):
        yield "quotation-differs"
    elif value.slot in _MOMENTS and not _is_moment(value, row, said[value.source or ""], zone):
        yield "time-differs"
    if value.slot == "headline" and not _quotes(value.value, history.title):
        yield "quotation-differs"
    if value.slot == "previous_update" and value.value not in {
        at_clock(at, row.at, zone, row.language) for at in told
    }:
        yield "time-differs"
    if value.slot == "next_update" and not _is_promise(value, row, zone):
        yield "time-differs"


def _whole(row: Row, said: Mapping[str, Statement]) -> Iterator[str]:
    """Of a whole text: no clock time beside the values, and no all-clear before there was one."""
    words = f"{row.subject}\n{row.body}"
    for value in sorted((v.value for v in row.values), key=len, reverse=True):
        for line in value.split("\n"):
            words = words.replace(line, " ") if line else words
    if _CLOCK.search(words):
        yield "time-in-our-words"
    ends = [s.at for s in said.values() if s.status.casefold() in OVER]
    if row.kind == "recovery" and not any(at <= row.at + _SECOND for at in ends):
        yield "all-clear-too-early"


def _quotes(value: str, text: str) -> bool:
    """Cut at the end at most, and on one line in a chat."""
    shown = " ".join(value.removesuffix("…").split())
    return " ".join(text.split()).startswith(shown)


def _is_moment(value: TracedValue, row: Row, statement: Statement, zone: str) -> bool:
    return value.value == at_clock(statement.at, row.at, zone, row.language)


def _is_promise(value: TracedValue, row: Row, zone: str) -> bool:
    if row.promised_at is None:
        return False
    return value.value == at_clock(
        promised(row.promised_at, row.at, zone), row.at, zone, row.language
    )
