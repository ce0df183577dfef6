"""What keeps coming back is told once: cards, decided chains, storms, requests and merges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.adapters.channels.memory import MemoryChannel
from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.ids import CountedIds
from pipeline.bootstrap import open_heliograph
from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import Address
from pipeline.domain.errors import WrongState
from pipeline.domain.recurring import ChainState
from pipeline.settings import Settings
from tests.unit.flow.desk import START, Desk, opened

from .recurring import (
    TITLES,
    WEEK,
    Rooms,
    accept,
    case,
    directory,
    mails,
    only_chain,
    told,
    weekly,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, public_url="https://help.example.org") as found:
        found.app.acts.load_directory(directory())
        yield found


def test_later_cases_bring_a_room_s_card_up_to_date_and_send_no_second_mail(tmp_path: Path) -> None:
    """Where a channel can replace a message, the cases of some minutes become one newer card."""
    clock = SimulatedClock(START)
    mail, rooms = MemoryChannel(name="mail"), Rooms(name="webhook", form=Form.CHAT)
    app = open_heliograph(
        Settings(data_dir=tmp_path, secret_key="a secret of the tests, and of nothing else"),
        clock=clock,
        ids=CountedIds(),
        channels={"mail": mail, "webhook": rooms},
        in_turn=True,
    )
    try:
        desk, room = Desk(app, clock, mail), "https://chat.example.org/room"
        app.acts.load_directory(directory(Address(channel="webhook", value=room)))
        weekly(desk)
        [first] = rooms.sent
        assert first.card
        for number in ("T-4", "T-5"):
            desk.report(number, title=TITLES[0], service="vpn")
            desk.settle()
        desk.wait(10)
        [_, newer] = rooms.sent
        assert newer.card == first.card
        assert "5 张工单情况相似" in newer.text
        assert len(mails(desk, "owner", "look alike")) == 1
    finally:
        app.close()


@pytest.mark.parametrize("reported_first", [False, True])
def test_planned_work_is_no_case_of_what_keeps_coming_back(
    desk: Desk, reported_first: bool
) -> None:
    """However often the same is planned, and whether or not its ticket was there before the plan."""
    for n in range(1, 5):
        number = f"CHG-{n}"
        if reported_first:
            case(desk, number)
        starts = desk.clock.now() + timedelta(hours=1)
        plan = {
            "title": TITLES[0],
            "services": ["vpn"],
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(hours=1)).isoformat(),
        }
        desk.send("maintenance_planned", number, **plan)
        desk.settle()
        desk.wait(WEEK)
    with desk.app.store.read() as tx:
        assert list(tx.chains()) == []
    assert mails(desk, "owner", "alike") == []


@pytest.mark.parametrize(
    ("decision", "code"),
    [(ChainState.REFUSED, "chain_refused"), (ChainState.WATCHED, "chain_watched")],
)
def test_what_was_decided_is_not_told_again(desk: Desk, decision: ChainState, code: str) -> None:
    """A further case is silent, and its row says why."""
    weekly(desk)
    chains = desk.app.problem_keeping.chains
    chains.decide(only_chain(desk), decision, by="pm.zh", reason="The provider mends it in May")
    case(desk, "T-6")
    [silent] = told(desk, "T-6", Kind.RECURRENCE_ALERT)
    assert silent.outcome
    assert silent.outcome.code == code
    assert mails(desk, "zh", "T-6") == []


def test_a_storm_is_told_once(desk: Desk) -> None:
    """However many like it come within minutes, whoever decides gets one mail."""
    for n in range(12):
        desk.report(f"S-{n}", title="GlobalLink shows error 809", service="vpn")
    desk.settle()
    desk.wait(60)
    [one] = mails(desk, "zh", "情况相似")
    assert "短时间内" in one
    assert len(mails(desk, "en", "look alike")) == 1


def test_what_is_asked_for_again_and_again_is_told_to_nobody(desk: Desk) -> None:
    """Password resets are no failure."""
    for n in range(4):
        case(desk, f"R-{n}", "Please reset my password for the ERP")
        desk.wait(WEEK)
    assert mails(desk, "en", "look alike") == []


def test_a_chain_is_merged_into_a_problem_by_its_number(desk: Desk) -> None:
    """Its cases are the problem's from then on; a way that leads back is refused."""
    weekly(desk)
    problem = accept(desk)
    for n in range(3):
        case(desk, f"B-{n}", "Backup of fra-sql-01 failed with ORA-00600")
        desk.wait(WEEK)
    with desk.app.store.read() as tx:
        other = next(c.id for c in tx.chains() if c.id != problem.chain)
    chains = desk.app.problem_keeping.chains
    merged = chains.decide(other, ChainState.MERGED, by="pm.zh", into=problem.number)
    assert merged.merged_into == problem.chain
    with desk.app.store.read() as tx:
        assert len(tx.members([problem.chain])[problem.chain]) == 6
    with pytest.raises(WrongState):
        chains.decide(problem.chain, ChainState.MERGED, by="pm.zh", into=other)
    assert chains.undo(other, by="pm.zh").state is ChainState.PROPOSED
    with desk.app.store.read() as tx:
        assert len(tx.members([other])[other]) == 3
