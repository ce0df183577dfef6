"""Tickets that come at the same moment, and processes that count them at the same moment, ask once: on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain.surge_events import TicketsSurged
from pipeline.ports import Search
from tests.contract.stores import together
from tests.unit.flow.desk import Desk, opened

AT_ONCE = 6


def surges(desk: Desk) -> list[TicketsSurged]:
    found = desk.app.queries.incidents(Search()).incidents
    events = [event for incident in found for event in desk.app.queries.stream(incident.id)]
    return [event.data for event in events if isinstance(event.data, TicketsSurged)]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_so_many_at_once_are_one_question(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """However the threads meet, none is overlooked; whoever looks again asks nothing."""
    url = "" if database == "sqlite" else request.getfixturevalue("postgres").new_database()
    with opened(tmp_path, database_url=url) as desk:
        raw = [
            desk.event("reported", f"T-{n}", title="x", service="crm", requester={"id": f"u{n}"})
            for n in range(AT_ONCE)
        ]
        turn = desk.step("surges").turn

        def report_and_look(n: int) -> bool:
            desk.accept(raw[n])
            return turn()

        assert any(together(AT_ONCE, report_and_look))
        assert together(AT_ONCE, lambda _: turn()) == [False] * AT_ONCE
        (surge,) = surges(desk)
        assert len(surge.tickets) in (5, 6)
