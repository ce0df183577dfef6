"""The arithmetic of the bench: what it prints is what was measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bench.figures import Figure, percentile, shown
from evals.bench.waits import waits

MOMENTS = st.floats(min_value=0, max_value=1000)


@pytest.mark.parametrize(
    ("share", "value"),
    [(0, 15), (0.05, 15), (0.2, 15), (0.3, 20), (0.4, 20), (0.5, 35), (0.99, 50), (1, 50)],
)
def test_a_percentile_is_the_value_at_the_nearest_rank(share: float, value: float) -> None:
    assert percentile([50, 15, 40, 20, 35], share) == value


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (0.07, 7), (0.29, 29)])
def test_of_a_hundred_the_percentile_is_its_own_rank(share: float, value: int) -> None:
    """Whatever binary fractions make of the product: .07 of 100 is not a hair more than 7."""
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


@given(values=st.lists(MOMENTS, min_size=1), share=st.floats(min_value=0.01, max_value=1))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
    assert sum(value < found for value in values) < share * len(values) + 1e-6


def test_each_wait_is_from_its_own_start_to_its_own_arrival() -> None:
    """The second overtook the first: by order both would have taken a second."""
    starts = {"a": 10.0, "b": 11.0}
    arrivals = [("msg_b", 11.5), ("msg_a", 12.5)]
    assert waits(starts, arrivals, {"msg_a": "a", "msg_b": "b"}) == [2500, 500]


def test_the_first_of_several_messages_ends_the_wait() -> None:
    arrivals = [("msg_2", 3.0), ("msg_1", 2.0)]
    assert waits({"a": 1.0}, arrivals, {"msg_1": "a", "msg_2": "a"}) == [1000]


def test_a_message_of_something_else_is_not_measured() -> None:
    arrivals = [("msg_before", 0.5), ("msg_a", 2.0), ("unknown", 0.1)]
    assert waits({"a": 1.0}, arrivals, {"msg_before": "b", "msg_a": "a"}) == [1000]


def test_what_never_arrived_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="nothing arrived of b"):
        waits({"a": 1.0, "b": 1.0}, [("msg_a", 2.0)], {"msg_a": "a", "msg_b": "b"})


def test_what_comes_before_it_is_due_is_early() -> None:
    """A timer that fires too soon must not look punctual."""
    assert waits({"a": 2.0}, [("msg_a", 1.5)], {"msg_a": "a"}) == [-500]


@given(pairs=st.lists(st.tuples(MOMENTS, MOMENTS), min_size=1), order=st.randoms())
def test_the_order_of_arrivals_changes_no_wait(
    pairs: list[tuple[float, float]], order: object
) -> None:
    names = [str(n) for n in range(len(pairs))]
    starts = dict(zip(names, (start for start, _ in pairs), strict=True))
    arrivals = [(name, at) for name, (_, at) in zip(names, pairs, strict=True)]
    expected = waits(starts, arrivals, dict(zip(names, names, strict=True)))
    order.shuffle(arrivals)  # type: ignore[attr-defined]
    assert waits(starts, arrivals, dict(zip(names, names, strict=True))) == expected


def test_a_figure_of_several_runs_shows_its_middle_and_its_spread() -> None:
    figure = Figure(name="events", values=(30.0, 10.0, 20.0), unit="/s")
    assert (figure.middle, figure.spread) == (20, "10–30")
    assert Figure(name="events", values=(30.0,), unit="/s").spread == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.01234, "0.0123"), (9.876, "9.88"), (99.94, "99.9"), (12345.6, "12,346")],
)
def test_a_number_is_shown_with_three_digits_that_count(value: float, text: str) -> None:
    assert shown(value) == text
