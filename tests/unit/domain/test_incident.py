"""What does each event do to its ticket, and what may no order of events do?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pipeline.domain.errors import IncidentClosed, UnknownIncident
from pipeline.domain.events import Event
from pipeline.domain.folding import NOTES_KEPT, fold
from pipeline.domain.incident import Expectation
from pipeline.domain.lattices import TicketState, WaitingFor
from pipeline.domain.payload import Payload, PersonRef
from tests.unit.domain.builders import minutes
from tests.unit.tickets import (
    START,
    assigned,
    closed,
    event,
    fold_all,
    handed_over,
    noted,
    reopened,
    reported,
    resolved,
    state_changed,
    stream,
    ticket,
)

S = TicketState
FIVE = datetime(2026, 8, 24, 9, 0, tzinfo=UTC)
WAITS = state_changed("waiting", waiting_for="supplier")
STATES: tuple[tuple[tuple[Payload, ...], TicketState, WaitingFor | None], ...] = (
    ((), S.NEW, None),
    ((assigned(),), S.ASSIGNED, None),
    ((noted(),), S.NEW, None),
    ((handed_over(),), S.NEW, None),
    ((state_changed("in_progress"),), S.IN_PROGRESS, None),
    ((state_changed("in_progress"), assigned("li")), S.IN_PROGRESS, None),
    ((WAITS,), S.WAITING, WaitingFor.SUPPLIER),
    ((WAITS, noted()), S.WAITING, WaitingFor.SUPPLIER),
    ((WAITS, state_changed("in_progress")), S.IN_PROGRESS, None),
    ((WAITS, resolved()), S.RESOLVED, None),
    ((resolved(),), S.RESOLVED, None),
    ((assigned(), resolved(), reopened()), S.ASSIGNED, None),
    ((resolved(), reopened()), S.NEW, None),
    ((state_changed("in_progress"), reopened()), S.IN_PROGRESS, None),
    ((assigned(), resolved(), closed()), S.CLOSED, None),
    ((closed(), closed(silent=True)), S.CLOSED, None),
    ((assigned(), closed(), reopened()), S.ASSIGNED, None),
    ((closed(), noted()), S.CLOSED, None),
    ((resolved(), state_changed("in_progress")), S.IN_PROGRESS, None),
    ((reported(title="again"),), S.NEW, None),
)


def late(data: Payload, version: int, minute: int) -> Event:
    """An event of the version, which tells of that minute of the ticket's life."""
    return event(data, version, START + minutes(minute))


@pytest.mark.parametrize(("steps", "state", "waits"), STATES)
def test_where_the_ticket_stands(
    steps: tuple[Payload, ...], state: TicketState, waits: WaitingFor | None
) -> None:
    """The ticket's state after a report and these steps."""
    stands = ticket(*steps)
    assert (stands.state.value, stands.waiting_for) == (state, waits)


def test_a_report_opens_the_ticket_with_all_that_it_says() -> None:
    """Each value carries when it was so, and the event that says it."""
    said = reported(
        description="since noon",
        service="mail-client",
        priority="P2",
        site="hq",
        customer="acme",
        group="desk",
        respond_by=FIVE,
        url="https://desk.example.org/1",
    )
    stands = fold(None, event(said), owner="desk")
    assert (stands.id, stands.source, stands.number) == ("inc_1", "desk", "INC-1")
    assert (stands.owner, stands.version, stands.opened_at) == ("desk", 1, START)
    assert stands.requester is not None
    assert stands.requester.value == PersonRef(id="wang")
    told = (stands.description, stands.service, stands.priority, stands.group, stands.respond_by)
    assert [one and one.value for one in told] == ["since noon", "mail-client", "P2", "desk", FIVE]
    assert {(one.at, one.event) for one in told if one} == {(START, "evt_1")}
    assert (stands.site, stands.customer, stands.url) == ("hq", "acme", said.url)


def test_what_a_report_does_not_say_is_not_known() -> None:
    """Nothing is filled with a guess."""
    stands = ticket()
    unknown = (stands.description, stands.service, stands.priority, stands.group, stands.assignee)
    assert unknown == (None,) * 5


