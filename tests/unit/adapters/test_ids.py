"""Ids made later sort later, however fast they are made and whatever the clock does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.ids import CountedIds, TimeIds

START = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def test_ids_of_one_millisecond_sort_in_the_order_in_which_they_were_made() -> None:
    """What is due at the same moment leaves in the order in which it was decided."""
    ids = TimeIds(SimulatedClock(START))
    made = [ids.new("com") for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


@given(st.lists(st.integers(-5_000_000, 5_000_000), min_size=1, max_size=30))
def test_a_clock_that_jumps_does_not_turn_the_order_round(jumps: list[int]) -> None:
    """Forwards, and backwards as real ones are set."""
    clock = SimulatedClock(START)
    ids = TimeIds(clock)
    made = [ids.new("evt")]
    for jump in jumps:
        clock.advance(jump * MICROSECOND)
        made.append(ids.new("evt"))
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_of_two_processes_meet_in_no_millisecond() -> None:
    """They share the clock, and nothing else."""
    one, other = TimeIds(SimulatedClock(START)), TimeIds(SimulatedClock(START))
    made = [ids.new("inc") for ids in (one, other) for _ in range(1_000)]
    assert len(set(made)) == len(made)


def test_ids_made_by_many_threads_at_once_are_all_different() -> None:
    ids = TimeIds(SimulatedClock(START))
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ids.new("msg"), range(2_000)))
    assert len(set(made)) == len(made)


def test_an_id_names_its_kind_and_has_always_the_same_length() -> None:
    """Sorting as text needs it; no letter can be taken for a digit."""
    clock = SimulatedClock(START)
    ids = TimeIds(clock)
    first = ids.new("prm")
    clock.advance(timedelta(days=365 * 50))
    later = ids.new("prm")
    assert first.startswith("prm_")
    assert len(first) == len(later) == len("prm_") + 26
    assert first < later
    assert not set("ilou") & set(first.removeprefix("prm_"))


def test_a_run_that_is_repeated_counts_the_same_ids() -> None:
    """Law 13: samples and replays are equal to the byte."""
    once, again = CountedIds(), CountedIds()
    made = [once.new(kind) for kind in ("evt", "com", "evt")]
    assert made == [again.new(kind) for kind in ("evt", "com", "evt")]
    assert made == ["evt_00000001", "com_00000002", "evt_00000003"]
