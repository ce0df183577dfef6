"""Whatever happens to a ticket, in whatever order: each stage is told at most once in a round, never while
its clock stands still, never after the end, and never late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.communication import Communication, CommunicationState, Kind
from pipeline.domain.errors import IncidentClosed
from pipeline.domain.folding import fold
from pipeline.domain.lattices import TicketState
from pipeline.domain.service_clock import ServiceClock

from .desk import MINUTE, Desk, opened
from .test_service_levels import RULES, directory

STEPS = st.one_of(
    st.tuples(st.just("state_changed"), st.sampled_from([{"state": "in_progress"}, *({"state": "waiting", "waiting_for": why} for why in ("requester", "other", "approval"))])),
    st.tuples(st.just("priority_changed"), st.sampled_from([{"priority": p} for p in ("P1", "P3", "P4")])),
    st.tuples(st.just("assigned"), st.just({"assignee": {"id": "chen"}, "group": "exchange"})),
    st.tuples(st.just("noted"), st.just({"text": "a word", "visibility": "requester"})),
    st.tuples(st.just("resolved"), st.just({"fix_summary": "Done"})),
    st.tuples(st.just("reopened"), st.just({})),
    st.tuples(st.just("closed"), st.just({"silent": True})),
)  # fmt: skip
HISTORIES = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 90), STEPS), min_size=2, max_size=7
)
"""Minutes until the next step, how late it is recorded, and what it is."""


NUMBERS = count(1)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all examples: each has a ticket of its own."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "rules").mkdir()
    (folder / "rules" / "house.yaml").write_text(RULES, encoding="utf-8")
    with opened(folder / "data", rules_dir=folder / "rules") as found:
        found.app.acts.load_directory(directory())
        yield found


def incident_of(desk: Desk, number: str) -> str:
    found = desk.app.queries.incident(number)
    assert found is not None
    return found.id


def play(
    desk: Desk, number: str, history: list[tuple[int, int, tuple[str, dict[str, Any]]]]
) -> None:
    desk.report(number, priority="P1", group="exchange")
    desk.settle()
    for minutes, late, (type_, data) in history:
        desk.wait(minutes)
        raw = desk.event(type_, number, **data)
        raw["time"] = (desk.clock.now() - late * MINUTE).isoformat()
        try:
            desk.accept(raw)
        except IncidentClosed:
            continue
        desk.settle()
    desk.wait(60 * 40)


def stopped_at(desk: Desk, incident: str, moment: datetime) -> bool:
    """Whether the newest event before this moment left the ticket done, or waiting for somebody else."""
    ticket = None
    for event in desk.app.queries.stream(incident):
        if event.recorded_at > moment:
            break
        ticket = fold(ticket, event)
    assert ticket is not None
    waiting = ticket.waiting_for.value if ticket.waiting_for else "other"
    on_hold = ticket.state.value is TicketState.WAITING and waiting in ("requester", "other")
    return on_hold or ticket.state.value.is_over


def told(desk: Desk, incident: str) -> list[Communication]:
    return [
        c
        for c in desk.app.queries.communications(incident)
        if c.kind is Kind.SERVICE_LEVEL_WARNING and c.state is CommunicationState.RELEASED
    ]


def clocks(desk: Desk, incident: str) -> dict[str, ServiceClock]:
    return {clock.id: clock for clock in desk.app.clocks.of_incident(incident)}


@settings(max_examples=8, deadline=None)
@given(history=HISTORIES)
def test_whatever_happens_warnings_keep_their_laws(
    here: Desk, history: list[tuple[int, int, tuple[str, dict[str, Any]]]]
) -> None:
    number = f"H-{next(NUMBERS)}"
    play(here, number, history)
    incident = incident_of(here, number)
    warnings, known = told(here, incident), clocks(here, incident)
    times = Counter((c.clock, c.stage, c.audience) for c in warnings)
    assert all(n == 1 for n in times.values()), times
    for warning in warnings:
        clock = known[warning.clock or ""]
        assert warning.stage in clock.told
        assert not stopped_at(here, incident, warning.created_at), warning
    # Every stage that has passed on a running clock was told.
    now = here.clock.now()
    assert all(clock.look_at is None or clock.look_at > now for clock in known.values())


@settings(max_examples=5, deadline=None)
@given(rest=st.integers(1, 600), pauses=st.lists(st.integers(1, 500), max_size=3))
def test_a_clock_counts_the_time_that_it_ran(here: Desk, rest: int, pauses: list[int]) -> None:
    """Whatever pauses lie between, two hours of work are two hours."""
    number = f"H-{next(NUMBERS)}"
    here.report(number, priority="P1", group="exchange")
    here.send("assigned", number, assignee={"id": "chen"})
    for pause in pauses:
        here.wait(20)
        here.send("state_changed", number, state="waiting", waiting_for="requester")
        here.wait(pause)
        here.send("state_changed", number, state="in_progress")
    here.wait(rest)
    left = timedelta(hours=2) - timedelta(minutes=20 * len(pauses) + rest)
    going = clocks(here, incident_of(here, number)).values()
    [deadline] = [c.deadline for c in going if c.what == "resolution"]
    assert deadline is not None
    assert deadline - here.clock.now() == left
