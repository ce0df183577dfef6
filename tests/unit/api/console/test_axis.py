"""Events, messages and promises stand on the axis where their times say."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.console.axis import LEFT, MOST_TICKS, RIGHT, WIDTH, axis_of
from pipeline.domain.communication import Communication, CommunicationState, Kind, Reason
from pipeline.domain.events import Event
from pipeline.domain.major_events import Declared, Stated
from pipeline.domain.payload import Payload
from pipeline.domain.promise import Promise
from tests.unit.tickets import MINUTE, START, event

MINUTES = st.integers(0, 20_000)


def told(minute: int, audience: str) -> Communication:
    at = START + minute * MINUTE
    return Communication(
        id=f"com_{minute}_{audience}",
        incident="inc_1",
        kind=Kind.UPDATE,
        audience=audience,
        rule="r",
        reason=Reason(code="scheduled_update"),
        state=CommunicationState.RELEASED,
        due_at=at,
        created_at=at,
        events=("evt_1",),
    )


def promised(minute: int) -> Promise:
    at = START + minute * MINUTE
    return Promise(
        id=f"prm_{minute}",
        incident="inc_1",
        communication="com_1",
        what="next_update",
        promised_at=at,
        due_at=at,
        made_at=START,
    )


def happened(minutes: list[int]) -> list[Event]:
    steps: list[Payload] = [Declared(severity="P1"), *(Stated(text="so") for _ in minutes[1:])]
    return [event(data, n, START + m * MINUTE) for n, (data, m) in enumerate(zip(steps, minutes, strict=True), 1)]  # fmt: skip


def test_without_events_there_is_no_axis() -> None:
    assert axis_of([], [], [], START, failing=False) is None


@given(
    events=st.lists(MINUTES, min_size=1, max_size=8),
    messages=st.lists(MINUTES, max_size=8),
    promises=st.lists(MINUTES, max_size=8),
    now=MINUTES,
    failing=st.booleans(),
)
def test_every_mark_lies_in_the_plot_in_the_order_of_its_time(
    events: list[int], messages: list[int], promises: list[int], now: int, failing: bool
) -> None:
    """All in one minute, over days, a single event, and promises that lie far ahead."""
    axis = axis_of(
        happened(events),
        [told(m, "affected") for m in messages],
        [promised(m) for m in promises],
        START + now * MINUTE,
        failing=failing,
    )
    assert axis is not None
    marks = [mark for lane in axis.lanes for mark in lane.marks]
    assert all(LEFT <= mark.x <= WIDTH - RIGHT for mark in marks)
    by_time = sorted(marks, key=lambda mark: mark.at)
    assert [mark.x for mark in by_time] == sorted(mark.x for mark in marks)
    assert len(marks) >= len(events) + len(messages)
    assert len(axis.ticks) <= MOST_TICKS + 1


def test_a_review_next_week_does_not_press_the_hour_together() -> None:
    """It stands in the list of announced times."""
    week = timedelta(days=7) // MINUTE
    axis = axis_of(happened([0, 60]), [], [promised(week)], START, failing=False)
    assert axis is not None
    assert [lane.name for lane in axis.lanes] == ["events"]


def test_while_it_fails_the_axis_reaches_to_now() -> None:
    for failing in (True, False):
        axis = axis_of(happened([0]), [], [], START + 90 * MINUTE, failing=failing)
        assert axis is not None
        assert (axis.now is not None) is failing
