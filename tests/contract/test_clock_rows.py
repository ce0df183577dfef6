"""Clocks as rows, on both databases: looked at in time, held by one writer, listed by their deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.clocks_ports import CLOCKS, CLOSINGS
from pipeline.domain.service_clock import ClockState, ServiceClock, Stage, What

from .stores import NOW, SECOND

HOUR = timedelta(hours=1)
S = ClockState


def clock(name: str, at: datetime | None = NOW, **changed: Any) -> ServiceClock:
    """One whose only stage is due at this moment."""
    usual: dict[str, Any] = {
        "id": name,
        "incident": "inc_1",
        "what": What.RESOLUTION,
        "basis": "house",
        "started_at": NOW - HOUR,
        "since": NOW - HOUR,
        "deadline": at,
        "stages": (Stage(name="breach", at=at, tell=("managers",)),),
    }
    return ServiceClock(**usual | changed)


def kept(store: SqlStore, *clocks: ServiceClock) -> None:
    with store.write() as tx:
        tx.save_service_clocks(clocks)


def test_a_clock_comes_back_as_it_was_kept(store: SqlStore) -> None:
    one = clock("clk_1", told=("75%",), cards={"managers": "com_1"})
    kept(store, one)
    kept(store, one.model_copy(update={"round": 2, "id": "clk_2"}))
    with store.read() as tx:
        assert [c.id for c in tx.service_clocks("inc_1")] == ["clk_1", "clk_2"]
        assert tx.service_clocks_named(["clk_1", "clk_9"]) == {"clk_1": one}
        assert tx.service_clocks_named([]) == {}
    assert store.clocks.of_incident("inc_1")[0] == one


def test_due_are_those_whose_next_stage_has_come_the_earliest_first(store: SqlStore) -> None:
    kept(
        store,
        clock("clk_late", NOW - SECOND),
        clock("clk_now", NOW),
        clock("clk_soon", NOW + SECOND),
        clock("clk_paused", NOW - HOUR, state=S.PAUSED),
        clock("clk_over", NOW - HOUR, state=S.MET, ended_at=NOW),
        clock("clk_told", NOW - HOUR, told=("breach",)),
    )
    with store.read() as tx:
        assert [c.id for c in tx.due_service_clocks(NOW, 9)] == ["clk_late", "clk_now"]
        assert [c.id for c in tx.due_service_clocks(NOW, 1)] == ["clk_late"]
        assert tx.next_due(CLOCKS) == NOW - SECOND


def test_without_a_clock_nothing_is_due(store: SqlStore) -> None:
    with store.read() as tx:
        assert tx.next_due(CLOCKS) is None


@pytest.mark.parametrize("state", [S.RUNNING, S.PAUSED])
def test_those_that_go_on_are_listed_by_their_deadline(store: SqlStore, state: S) -> None:
    """One that has none comes last."""
    kept(
        store,
        clock("clk_none", None, state=state),
        clock("clk_far", NOW + HOUR, state=state),
        clock("clk_near", NOW, state=state),
        clock("clk_met", NOW, state=S.MET, ended_at=NOW),
    )
    assert [c.id for c in store.clocks.going(state, 9)] == ["clk_near", "clk_far", "clk_none"]
    assert [c.id for c in store.clocks.going(state, 1)] == ["clk_near"]


def test_what_was_missed_lately_is_listed_the_newest_first(store: SqlStore) -> None:
    kept(
        store,
        clock("clk_old", state=S.MISSED, ended_at=NOW - 9 * HOUR),
        clock("clk_new", state=S.MISSED, ended_at=NOW),
        clock("clk_mid", state=S.MISSED, ended_at=NOW - HOUR),
        clock("clk_met", state=S.MET, ended_at=NOW),
    )
    found = store.clocks.missed_since(NOW - 2 * HOUR, 9)
    assert [c.id for c in found] == ["clk_new", "clk_mid"]


def test_a_case_missed_what_ended_late_and_what_is_overdue_still(store: SqlStore) -> None:
    kept(
        store,
        clock("clk_missed", state=S.MISSED, ended_at=NOW),
        clock("clk_overdue", NOW, incident="inc_2"),
        clock("clk_ahead", NOW + SECOND, incident="inc_3"),
        clock("clk_met", NOW - HOUR, incident="inc_4", state=S.MET, ended_at=NOW),
    )
    with store.read() as tx:
        found = tx.missed_levels([f"inc_{n}" for n in range(1, 5)], NOW)
    assert found == {"inc_1": ["resolution"], "inc_2": ["resolution"]}


def test_a_silence_has_one_end_the_newest_that_was_set(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_closing("inc_1", NOW)
        tx.await_closing("inc_2", NOW + SECOND)
        tx.await_closing("inc_1", NOW + HOUR)
        tx.await_closing("inc_3", NOW)
        tx.end_closing("inc_3")
    with store.read() as tx:
        assert tx.next_due(CLOSINGS) == NOW + SECOND
        assert tx.due_closings(NOW, 9) == []
        assert tx.due_closings(NOW + HOUR, 9) == ["inc_2", "inc_1"]
        assert tx.due_closings(NOW + HOUR, 1) == ["inc_2"]
