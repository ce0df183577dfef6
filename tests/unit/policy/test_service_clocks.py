"""What each event does to the clocks of a ticket, in a calendar of office hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from pipeline.domain.clocks_events import DueSet, PriorityChanged
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident, Owner
from pipeline.domain.lattices import WaitingFor
from pipeline.domain.payload import Payload
from pipeline.domain.service_clock import ClockState, ServiceClock, What
from pipeline.policy.clock_turns import run
from pipeline.policy.service_clocks import clocks_after
from tests.unit.tickets import (
    START,
    assigned,
    closed,
    event,
    noted,
    reopened,
    reported,
    resolved,
    state_changed,
)

from .test_service_levels import pack

HOUR = timedelta(hours=1)
S = ClockState
LEVELS = pack("""\
version: 1
calendars:
  office: {zone: Asia/Shanghai, hours: {mon-fri: ["09:00-18:00"]}}
service_levels:
  - id: house
    calendar: office
    limits: {P1: {response: 30m, resolution: 2h}, P3: {response: 60m, resolution: 10h}}
    stages: [{at: 50%, tell: [in_charge]}, {at: breach, tell: [managers]}, {at: breach+1h, tell: [managers]}]
""").service_levels


class Story:
    """Events at hours after ten on a Monday, and the clocks that they leave."""

    def __init__(self, owner: Owner = "heliograph", **report: Any) -> None:
        self.owner: Owner = owner
        self.ticket: Incident | None = None
        self.clocks: dict[str, ServiceClock] = {}
        self.at(0, reported(**{"priority": "P3", **report}))

    def at(self, hours: float, data: Payload) -> Story:
        before = self.ticket
        told = event(data, (before.version if before else 0) + 1, START + hours * HOUR)
        self.ticket = fold(before, told, owner=self.owner)
        kept = list(self.clocks.values())
        changed = clocks_after(LEVELS, kept, told, before, self.ticket)
        self.clocks |= {clock.id: clock for clock in changed}
        return self

    def rounds(self, what: What) -> list[ServiceClock]:
        return sorted((c for c in self.clocks.values() if c.what is what), key=lambda c: c.round)

    @property
    def response(self) -> ServiceClock:
        return self.rounds(What.RESPONSE)[-1]

    @property
    def resolution(self) -> ServiceClock:
        return self.rounds(What.RESOLUTION)[-1]


def hours(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - START) / HOUR


def test_a_report_starts_both_clocks() -> None:
    """Ten hours of work from ten on Monday end at eleven on Tuesday."""
    story = Story()
    assert (story.response.state, hours(story.response.deadline)) == (S.RUNNING, 1)
    assert (story.resolution.state, hours(story.resolution.deadline)) == (S.RUNNING, 25)
    assert [hours(s.at) for s in story.resolution.stages] == [5, 25, 26]
    assert hours(story.resolution.look_at) == 5


@pytest.mark.parametrize(
    ("at", "data", "state"),
    [
        (0.5, assigned(), S.MET),
        (1, assigned(), S.MET),
        (1.1, assigned(), S.MISSED),
        (0.5, noted("looking at it", visibility="requester"), S.MET),
        (0.5, noted("looking at it"), S.RUNNING),
        (0.5, state_changed("in_progress"), S.MET),
        (0.5, resolved(), S.MET),
    ],
)
def test_the_response_is_that_somebody_is_there(at: float, data: Payload, state: S) -> None:
    assert Story().at(at, data).response.state is state


@pytest.mark.parametrize(("end", "state"), [(25, S.MET), (25.1, S.MISSED)])
def test_the_resolution_ends_with_the_work(end: float, state: S) -> None:
    story = Story().at(0.5, assigned()).at(end, resolved())
    assert (story.resolution.state, hours(story.resolution.ended_at)) == (state, end)
    assert story.resolution.look_at is None
    assert story.at(end + 1, closed()).resolution.state is state


def test_waiting_for_the_requester_stops_it_and_the_rest_is_left_afterwards() -> None:
    """Two hours of ten were used up; eight are left from Tuesday at ten."""
    story = Story().at(0.5, assigned()).at(2, state_changed("waiting", waiting_for="requester"))
    assert (story.resolution.state, story.resolution.deadline) == (S.PAUSED, None)
    assert story.resolution.look_at is None
    story.at(24, state_changed("in_progress"))
    assert (story.resolution.state, hours(story.resolution.deadline)) == (S.RUNNING, 32)
    assert hours(story.resolution.look_at) == 27


def test_waiting_for_an_approval_is_our_own_time() -> None:
    story = Story().at(1, state_changed("waiting", waiting_for="approval"))
    assert (story.resolution.state, hours(story.resolution.deadline)) == (S.RUNNING, 25)


def test_a_stage_that_passed_before_the_pause_stays_passed() -> None:
    """But nobody is told of it while the clock stands still."""
    story = Story().at(0.5, assigned()).at(6, state_changed("waiting", waiting_for="requester"))
    assert hours(story.resolution.stages[0].at) == 5
    assert story.resolution.look_at is None
    assert hours(story.at(7, state_changed()).resolution.look_at) == 5


def test_a_pause_that_is_told_after_its_end_counts() -> None:
    """Also where the ticket is solved, and where it was reopened since."""
    waited, back = state_changed("waiting", waiting_for="requester"), state_changed()
    story = Story().at(0.5, assigned()).at(3, back).at(2, waited)
    assert (story.resolution.state, hours(story.resolution.deadline)) == (S.RUNNING, 26)
    late = Story().at(0.5, assigned()).at(3, back).at(25.5, resolved())
    assert late.resolution.state is S.MISSED
    assert late.at(2, waited).resolution.state is S.MET
    again = Story().at(0.5, assigned()).at(3, back).at(25.5, resolved()).at(26, reopened())
    first, second = again.at(2, waited).rounds(What.RESOLUTION)
    assert (first.state, len(first.ran), hours(second.deadline)) == (S.MET, 2, 36 + 15)


def test_work_that_goes_on_without_a_reopening_keeps_its_pauses() -> None:
    """The desk says "in progress" after "solved": the clock counts on from the report."""
    story = Story().at(0.5, assigned()).at(2, state_changed("waiting")).at(4, state_changed())
    story.at(5, resolved()).at(6, state_changed())
    assert (story.resolution.round, hours(story.resolution.deadline)) == (2, 27)


def test_a_clock_of_an_earlier_release_keeps_its_pauses() -> None:
    """Its row holds stretches alone, and not which of the waits it was that the rules stopped it for."""
    story = Story().at(0.5, assigned()).at(2, state_changed("waiting")).at(4, state_changed())
    rows = {
        name: ServiceClock.model_validate_json(clock.model_dump_json(exclude={"turns"}))
        for name, clock in story.clocks.items()
    }
    for clock in (one for one in rows.values() if one.ended_at is None):
        again = run(clock, {WaitingFor.SUPPLIER})
        assert (again.ran, again.since) == (clock.ran, clock.since)
    story.clocks = rows
    story.at(5, state_changed("waiting")).at(6, state_changed())
    assert [(hours(s.begin), hours(s.end)) for s in story.resolution.ran] == [(0, 2), (4, 5)]
    assert hours(story.resolution.deadline) == 28


def test_very_many_turns_leave_a_short_row_and_the_same_stretches() -> None:
    story = Story().at(0.25, state_changed("waiting")).at(0.5, state_changed())
    for n in range(1000):
        story.at(1 + n / 1000, state_changed())
    assert len(story.resolution.turns) <= 200
    assert hours(story.resolution.deadline) == 25.25


def test_a_priority_that_changes_counts_from_the_report() -> None:
    story = Story().at(0.5, assigned()).at(1, PriorityChanged(priority="P1"))
    assert (story.resolution.limit, hours(story.resolution.deadline)) == (7200, 2)
    story.at(1.5, PriorityChanged(priority="P3"))
    assert hours(story.resolution.deadline) == 25


def test_a_priority_without_a_limit_drops_the_clock_and_another_brings_it_back() -> None:
    story = Story().at(0.5, assigned()).at(1, PriorityChanged(priority="P4"))
    assert (story.resolution.state, story.resolution.look_at) == (S.DROPPED, None)
    story.at(3, PriorityChanged(priority="P3"))
    assert (story.resolution.state, hours(story.resolution.deadline)) == (S.RUNNING, 25)


def test_without_a_priority_there_is_no_clock_until_there_is_one() -> None:
    """Then it counts from the report, and who has it already need not answer again."""
    story = Story(priority=None)
    assert story.clocks == {}
    story.at(1, assigned()).at(2, PriorityChanged(priority="P3"))
    assert hours(story.resolution.deadline) == 25
    assert story.rounds(What.RESPONSE) == []


def test_a_reopening_starts_a_new_round() -> None:
    """With nothing used up, and no stage told; the first round stays as it was."""
    story = Story().at(0.5, assigned()).at(2, resolved()).at(4, reopened())
    first, second = story.rounds(What.RESOLUTION)
    assert (first.state, second.round, second.state) == (S.MET, 2, S.RUNNING)
    assert (hours(second.deadline), second.told) == (29, ())
    assert len(story.rounds(What.RESPONSE)) == 1


def test_a_reopened_ticket_that_nobody_has_waits_for_a_response_again() -> None:
    story = Story().at(2, resolved()).at(4, reopened())
    assert [c.state for c in story.rounds(What.RESPONSE)] == [S.MISSED, S.RUNNING]
    assert hours(story.response.deadline) == 5


def test_a_late_word_counts_from_when_it_was_true() -> None:
    """Recorded after the deadline, done before it: that is in time. What was before the reopening is over."""
    story = Story().at(3, resolved())
    assert story.response.state is S.MISSED
    assert story.at(0.5, assigned()).response.state is S.MET
    again = Story().at(2, resolved()).at(4, reopened()).at(1, noted("hm", visibility="requester"))
    assert again.response.state is S.RUNNING


def test_beside_a_desk_its_own_deadlines_count() -> None:
    """And none of ours, where it gave none."""
    assert Story(owner="desk").clocks == {}
    story = Story(owner="desk", resolve_by=START + 4 * HOUR)
    assert (story.resolution.basis, hours(story.resolution.deadline)) == ("desk", 4)
    assert [hours(s.at) for s in story.resolution.stages] == [2, 4, 5]
    story.at(1, DueSet(resolve_by=START + 8 * HOUR))
    assert [hours(s.at) for s in story.resolution.stages] == [4, 8, 9]
    story.at(9, resolved())
    assert story.resolution.state is S.MISSED
    assert story.at(10, reopened()).resolution.state is S.DROPPED
    assert hours(story.at(11, DueSet(resolve_by=START + 20 * HOUR)).resolution.deadline) == 20


def test_a_deadline_that_lies_behind_is_due_at_once() -> None:
    """A report that comes late: the desk's time has passed already."""
    story = Story(owner="desk", resolve_by=START - HOUR)
    assert [s.name for s in story.resolution.passed(START)] == ["50%", "breach", "breach+1h"]
