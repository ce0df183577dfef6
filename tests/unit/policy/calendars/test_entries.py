"""A calendar that makes no sense is refused, and the sentence says what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from .written import calendar


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"zone": "Mars/Olympus"}, "is not a time zone"),
        ({"hours": "weekdays"}, 'is "always", or weekdays'),
        ({"hours": {"monday": ["09:00-18:00"]}}, "monday is not a weekday"),
        ({"hours": {"fri-mon": ["09:00-18:00"]}}, "fri-mon runs backwards"),
        ({"hours": {"mon-fri": ["09:00-18:00"], "wed": ["10:00-12:00"]}}, "wed has hours twice"),
        ({"hours": {"mon": ["09:00-12:00", "11:00-18:00"]}}, "09:00-12:00 and 11:00-18:00 overlap"),
        ({"hours": {"mon": ["22:00-06:00"]}}, "a night is two entries"),
        ({"hours": {"mon": ["09:00-09:00"]}}, "ends before it begins"),
        ({"hours": {"mon": ["09:00-24:30"]}}, "names a time that no clock shows"),
        ({"hours": {"mon": ["09:60-12:00"]}}, "names a time that no clock shows"),
        ({"hours": {"mon": ["9-18"]}}, "hours are written like"),
        ({"hours": {"mon": "09:00-18:00"}}, "is a list such as"),
        ({"hours": {"mon": ["09:00-10:00"]}}, "less than five hours"),
        ({"hours": {"mon-fri": "closed"}}, "less than five hours"),
        ({"holidays": "China"}, "is not a country"),
        ({"holidays": "XX"}, "XX is not a country"),
        ({"holidays": "GB/MOON"}, "GB/MOON is not a country"),
        ({"moved_days": ["09:00-18:00"]}, "moved_days are a country's"),
        ({"days": [{"from": "2026-10-01"}, {"from": "2026-10-01"}]}, "2026-10-01 stands in two"),
        (
            {"days": [{"from": "2026-10-01", "to": "2026-10-07"}, {"from": "2026-10-05"}]},
            "2026-10-05 stands in two entries",
        ),
        ({"days": [{"from": "2026-10-07", "to": "2026-10-01"}]}, "is before 2026-10-07"),
        ({"days": [{"from": "2026-02-30"}]}, "day value is outside expected range"),
        ({"days": [{"from": "2026-01-01", "to": "2028-01-01"}]}, "is longer than 366 days"),
        ({"days": [{"on": "2026-01-01"}]}, "Extra inputs"),
        (
            {"days": [{"from": f"{2020 + n}-01-01", "to": f"{2020 + n}-12-31"} for n in range(4)]},
            "names more than 1000 days",
        ),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        calendar(**more)
    assert sentence in str(refused.value)


def test_hours_that_touch_are_one() -> None:
    office = calendar(hours={"mon": ["12:00-18:00", "09:00-12:00"]})
    assert office.week[0] == ((540, 1080),)
    assert office.week[1] == ()
