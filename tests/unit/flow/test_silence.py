"""A solved ticket of which nobody says anything more is closed after the days of the rules, silently."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.domain.lattices import TicketState
from pipeline.ports import Source

from .desk import MINUTE, START, Desk, opened

DAY = 24 * 60
RULES = """\
version: 1
close_after: 3d
rules:
  - {id: tell, events: [closed], tell: requester, kind: status_change, unless: [{when: event.data.silent, code: silent_closing}], reason: {zh: 告诉, en: Tell}}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "house.yaml").write_text(RULES, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=tmp_path / "rules") as found:
        yield found


def solved(desk: Desk, **more: str) -> None:
    desk.report()
    desk.send("resolved", fix_summary="Done", **more)
    desk.settle()


def state(desk: Desk) -> TicketState:
    return desk.incident.state.value


def test_it_is_closed_after_the_days_and_nobody_is_disturbed(desk: Desk) -> None:
    solved(desk)
    desk.wait(3 * DAY - 1)
    assert state(desk) is TicketState.RESOLVED
    desk.wait(1)
    assert state(desk) is TicketState.CLOSED
    assert desk.mail.sent == []
    assert [c.outcome.code for c in desk.communications if c.outcome] == ["silent_closing"]


def test_a_word_on_it_begins_the_silence_anew(desk: Desk) -> None:
    solved(desk)
    desk.wait(2 * DAY)
    desk.send("noted", text="It crashed once more, I think")
    desk.wait(2 * DAY)
    assert state(desk) is TicketState.RESOLVED
    desk.wait(DAY)
    assert state(desk) is TicketState.CLOSED


def test_the_time_that_was_announced_is_kept(desk: Desk) -> None:
    solved(desk, close_at=(START + timedelta(days=1)).isoformat())
    desk.wait(DAY)
    assert state(desk) is TicketState.CLOSED


def test_a_reopened_ticket_stays_open(desk: Desk) -> None:
    solved(desk)
    desk.wait(DAY)
    desk.send("reopened")
    desk.wait(9 * DAY)
    assert state(desk) is TicketState.NEW


def test_what_a_desk_owns_is_closed_there(desk: Desk) -> None:
    with desk.app.store.write() as tx:
        tx.save_sources([Source(name="desk", owner="desk")])
    solved(desk)
    desk.wait(9 * DAY)
    assert state(desk) is TicketState.RESOLVED


def test_a_failure_that_goes_on_is_not_closed(desk: Desk) -> None:
    """People still hear of it."""
    desk.report()
    raw = desk.event("declared", severity="P2") | {"type": "heliograph.incident.declared.v1"}
    desk.accept(raw)
    desk.send("resolved", fix_summary="Done")
    desk.clock.advance(9 * DAY * MINUTE)
    while desk.step("closings").turn():
        pass
    assert state(desk) is TicketState.RESOLVED