def test_an_assignment_says_who_with_which_group_and_by_when() -> None:
    """And the next one replaces what it names, and nothing else."""
    first = assigned("chen", group="desk", expected_at=FIVE, expected_from="technician")
    stands = ticket(first, assigned("li"))
    assert stands.assignee is not None
    assert stands.assignee.value.id == "li"
    assert stands.group is not None
    assert (stands.group.value, stands.group.event) == ("desk", "evt_2")
    assert stands.expected is not None
    assert stands.expected.value == Expectation(at=FIVE, origin="technician")


def test_a_hand_over_keeps_what_was_tried_and_frees_the_assignee() -> None:
    """The next group knows whence it comes, why, and what need not be tried again."""
    gone = handed_over("exchange", tried=("new profile",), reason="follows the mailbox")
    stands = ticket(assigned("chen", group="desk"), noted("safe mode", tried=True), gone)
    assert stands.group is not None
    assert (stands.group.value, stands.handed_from, stands.assignee) == ("exchange", "desk", None)
    assert [step.value for step in stands.tried] == ["safe mode", "new profile"]
    assert stands.handover_reason is not None
    assert stands.handover_reason.value == "follows the mailbox"


def test_a_hand_over_without_reason_does_not_keep_the_one_before() -> None:
    """An old reason would be told as the reason of the new step."""
    stands = ticket(handed_over("exchange", reason="mailbox"), handed_over("network"))
    assert stands.handover_reason is None
    assert stands.handed_from == "exchange"


def test_a_state_without_a_message_does_not_repeat_the_one_before() -> None:
    """A sentence belongs to the step it was written for."""
    stands = ticket(state_changed(message="we look into it"), state_changed("waiting"))
    assert stands.message is None


def test_a_resolution_is_kept_and_a_reopening_counted() -> None:
    """The technician who opens it again reads what was done, and how often it came back."""
    stands = ticket(resolved("new profile"), reopened(reason="again"), resolved("moved"))
    assert stands.resolution is not None
    assert stands.resolution.value.fix_summary == "moved"
    assert stands.reopening is not None
    assert (stands.reopening.value.reason, stands.reopened_times) == ("again", 1)
    assert ticket(resolved(), reopened(), closed(), reopened()).reopened_times == 2


def test_a_reopening_takes_the_expected_time_back() -> None:
    """It was for the work that proved not to be enough, also when it is told late."""
    timed = assigned("chen", expected_at=FIVE, expected_from="technician")
    stands = ticket(timed, resolved(), reopened())
    assert stands.expected is None
    told_late = fold(stands, late(state_changed(expected_at=FIVE), 5, 2))
    assert told_late.expected is None
    anew = fold(told_late, late(state_changed(expected_at=FIVE), 6, 9))
    assert anew.expected is not None


def test_a_reopening_of_an_open_ticket_changes_nothing() -> None:
    """Pressed twice, counted once."""
    stands = ticket(resolved(), reopened(reason="again"), reopened(reason="hello?"))
    assert stands.reopened_times == 1
    assert stands.reopening is not None
    assert stands.reopening.value.reason == "again"


def test_notes_are_kept_in_the_order_in_which_they_were_recorded() -> None:
    """A late one comes last, with its own time, and all are there."""
    stands = ticket(noted("b"))
    stands = fold(stands, late(noted("a"), 3, 0))
    stands = fold(stands, late(noted("c"), 4, 9))
    assert [note.value.text for note in stands.notes] == ["b", "a", "c"]
    assert [note.at for note in stands.notes] == [START + minutes(n) for n in (1, 0, 9)]


def test_a_ticket_does_not_grow_without_end() -> None:
    """The stored fold holds the newest; the stream holds all."""
    words = tuple(f"step {n}" for n in range(40))
    many = [noted(f"note {n}", tried=True) for n in range(NOTES_KEPT + 5)]
    stands = ticket(handed_over("a", tried=words), *many, handed_over("b", tried=words))
    assert (len(stands.notes), len(stands.tried)) == (NOTES_KEPT, NOTES_KEPT)
    assert stands.notes[-1].value.text == f"note {NOTES_KEPT + 4}"
    assert stands.tried[-1].value == "step 39"


