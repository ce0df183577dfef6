"""Whatever happens in whatever order: what must hold of all that is told."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.replay.audit import audit
from api.replay.histories import History, Statement
from api.replay.rows import Row

from .histories import MINUTE, NOON, history, played

QUIET = timedelta(minutes=14)
"""The shortest cadence, less the lead and what rounding takes: nothing without news sooner after news."""
STATUSES = ("Investigating", "Update", "Identified", "Monitoring", "Resolved")


@st.composite
def histories(draw: st.DrawFn) -> History:
    gaps = draw(st.lists(st.integers(-3, 90), min_size=1, max_size=5))
    at, statements = NOON, []
    for n, gap in enumerate(gaps):
        at += gap * MINUTE
        status = draw(st.sampled_from(STATUSES))
        statements.append(Statement(at=at, status=status, text=f"Words number {n}."))
    severity = draw(st.sampled_from(["P1", "P2", "P3", "P4"]))
    return history(*statements, severity=severity)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_what_must_hold_of_every_history(told: History) -> None:
    outcome = played(told)
    assert list(audit(told, outcome.rows, "UTC")) == [], "no claim without an event"
    assert outcome.broken == 0, "each announced update is there in time"
    assert outcome.made == outcome.kept, "and none is forgotten"
    readers: dict[str, list[Row]] = defaultdict(list)
    for row in outcome.rows:
        readers[row.recipient].append(row)
    for rows in readers.values():
        _told_in_time(rows)
        _statements_once(rows)
        _quiet_after_news(rows)
        assert rows[0].kind not in ("recovery", "withdrawal"), "an end needs a beginning"
    for kind in ("recovery", "relapse"):
        _reach_all_who_were_told(outcome.rows, kind)


def _told_in_time(rows: list[Row]) -> None:
    """Each due update exactly once: the next message is there by the promised time, and no promise is
    made that the ledger does not hold."""
    for row, following in pairwise(rows):
        assert row.promised_at is None or following.at <= row.promised_at
    for row in rows:
        shows = any(value.slot == "next_update" for value in row.values)
        assert shows == (row.promised_at is not None)


def _statements_once(rows: list[Row]) -> None:
    sources = [v.source for row in rows for v in row.values if v.slot == "statement"]
    assert len(sources) == len(set(sources))


def _quiet_after_news(rows: list[Row]) -> None:
    for row, following in pairwise(rows):
        spoken = any(v.slot == "statement" for v in row.values)
        silent = following.kind == "update" and "no progress" in following.body
        if spoken and silent:
            assert following.at - row.at >= QUIET


def _reach_all_who_were_told(rows: list[Row], kind: str) -> None:
    for row in rows:
        if row.kind == kind:
            before = {r.recipient for r in rows if r.at <= row.at and r.kind != kind}
            at_once = {r.recipient for r in rows if r.kind == kind and r.at == row.at}
            assert at_once == before
