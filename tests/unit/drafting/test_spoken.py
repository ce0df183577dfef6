"""How a moment is written for one reader."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.domain.directory import Language
from pipeline.drafting.spoken import at_clock, duration, promised_at, rounded_down, time_note

NOW = datetime.fromisoformat("2026-08-24T10:02:00+08:00")
BEIJING = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("moment", "zone", "language", "written"),
    [
        ("2026-08-24T17:00:00+08:00", BEIJING, "zh", "17:00"),
        ("2026-08-24T17:00:00+08:00", BEIJING, "en", "17:00"),
        ("2026-08-24T17:00:00+08:00", "Europe/London", "en", "10:00"),
        ("2026-08-25T09:05:00+08:00", BEIJING, "zh", "8 月 25 日（周二）09:05"),
        ("2026-08-25T09:05:00+08:00", BEIJING, "en", "Tue 25 Aug, 09:05"),
        ("2027-01-04T09:05:00+08:00", BEIJING, "zh", "2027 年 1 月 4 日（周一）09:05"),
        ("2027-01-04T09:05:00+08:00", BEIJING, "en", "Mon 4 Jan 2027, 09:05"),
        ("2026-08-25T00:00:00+08:00", BEIJING, "en", "Tue 25 Aug, 00:00"),
        ("2026-08-24T22:30:00+08:00", "America/New_York", "en", "Mon 24 Aug, 10:30"),
    ],
)
def test_the_day_is_named_when_it_is_another_one_in_the_readers_zone(
    moment: str, zone: str, language: Language, written: str
) -> None:
    assert at_clock(datetime.fromisoformat(moment), NOW, zone, language) == written


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("11:13:59", "11:10:00"),
        ("11:10:00", "11:10:00"),
        ("10:04:30", "10:04:00"),
        ("10:05:00", "10:05:00"),
    ],
)
def test_a_promise_is_rounded_down_to_five_minutes_but_never_into_the_past(
    moment: str, told: str
) -> None:
    said = rounded_down(datetime.fromisoformat(f"2026-08-24T{moment}+08:00"), NOW)
    assert said == datetime.fromisoformat(f"2026-08-24T{told}+08:00")


def test_a_promise_for_midnight_is_told_as_five_to() -> None:
    midnight = datetime.fromisoformat("2026-08-25T00:00:00+08:00")
    assert promised_at(midnight, NOW, BEIJING, "en") == "23:55"


@pytest.mark.parametrize(
    ("zone", "language", "note"),
    [
        (BEIJING, "zh", "以上时间为 8 月 24 日（周一），北京时间"),
        (BEIJING, "en", "Times are Monday 24 August, Beijing (UTC+8)"),
        ("Europe/London", "en", "Times are Monday 24 August, London (UTC+1)"),
        ("UTC", "en", "Times are Monday 24 August, UTC"),
        ("Asia/Kolkata", "en", "Times are Monday 24 August, Kolkata (UTC+5:30)"),
    ],
)
def test_day_and_zone_are_named_once(zone: str, language: Language, note: str) -> None:
    assert time_note(NOW, zone, language) == note


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(4500, "1 小时 15 分", "1 h 15 min"), (60, "1 分", "1 min"), (59, "不到 1 分", "under 1 min"), (180_000, "2 天 2 小时", "2 d 2 h")],
)  # fmt: skip
def test_durations_are_written_in_whole_minutes(seconds: int, zh: str, en: str) -> None:
    assert (duration(seconds, "zh"), duration(seconds, "en")) == (zh, en)
