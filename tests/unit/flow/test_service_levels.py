"""Those in charge are warned before a deadline is missed: on one card, in time, and never needlessly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.communication import Communication, CommunicationState, Kind
from pipeline.domain.directory import Address, Directory, Group, Names, Person
from pipeline.domain.message import MessageState
from pipeline.domain.service_clock import What

from .desk import MINUTE, START, Desk, opened

HOUR = 60
RULES = """\
version: 1
calendars:
  office: {name: {zh: 工作日, en: working days}, zone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}}
service_levels:
  - id: house
    limits:
      P1: {response: 20m, resolution: 2h}
      P3: {response: 4h, resolution: 10h, calendar: office}
    stages:
      - {at: 75%, tell: [in_charge]}
      - {at: breach, tell: [in_charge, managers]}
      - {at: breach+1h, tell: [managers]}
rules:
  - {id: tell, events: [resolved], tell: requester, kind: resolution, reason: {zh: 告诉, en: Tell}}
"""


def directory() -> Directory:
    def mail(name: str) -> tuple[Address, ...]:
        return (Address(channel="mail", value=f"{name}@example.org"),)

    return Directory(
        people=(
            Person(id="boss", name="Boss", addresses=mail("boss"), zone="Asia/Shanghai"),
            Person(id="duty", name="Duty", addresses=mail("duty")),
        ),
        groups=(
            Group(
                id="exchange",
                name=Names(zh="邮件组", en="Exchange"),
                addresses=mail("ex"),
                zone="Asia/Shanghai",
                managers=("boss",),
            ),
            Group(id="incident-managers", name=Names(zh="经理", en="Managers"), members=("duty",)),
        ),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "house.yaml").write_text(RULES, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=tmp_path / "rules") as found:
        found.app.acts.load_directory(directory())
        yield found


def urgent(desk: Desk, **more: Any) -> None:
    """A ticket of which somebody took care at once: two hours are left for the solution."""
    desk.report(**{"priority": "P1", "group": "exchange", **more})
    desk.send("assigned", assignee={"id": "chen"})
    desk.settle()


def warned(desk: Desk, to: str = "") -> list[tuple[float, str, str]]:
    """Minute, address and subject of each warning that left."""
    return [
        ((m.at - START) / MINUTE, m.address.partition("@")[0], m.subject)
        for m in desk.mail.sent
        if m.card is not None and to in m.address
    ]


def cards(desk: Desk) -> list[Communication]:
    return [c for c in desk.communications if c.kind is Kind.SERVICE_LEVEL_WARNING]


def test_group_and_managers_are_told_at_the_stages_that_name_them(desk: Desk) -> None:
    """Each of them once, with the time that is left, and the clock time of the deadline."""
    urgent(desk)
    desk.wait(10 * HOUR)
    assert warned(desk, "ex@") == [
        (90, "ex", "30 min left: T-1, resolution due 12:00"),
        (120, "ex", "Overdue: T-1, resolution due 12:00"),
    ]
    assert warned(desk, "boss@") == [
        (120, "boss", "Overdue: T-1, resolution due 12:00"),
        (180, "boss", "Overdue: T-1, resolution due 12:00"),
    ]
    assert [at for at, _, _ in warned(desk, "chen@")] == [90, 120]


def test_all_stages_of_a_clock_are_one_card_in_one_thread(desk: Desk) -> None:
    """A channel that can replaces the message before; mail keeps them together."""
    urgent(desk)
    desk.wait(10 * HOUR)
    mine = [m for m in desk.mail.sent if m.card is not None and m.address.startswith("boss")]
    assert (len(mine), len({m.card for m in mine}), len({m.thread for m in mine})) == (2, 1, 1)


def test_nobody_hears_of_what_was_done_in_time(desk: Desk) -> None:
    urgent(desk)
    desk.wait(89)
    desk.send("resolved", fix_summary="Done")
    desk.wait(10 * HOUR)
    assert warned(desk) == []


def test_whoever_reported_it_hears_nothing_of_deadlines(desk: Desk) -> None:
    urgent(desk)
    desk.wait(10 * HOUR)
    assert warned(desk, "wang@") == []


def test_a_clock_that_stands_still_warns_nobody_and_goes_on_where_it_stood(desk: Desk) -> None:
    urgent(desk)
    desk.wait(80)
    desk.send("state_changed", state="waiting", waiting_for="requester")
    desk.wait(5 * HOUR)
    assert warned(desk) == []
    desk.send("state_changed", state="in_progress")
    desk.wait(9)
    assert warned(desk) == []
    desk.wait(1)
    assert [at for at, _, _ in warned(desk, "ex@")] == [390]
    text = next(m.text for m in desk.mail.sent if m.card is not None)
    assert "The clock stood still for 5 h" in text


def test_a_warning_that_was_not_drafted_yet_is_taken_back_by_a_pause_and_told_after_it(
    desk: Desk,
) -> None:
    urgent(desk)
    desk.clock.advance(91 * MINUTE)
    assert desk.step("service_clocks").turn()
    desk.send("state_changed", state="waiting", waiting_for="other")
    desk.wait(60)
    assert [(c.state, c.outcome.code if c.outcome else "") for c in cards(desk)] == [
        (CommunicationState.SKIPPED, "clock_stopped")
    ]
    desk.send("state_changed", state="in_progress")
    desk.settle()
    assert [at for at, _, _ in warned(desk, "ex@")] == [151]


def waited_before(desk: Desk, minutes: int) -> None:
    """It is told only now that the ticket waited for its requester from then on."""
    raw = desk.event("state_changed", state="waiting", waiting_for="requester")
    raw["time"] = (desk.clock.now() - minutes * MINUTE).isoformat()
    desk.accept(raw)


def test_what_somebody_was_warned_of_is_not_told_twice_when_a_pause_is_told_late(
    desk: Desk,
) -> None:
    """Ninety minutes had not passed after all; what comes later comes at its new time."""
    urgent(desk)
    desk.wait(80)
    desk.send("state_changed", state="in_progress")
    desk.wait(11)
    assert [at for at, _, _ in warned(desk, "ex@")] == [90]
    waited_before(desk, 31)
    desk.wait(10 * HOUR)
    assert [at for at, _, _ in warned(desk, "ex@")] == [90, 140]


def test_a_warning_that_has_not_left_is_taken_back_by_a_pause_that_is_told_late(
    desk: Desk,
) -> None:
    urgent(desk)
    desk.wait(80)
    desk.send("state_changed", state="in_progress")
    desk.clock.advance(11 * MINUTE)
    assert desk.step("service_clocks").turn()
    waited_before(desk, 31)
    desk.wait(10 * HOUR)
    assert "clock_moved" in {c.outcome.code for c in cards(desk) if c.outcome}
    assert [at for at, _, _ in warned(desk, "ex@")] == [110, 140]


def test_a_warning_that_waits_to_be_sent_is_taken_back_by_the_solution(desk: Desk) -> None:
    """The relay was away: what it would bring afterwards is not true any more."""
    urgent(desk)
    desk.clock.advance(91 * MINUTE)
    desk.step("service_clocks").turn()
    desk.step("compose").turn()
    desk.send("resolved", fix_summary="Done")
    desk.settle()
    [card] = cards(desk)
    states = {m.state for m in desk.app.queries.messages(communication_id=card.id)}
    assert states == {MessageState.CANCELLED}
    assert warned(desk) == []


def test_after_a_long_stop_the_last_stage_alone_is_told_to_all_whom_they_name(desk: Desk) -> None:
    """Not a series of what was so yesterday."""
    urgent(desk)
    desk.clock.advance(30 * HOUR * MINUTE)
    desk.settle()
    assert sorted(who for _, who, _ in warned(desk)) == ["boss", "chen", "ex"]
    assert {c.stage for c in cards(desk)} == {"breach+1h"}


def test_a_newer_stage_takes_the_place_of_one_that_has_not_left(desk: Desk) -> None:
    urgent(desk)
    for minute in (90, 30):
        desk.clock.advance(minute * MINUTE)
        desk.step("service_clocks").turn()
    desk.settle()
    assert len(warned(desk, "ex@")) == 1
    told = [(c.stage, c.outcome.code if c.outcome else "") for c in cards(desk)]
    assert ("75%", "newer_card") in told


def test_the_response_is_missed_when_nobody_takes_it(desk: Desk) -> None:
    desk.report(priority="P1", group="exchange")
    desk.wait(25)
    assert [(at, who) for at, who, _ in warned(desk)] == [(15, "ex"), (20, "ex"), (20, "boss")]
    assert "response" in warned(desk)[0][2]
    desk.send("assigned", assignee={"id": "chen"})
    desk.settle()
    clock = next(
        c for c in desk.app.clocks.of_incident(desk.incident.id) if c.what is What.RESPONSE
    )
    assert clock.state == "missed"


def test_a_ticket_without_a_group_is_a_matter_for_the_incident_managers(desk: Desk) -> None:
    desk.report(priority="P1")
    desk.wait(25)
    assert {who for _, who, _ in warned(desk)} == {"duty"}


def test_a_graver_priority_is_warned_of_by_its_own_limit(desk: Desk) -> None:
    """What was told before stays told: each stage once in a round."""
    urgent(desk, priority="P3")
    desk.wait(60)
    desk.send("priority_changed", priority="P1")
    desk.wait(10 * HOUR)
    assert [at for at, _, _ in warned(desk, "ex@")] == [90, 120]


def test_a_reopened_ticket_is_warned_of_anew(desk: Desk) -> None:
    urgent(desk)
    desk.wait(100)
    desk.send("resolved", fix_summary="Done")
    desk.wait(20)
    desk.send("reopened", reason="again")
    desk.wait(100)
    assert [at for at, _, _ in warned(desk, "ex@")] == [90, 210]


def test_office_hours_are_told_as_working_time(desk: Desk) -> None:
    """Ten hours from ten on Monday: three quarters are over at half past five."""
    urgent(desk, priority="P3")
    desk.wait(8 * HOUR)
    [(at, _, subject)] = warned(desk, "ex@")
    assert (at, subject) == (450, "2 h 30 min left: T-1, resolution due Tue 25 Aug, 11:00")
    text = next(m.text for m in desk.mail.sent if m.card is not None)
    assert "has 2 h 30 min of working time left" in text
    assert "The clock runs on working days" in text


def test_every_warning_says_why_it_was_sent(desk: Desk) -> None:
    """By its stage and policy."""
    urgent(desk)
    desk.wait(90)
    [card] = cards(desk)
    said = desk.app.library.reason(card.reason, "en")
    assert said == "The resolution deadline came to its stage 75% (house), and those in charge are warned."  # fmt: skip


def test_the_first_contact_is_warned_of_once(desk: Desk) -> None:
    """The promise to the requester and the clock of the response are about the same thing."""
    desk.report(priority="P1", group="exchange")
    desk.wait(25)
    assert [c for c in desk.communications if c.kind is Kind.PROMISE_WARNING] == []