@pytest.mark.parametrize(
    "step", [assigned(), state_changed(), handed_over(), resolved(), reported()]
)
def test_after_a_closing_the_ticket_must_be_reopened_first(step: Payload) -> None:
    """The refusal says so."""
    with pytest.raises(IncidentClosed, match="send a reopening first"):
        ticket(closed(), step)


def test_what_happened_before_the_closing_may_come_after_it() -> None:
    """Late news of a closed ticket is kept, and opens nothing."""
    stands = ticket(assigned(), closed())
    stands = fold(stands, late(state_changed(), 4, 1))
    stands = fold(stands, late(resolved("new profile"), 5, 1))
    assert (stands.state.value, stands.version) == (S.CLOSED, 5)
    assert stands.resolution is not None


@pytest.mark.parametrize("first", [assigned(), noted(), resolved(), reopened(), closed()])
def test_a_ticket_nobody_reported_is_unknown(first: Payload) -> None:
    """The refusal names the field and what to do."""
    with pytest.raises(UnknownIncident, match="send its report first") as refused:
        fold(None, event(first))
    assert refused.value.field == "subject"


LATE: tuple[tuple[Payload, ...], ...] = (
    (assigned("chen"), resolved("x"), state_changed("in_progress")),
    (resolved("x"), assigned("chen"), reopened()),
    (state_changed("waiting", waiting_for="supplier"), noted(), closed()),
    (assigned("chen"), state_changed(message="hello", expected_at=FIVE), resolved("y")),
)


@pytest.mark.parametrize("steps", LATE)
def test_a_late_step_moves_no_state(steps: tuple[Payload, ...]) -> None:
    """The last of these is recorded last, and tells of the time before the first."""
    before = ticket(*steps[:-1])
    after = fold(before, late(steps[-1], len(steps) + 1, 0))
    assert (after.state, after.waiting_for) == (before.state, before.waiting_for)
    assert (after.message, after.reopened_times) == (before.message, before.reopened_times)
    assert after.updated_at == before.updated_at


def test_two_steps_of_one_minute_keep_their_order() -> None:
    """The same moment is not late: sources that write whole minutes are the rule."""
    stands = fold(ticket(assigned()), late(state_changed(), 3, 1))
    assert stands.state.value is S.IN_PROGRESS


def test_a_late_assignment_fills_a_gap_and_replaces_nobody() -> None:
    """Who is known from a later moment stays."""
    nobody = fold(ticket(state_changed()), late(assigned("chen"), 3, 0))
    somebody = fold(ticket(noted(), assigned("li")), late(assigned("chen"), 4, 1))
    assert nobody.assignee is not None
    assert somebody.assignee is not None
    assert (nobody.assignee.value.id, somebody.assignee.value.id) == ("chen", "li")


def test_an_assignment_from_before_the_hand_over_brings_nobody_back() -> None:
    """The ticket has gone to another group; its former technician is not at work on it."""
    gone = ticket(noted(), noted(), handed_over("exchange"))
    stands = fold(gone, late(assigned("chen"), 5, 1))
    assert stands.assignee is None
    again = fold(stands, late(assigned("li"), 6, 9))
    assert again.assignee is not None
    assert again.assignee.value.id == "li"


def test_a_late_hand_over_frees_nobody_who_came_after_it() -> None:
    """Whoever took the ticket since then still has it, and the group is filled in."""
    taken = ticket(noted(), noted(), noted(), assigned("li"))
    stands = fold(taken, late(handed_over("exchange"), 6, 2))
    assert stands.assignee is not None
    assert stands.assignee.value.id == "li"
    assert stands.group is not None
    assert stands.group.value == "exchange"


def test_what_was_tried_is_known_however_late_it_is_told() -> None:
    """An overtaken hand-over still says what need not be tried again."""
    stands = ticket(noted(), handed_over("network", tried=("cable",)))
    stands = fold(stands, late(handed_over("exchange", tried=("profile",)), 4, 1))
    assert stands.group is not None
    assert stands.group.value == "network"
    assert [step.value for step in stands.tried] == ["cable", "profile"]


def test_a_ticket_is_its_stream() -> None:
    """Folding all at once or one by one is the same."""
    events = stream(reported(), assigned(), noted(), resolved())
    assert fold_all(events) == ticket(assigned(), noted(), resolved())
    assert json.loads(fold_all(events, owner="desk").model_dump_json())["owner"] == "desk"
