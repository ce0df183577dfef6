"""Over any history of a ticket, told or late: laws of its clocks, by the pure step alone."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.clocks_events import PriorityChanged
from pipeline.domain.errors import IncidentClosed
from pipeline.domain.payload import Payload
from pipeline.domain.service_clock import GOING, ClockState
from tests.unit.tickets import (
    START,
    assigned,
    closed,
    handed_over,
    noted,
    reopened,
    resolved,
    state_changed,
)

from .test_service_clocks import HOUR, Story

STEPS = st.sampled_from(
    [
        *(
            assigned(),
            handed_over(),
            noted(visibility="requester"),
            resolved(),
            reopened(),
            closed(),
        ),
        *(state_changed(), state_changed("waiting", waiting_for="approval")),
        *(state_changed("waiting", waiting_for="requester"), state_changed("waiting")),
        *(PriorityChanged(priority="P1"), PriorityChanged(priority="P3")),
        PriorityChanged(priority="P4"),
    ]
)
HISTORIES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), STEPS), max_size=14)
"""Hours until the next step, how late it is recorded, and what it is."""


WAITS = st.sampled_from(
    [
        *(state_changed(), state_changed("waiting"), state_changed("assigned")),
        *(state_changed("waiting", waiting_for=why) for why in ("requester", "approval")),
    ]
)


@st.composite
def told_in_two_orders(
    draw: st.DrawFn,
) -> tuple[list[tuple[float, Payload]], list[tuple[float, Payload]]]:
    """Waits at moments of their own, which may precede the report by a slip of a clock, and perhaps the end."""
    quarters = draw(st.lists(st.integers(-2, 160), min_size=2, max_size=8, unique=True))
    told: list[tuple[float, Payload]] = [(n / 4, draw(WAITS)) for n in sorted(quarters)]
    if draw(st.booleans()):
        told.append((max(quarters) / 4 + 1, resolved()))
    return told, draw(st.permutations(told))


class Watched(Story):
    """A ticket whose stages are told at their times, as the worker does."""

    def __init__(self, **report: Any) -> None:
        self.now, self.told = 0.0, list[tuple[str, str]]()
        super().__init__(**report)

    def watch(self, hours: float) -> None:
        """Until then; a stage that is due finds its clock running."""
        self.now = max(self.now, hours)
        moment = START + self.now * HOUR
        for clock in list(self.clocks.values()):
            if clock.look_at is not None and clock.look_at <= moment:
                assert clock.state is ClockState.RUNNING
                passed = [stage.name for stage in clock.passed(moment)]
                assert passed
                self.told += [(clock.id, name) for name in passed]
                seen = {"told": (*clock.told, *passed)}
                self.clocks[clock.id] = clock.model_copy(update=seen)

    def step(self, late: int, data: Payload) -> None:
        try:
            self.at(max(self.now - late, 0), data)
        except IncidentClosed:
            return


def played(history: list[tuple[int, int, Payload]]) -> Watched:
    story = Watched()
    for ahead, late, data in history:
        story.watch(story.now + ahead)
        story.step(late, data)
        _hold(story)
    story.watch(story.now + 24 * 14)
    _hold(story)
    return story


def _hold(story: Watched) -> None:
    assert story.ticket is not None
    over = story.ticket.state.value.value in ("resolved", "closed")
    for clock in story.clocks.values():
        ran = [(s.begin, s.end) for s in clock.ran]
        assert all(begin <= end for begin, end in ran)
        assert all(one[1] <= other[0] for one, other in pairwise(ran))
        assert clock.state not in GOING or clock.ended_at is None
        assert clock.ended_at is None or clock.since is None
        assert clock.look_at is None or clock.ended_at is None
        if clock.state is ClockState.MET and clock.deadline is not None:
            assert clock.ended_at is not None
            assert clock.ended_at <= clock.deadline
    if over:
        assert not any(clock.state in GOING for clock in story.clocks.values())


@settings(max_examples=120, deadline=None)
@given(HISTORIES)
def test_each_stage_is_told_at_most_once_while_its_clock_runs(
    history: list[tuple[int, int, Payload]],
) -> None:
    story = played(history)
    assert all(n == 1 for n in Counter(story.told).values())


@settings(max_examples=60, deadline=None)
@given(HISTORIES)
def test_the_same_event_twice_changes_nothing_more(
    history: list[tuple[int, int, Payload]],
) -> None:
    """Each state is worked out anew: a second look finds it as it is."""
    story = played(history)
    before = dict(story.clocks)
    story.step(0, noted("only for us"))
    assert story.clocks == before


@settings(max_examples=60, deadline=None)
@given(HISTORIES, st.integers(1, 100))
def test_a_pause_never_brings_a_deadline_nearer(
    history: list[tuple[int, int, Payload]], hours: int
) -> None:
    story = played(history)
    before = story.resolution
    story.step(0, state_changed("waiting", waiting_for="requester"))
    story.now += hours
    story.step(0, state_changed())
    after = story.resolution
    if before.state is ClockState.RUNNING and after.deadline is not None:
        assert before.deadline is not None
        assert after.deadline >= before.deadline


@settings(max_examples=300, deadline=None)
@given(told_in_two_orders())
def test_the_order_in_which_waits_arrive_does_not_matter(
    orders: tuple[list[tuple[float, Payload]], list[tuple[float, Payload]]],
) -> None:
    """A pause that is told after its end counts: only when it was true does."""
    first, second = (Story(), Story())
    for story, order in zip((first, second), orders, strict=True):
        for at, data in order:
            story.at(at, data)
    assert first.clocks == second.clocks
