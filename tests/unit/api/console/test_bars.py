"""A plot's bars are as high as their counts say."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from api.console.bars import HEIGHT, LEFT, MOST_LINES, TOP, WEEKS, WIDTH, bars_of, first_day

TODAY = date(2026, 8, 26)
"""A Wednesday."""
DAY = timedelta(days=1)


def test_days_of_a_week_are_one_bar() -> None:
    """From Monday to Sunday, the newest week last."""
    days = [(date(2026, 8, 24), (1, 0)), (date(2026, 8, 26), (2, 1)), (date(2026, 8, 23), (5, 0))]
    plot = bars_of(days, ("told", "solved"), TODAY)
    assert plot is not None
    assert [week.values for week in plot.weeks[-2:]] == [(5, 0), (3, 1)]
    assert plot.weeks[-1].begins == date(2026, 8, 24)
    assert [bar.value for bar in plot.weeks[-1].bars] == [3, 1]


def test_without_anything_there_is_no_plot() -> None:
    assert bars_of([], ("told",), TODAY) is None
    assert bars_of([(TODAY, (0,))], ("told",), TODAY) is None


def test_what_lies_before_the_first_week_makes_no_bar() -> None:
    before = first_day(TODAY) - DAY
    assert bars_of([(before, (9,))], ("told",), TODAY) is None


@given(
    st.lists(st.tuples(st.integers(0, 83), st.integers(0, 5000), st.integers(0, 50)), min_size=1)
)
def test_bars_stay_in_the_picture_and_their_heights_keep_the_order(
    days: list[tuple[int, int, int]],
) -> None:
    """Lines are few, at whole numbers, and reach the highest bar."""
    first = first_day(TODAY)
    plot = bars_of([(first + n * DAY, (a, b)) for n, a, b in days], ("told", "solved"), TODAY)
    if plot is None:
        assert all(a == b == 0 for _, a, b in days)
        return
    assert len(plot.weeks) == WEEKS
    assert sum(sum(week.values) for week in plot.weeks) == sum(a + b for _, a, b in days)
    bars = [bar for week in plot.weeks for bar in week.bars]
    for bar in bars:
        assert LEFT <= bar.x <= bar.x + bar.width <= WIDTH
        assert TOP <= bar.y <= bar.y + bar.height <= HEIGHT
    ranked = sorted(bars, key=lambda bar: bar.value)
    assert [bar.height for bar in ranked] == sorted(bar.height for bar in bars)
    values = [value for _, value in plot.lines]
    assert values[0] == 0
    assert len(values) <= MOST_LINES + 1
    assert values[-1] >= max(bar.value for bar in bars)
