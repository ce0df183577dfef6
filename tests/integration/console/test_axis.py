"""Everything of a major incident stands where its time is, and nothing stands outside the plot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.console.axis import LEFT, MOST_TICKS, RIGHT, WIDTH, Axis, Mark, axis_of
from pipeline.domain.communication import Communication, CommunicationState, Kind
from pipeline.domain.events import Event
from pipeline.domain.promise import Promise, PromiseState
from tests.acceptance.outage import CRM
from tests.acceptance.story import Desk
from tests.unit.tickets import START, communication, event, noted

from .majors import DOWN, Seat, desk_with, somebody

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AUDIENCES = ("affected", "public", "leaders", "front_line", "owner")
SECONDS = st.integers(min_value=-7 * 86_400, max_value=60 * 86_400)


def happened(*offsets: timedelta) -> list[Event]:
    return [event(noted(), n, START + offset) for n, offset in enumerate(offsets, 1)]


def told(after: timedelta, audience: str = "affected", **more: Any) -> Communication:
    usual: dict[str, Any] = {"audience": audience, "state": CommunicationState.RELEASED}
    return communication(Kind.UPDATE, **usual | {"due_at": START + after} | more)


def promise(after: timedelta, state: PromiseState = PromiseState.OPEN) -> Promise:
    at = START + after
    return Promise(
        id="prm_1",
        incident="inc_1",
        communication="com_new",
        audience="affected",
        what="next_update",
        promised_at=at,
        due_at=at,
        made_at=START,
        state=state,
    )


def axis(
    events: list[Event],
    communications: list[Communication] | None = None,
    promises: list[Promise] | None = None,
    now: datetime = START,
    *,
    failing: bool = True,
) -> Axis:
    found = axis_of(events, communications or [], promises or [], now, failing=failing)
    assert found is not None
    return found


def marks(found: Axis) -> list[Mark]:
    return [mark for lane in found.lanes for mark in lane.marks]


seconds = st.lists(SECONDS.map(lambda n: timedelta(seconds=n)), max_size=6)


@given(
    events=seconds.filter(bool),
    sent=seconds,
    promised=seconds,
    now=SECONDS.map(lambda n: timedelta(seconds=n)),
    failing=st.booleans(),
)
@example(events=[MINUTE], sent=[], promised=[], now=MINUTE, failing=True)
@example(events=[MINUTE] * 3, sent=[MINUTE] * 3, promised=[MINUTE], now=MINUTE, failing=False)
@example(events=[MINUTE], sent=[], promised=[60 * DAY], now=-DAY, failing=True)
@example(events=[-7 * DAY, 60 * DAY], sent=[DAY], promised=[-DAY], now=-DAY, failing=True)
def test_marks_lie_in_the_plot_in_the_order_of_their_times(
    events: list[timedelta],
    sent: list[timedelta],
    promised: list[timedelta],
    now: timedelta,
    failing: bool,
) -> None:
    """Whatever the clocks said: all at one minute, ends before starts, promises over or far ahead."""
    found = axis(
        happened(*events),
        [told(at) for at in sent],
        [promise(min(events) + abs(at)) for at in promised],
        START + now,
        failing=failing,
    )
    by_time = sorted(marks(found), key=lambda mark: mark.at)
    assert all(LEFT <= mark.x <= WIDTH - RIGHT for mark in by_time)
    assert all(a.x <= b.x if a.at < b.at else a.x == b.x for a, b in pairwise(by_time))
    assert found.now is None or LEFT <= found.now <= WIDTH - RIGHT


@given(events=seconds.filter(bool), now=SECONDS.map(lambda n: timedelta(seconds=n)))
def test_the_clock_times_under_the_plot_are_few_in_order_and_in_their_place(
    events: list[timedelta], now: timedelta
) -> None:
    """A line for a time stands between the marks before it and those after it."""
    found = axis(happened(*events), now=START + now)
    ticks = list(found.ticks)
    assert len(ticks) <= MOST_TICKS + 1
    assert ticks == sorted(ticks)
    assert all(LEFT <= x <= WIDTH - RIGHT for x, _ in ticks)
    for mark in marks(found):
        assert all((x <= mark.x) if at <= mark.at else (x >= mark.x) for x, at in ticks)


def test_without_events_there_is_no_axis() -> None:
    assert axis_of([], [told(MINUTE)], [promise(MINUTE)], START, failing=True) is None


def test_one_event_alone_has_its_place() -> None:
    [mark] = marks(axis(happened(MINUTE), now=START + MINUTE, failing=False))
    assert (mark.at, mark.x) == (START + MINUTE, LEFT)


@pytest.mark.parametrize("days", [1, 3, 40, 400])
def test_a_failure_of_days_fills_the_plot_and_its_lines_can_be_told_apart(days: int) -> None:
    found = axis(happened(timedelta(), days * DAY), now=START + days * DAY)
    assert {mark.x for mark in marks(found)} == {LEFT, WIDTH - RIGHT}
    assert 2 <= len(found.ticks) <= MOST_TICKS + 1 or days == 1
    assert all(there - here >= 40 for (here, _), (there, _) in pairwise(found.ticks))


def test_what_is_promised_for_next_year_does_not_press_the_past_together() -> None:
    past = happened(timedelta(), HOUR)
    alone, beside = (
        axis(past, promises=promised, now=START + HOUR) for promised in ([], [promise(365 * DAY)])
    )
    assert [m.x for m in marks(beside)] == [m.x for m in marks(alone)]


@pytest.mark.parametrize("failing_still", [True, False])
def test_the_axis_of_what_still_fails_reaches_to_this_moment(failing_still: bool) -> None:
    """And that of what is over ends with it, however long ago."""
    found = axis(happened(timedelta(), HOUR), now=START + 5 * HOUR, failing=failing_still)
    if failing_still:
        assert found.now == WIDTH - RIGHT
        assert max(mark.x for mark in marks(found)) < WIDTH / 2
    else:
        assert found.now is None
        assert max(mark.x for mark in marks(found)) == WIDTH - RIGHT


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_was_told_stands_in_the_lane_of_those_who_were_told(audience: str) -> None:
    found = axis(happened(MINUTE), [told(HOUR, audience)])
    [lane] = [lane for lane in found.lanes if any(mark.group == "kind" for mark in lane.marks)]
    assert lane.name == audience


@pytest.mark.parametrize(
    "state", [s for s in CommunicationState if s is not CommunicationState.RELEASED]
)
def test_what_was_not_told_is_not_on_the_axis(state: CommunicationState) -> None:
    found = axis(happened(MINUTE), [told(HOUR, state=state)])
    assert [mark.group for mark in marks(found)] == ["event"]


def test_a_promise_that_was_taken_back_is_not_on_the_axis() -> None:
    found = axis(happened(MINUTE), promises=[promise(HOUR, PromiseState.WITHDRAWN)])
    assert [mark.group for mark in marks(found)] == ["event"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("axis")
    with desk_with(folder, somebody(), somebody("berlin", zone="Europe/Berlin")) as found:
        found.send("reported", "INC-1", title="Mouse", requester={"id": "li"})
        found.at("10:00").send("incident.declared", CRM, **DOWN)
        yield found.at("10:30")


def test_each_message_on_the_axis_is_a_link_and_stands_in_the_table_too(desk: Desk) -> None:
    """For those who see no plot, and for those who want to read on."""
    page = Seat(desk, "manager").get(f"/incidents/{CRM}").text
    assert "On the axis of time" in page
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    sent = desk.app.queries.communications(incident.id)
    shown = [c for c in sent if c.state is CommunicationState.RELEASED and c.audience in AUDIENCES]
    assert shown
    for c in shown:
        assert page.count(f'href="/communications/{c.id}"') >= 2


def test_an_ordinary_ticket_has_no_axis(desk: Desk) -> None:
    page = Seat(desk, "manager").get("/incidents/INC-1")
    assert page.status_code == 200
    assert "On the axis of time" not in page.text


@pytest.mark.parametrize(("person", "clock"), [("manager", "10:20"), ("berlin", "04:20")])
def test_the_axis_tells_the_times_of_the_visitors_zone(desk: Desk, person: str, clock: str) -> None:
    """Twenty past ten in Beijing is twenty past four in Berlin."""
    page = Seat(desk, person).get(f"/incidents/{CRM}").text
    plot = page[page.index("<svg") : page.index("</svg>")]
    assert f"· {clock}" in plot or f"· {clock.removeprefix('0')}" in plot
