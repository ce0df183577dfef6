"""The next update comes so many minutes after the last one, by severity and phase, and never late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.incident import Incident
from pipeline.domain.lattices import Phase
from pipeline.domain.major_events import (
    Declared,
    PhaseChanged,
    Relapsed,
    Restored,
    SeverityChanged,
    Withdrawn,
)
from pipeline.domain.payload import Payload
from pipeline.drafting.spoken import at_clock
from pipeline.policy.cadence import LEAD, STAGGER, leaves_at, next_update, warns_at
from pipeline.policy.loading import SHIPPED, load_pack, read_rules
from tests.unit.tickets import MINUTE, START, fold_all, reported, stream

CADENCE = load_pack(read_rules(SHIPPED)).cadence
LONG_AGO = START - timedelta(days=1)
waits = st.integers(min_value=1, max_value=86_400).map(lambda n: timedelta(seconds=n))


def declared(severity: str = "P1", *later: Payload) -> Incident:
    first = Declared.model_validate({"severity": severity})
    return fold_all(stream(first, *later))


def reached(phase: str) -> Payload:
    return PhaseChanged.model_validate({"phase": phase})


@pytest.mark.parametrize(
    ("severity", "minutes"),
    [("P1", (20, 20, 20, 40)), ("P2", (30, 30, 30, 60)), ("P3", (120, 120, 120, 240))],
)
def test_each_severity_has_its_minutes_in_each_phase(
    severity: str, minutes: tuple[int, ...]
) -> None:
    """The table that is shipped, measured from the last update."""
    phases = [phase for phase in Phase if phase is not Phase.RESOLVED]
    for phase, wait in zip(phases, minutes, strict=True):
        told = next_update(CADENCE, declared(severity, reached(phase.value)), START, START)
        assert told == START + wait * MINUTE, phase


def test_it_is_measured_from_the_last_update_and_not_from_now() -> None:
    """What leaves late does not push all later updates back."""
    incident = declared()
    assert next_update(CADENCE, incident, START, START + 7 * MINUTE) == START + 20 * MINUTE


def test_a_change_of_severity_or_phase_counts_from_then_on() -> None:
    graver = declared("P3", SeverityChanged(severity="P1"))
    calmer = declared("P1", reached("monitoring"))
    assert next_update(CADENCE, graver, START, START) == START + 20 * MINUTE
    assert next_update(CADENCE, calmer, START, START) == START + 40 * MINUTE


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START + 18 * MINUTE, START + 20 * MINUTE),
        (START + 19 * MINUTE, START + 39 * MINUTE),
        (START + 20 * MINUTE, START + 40 * MINUTE),
        (START + 90 * MINUTE, START + 110 * MINUTE),
    ],
)
def test_what_is_promised_lies_far_enough_ahead(now: datetime, expected: datetime) -> None:
    """A clock that ran out, or is about to, is set anew."""
    assert next_update(CADENCE, declared(), START, now) == expected


def test_nobody_is_promised_news_that_nobody_waits_for() -> None:
    """Not of a ticket, not when it is over or taken back, not where the rules name no minutes."""
    silent = [
        fold_all(stream(reported())),
        declared("P1", Restored()),
        declared("P1", Withdrawn()),
        declared("P4"),
    ]
    assert [next_update(CADENCE, one, START, START) for one in silent] == [None] * 4
    assert next_update({}, declared(), START, START) is None


def test_after_a_relapse_somebody_waits_again() -> None:
    again = declared("P1", Restored(), Relapsed())
    assert next_update(CADENCE, again, START, START) == START + 20 * MINUTE


@given(st.integers(0, 10_000), st.sampled_from(["P1", "P2", "P3"]))
def test_a_promised_time_is_never_past_nor_further_than_one_wait(ago: int, severity: str) -> None:
    """However long ago the last one was."""
    now = LONG_AGO + ago * MINUTE
    ahead = next_update(CADENCE, declared(severity), LONG_AGO, now)
    wait = CADENCE[severity][Phase.INVESTIGATING]
    assert ahead is not None
    assert LEAD < ahead - now <= wait


@given(waits, st.text(min_size=1, max_size=20))
def test_an_update_leaves_a_little_early_and_never_at_once(wait: timedelta, name: str) -> None:
    """At least a minute, however many leave with it; a short wait is not used up by it."""
    early = START + wait - leaves_at(START + wait, START, name)
    assert min(LEAD, wait / 2) <= early <= min(LEAD + STAGGER, wait / 2 + timedelta(microseconds=1))
    assert early < wait


def test_updates_promised_for_one_minute_do_not_all_leave_at_once() -> None:
    """Each incident has a moment of its own, the same each time (law 13)."""
    promised = START + 20 * MINUTE
    once = [leaves_at(promised, START, f"inc_{n}") for n in range(100)]
    again = [leaves_at(promised, START, f"inc_{n}") for n in range(100)]
    assert once == again
    assert len(set(once)) > 90
    assert max(once) - min(once) > STAGGER / 2


@pytest.mark.parametrize(("minutes", "warned"), [(20, 16), (30, 24), (120, 96)])
def test_whoever_is_in_charge_is_reminded_after_four_fifths(minutes: int, warned: int) -> None:
    assert warns_at(START + minutes * MINUTE, START) == START + warned * MINUTE


@pytest.mark.parametrize(
    ("last", "then", "clock"),
    [
        ("2026-03-29T00:50:00+00:00", "00:50", "02:10"),
        ("2026-10-25T00:50:00+00:00", "01:50", "01:10"),
    ],
    ids=["an-hour-is-skipped", "an-hour-comes-twice"],
)
def test_when_clocks_change_the_wait_is_still_real_minutes(
    last: str, then: str, clock: str
) -> None:
    """Readers are told the clock time of their place, before and after."""
    since = datetime.fromisoformat(last).astimezone(UTC)
    ahead = next_update(CADENCE, declared(), since, since)
    assert ahead is not None
    assert ahead - since == 20 * MINUTE
    assert at_clock(since, since, "Europe/London", "en") == then
    assert at_clock(ahead, since, "Europe/London", "en") == clock
