"""A day is said with its year where it could be taken for another one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipeline.drafting.spoken import day_words

NOW = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "en", "zh"),
    [
        (date(2026, 1, 1), "1 Jan 2026", "2026 年 1 月 1 日"),
        (date(2026, 8, 24), "24 Aug", "8 月 24 日"),
        (date(2026, 12, 31), "31 Dec", "12 月 31 日"),
        (date(2027, 1, 1), "1 Jan 2027", "2027 年 1 月 1 日"),
    ],
)
def test_a_day_until_which_something_holds_is_not_taken_for_the_next_of_its_name(
    day: date, en: str, zh: str
) -> None:
    assert day_words(day, NOW, "en", ahead=True) == en
    assert day_words(day, NOW, "zh", ahead=True) == zh


def test_a_day_of_this_year_in_a_list_of_past_days_needs_none() -> None:
    assert day_words(date(2026, 1, 1), NOW, "en") == "1 Jan"
