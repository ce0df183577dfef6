"""How a moment is written for one reader."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.directory import Language
from pipeline.drafting.spoken import at_clock, delay, duration, promised, rounded_down, time_note
from tests.unit.domain.builders import instants

NOW = datetime.fromisoformat("2026-08-24T10:02:00+08:00")
BEIJING = "Asia/Shanghai"


def told_promise(moment: datetime, now: datetime, language: Language) -> str:
    return at_clock(promised(moment, now, BEIJING), now, BEIJING, language)


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
        ("2026-08-24T00:00:00+08:00", BEIJING, "zh", "8 月 24 日（周一）00:00"),
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
    assert told_promise(midnight, NOW, "en") == "23:55"


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
    [(4500, "1 小时 15 分", "1 h 15 min"), (60, "1 分钟", "1 min"), (59, "不到 1 分钟", "under 1 min"), (180_000, "2 天 2 小时", "2 d 2 h")],
)  # fmt: skip
def test_durations_are_written_in_whole_minutes(seconds: int, zh: str, en: str) -> None:
    assert (duration(seconds, "zh"), duration(seconds, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(90, "90 秒", "90 s"), (0.5, "0.5 秒", "0.5 s"), (5400, "1 小时 30 分", "1 h 30 min")],
)
def test_what_a_rule_waits_is_written_to_the_second(seconds: float, zh: str, en: str) -> None:
    after = timedelta(seconds=seconds)
    assert (delay(after, "zh"), delay(after, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("moment", "language", "told"),
    [
        ("2026-08-25T00:00:00+08:00", "zh", "23:55"),
        ("2026-08-25T00:00:30+08:00", "en", "23:55"),
        ("2026-08-26T00:00:00+08:00", "zh", "8 月 25 日（周二）23:55"),
        ("2026-08-24T08:00:00+08:00", "en", "08:00"),
    ],
)
def test_midnight_is_the_readers_own_not_that_of_greenwich(
    moment: str, language: Language, told: str
) -> None:
    """Midnight in Beijing is an afternoon in UTC, and eight in the morning is UTC's midnight."""
    assert told_promise(datetime.fromisoformat(moment), NOW, language) == told


def test_a_promise_for_the_next_minutes_is_not_told_as_past() -> None:
    """At two minutes to midnight, 23:55 is over: the day is named instead."""
    late = datetime.fromisoformat("2026-08-24T23:58:00+08:00")
    midnight = datetime.fromisoformat("2026-08-25T00:00:00+08:00")
    assert at_clock(promised(midnight, late, BEIJING), late, BEIJING, "en") == "Tue 25 Aug, 00:00"


@given(instants, st.integers(1, 5000))
def test_a_promise_is_never_rounded_up(now: datetime, seconds: int) -> None:
    """Nor down by five minutes or more, nor into the past by more than its own seconds."""
    moment = now + timedelta(seconds=seconds)
    told = rounded_down(moment, now)
    assert timedelta() <= moment - told < timedelta(minutes=5)
    assert told.second == told.microsecond == 0
    assert told > now or told == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("now", "moment", "told", "note"),
    [
        ("2026-01-12T10:00Z", "2026-01-12T15:00Z", "15:00", "Monday 12 January, London (UTC+0)"),
        ("2026-03-28T20:00Z", "2026-03-29T08:00Z", "Sun 29 Mar, 09:00", "28 March, London (UTC+0)"),
        ("2026-03-29T08:00Z", "2026-03-29T15:00Z", "16:00", "29 March, London (UTC+1)"),
        (
            "2026-10-24T20:00Z",
            "2026-10-25T09:00Z",
            "Sun 25 Oct, 09:00",
            "24 October, London (UTC+1",
        ),
        ("2026-10-25T00:10Z", "2026-10-25T01:30Z", "01:30", "25 October, London (UTC+1)"),
    ],
)
def test_summer_time_begins_and_ends_on_the_readers_clock(
    now: str, moment: str, told: str, note: str
) -> None:
    """The time told is what her clock will show then; the note names the offset of the message."""
    at, when = datetime.fromisoformat(now), datetime.fromisoformat(moment)
    assert at_clock(when, at, "Europe/London", "en") == told
    assert note in time_note(at, "Europe/London", "en")


@given(instants, instants, st.sampled_from(["zh", "en"]))
def test_what_is_told_names_one_minute_of_the_readers_calendar(
    moment: datetime, now: datetime, language: Language
) -> None:
    """The clock is hers; a day is left out only when it is the message's, a year when it is this one."""
    told = at_clock(moment, now, "America/New_York", language)
    here, today = (one.astimezone(ZoneInfo("America/New_York")) for one in (moment, now))
    assert told.endswith(f"{here:%H:%M}")
    assert (len(told) == 5) == (here.date() == today.date() and f"{here:%H:%M}" != "00:00")
    assert len(told) == 5 or (str(here.year) in told) == (here.year != today.year)


@given(st.integers(-(10**6), 10**7), st.sampled_from(["zh", "en"]))
def test_a_duration_is_the_sum_of_its_parts(seconds: int, language: Language) -> None:
    """To the minute below, in at most three parts, and none of them zero."""
    worth = {"天": 1440, "小时": 60, "分": 1, "分钟": 1, "d": 1440, "h": 60, "min": 1}
    told = duration(seconds, language)
    if seconds < 60:
        assert told in ("不到 1 分钟", "under 1 min")
        return
    words = told.split()
    parts = [int(n) * worth[unit] for n, unit in zip(words[::2], words[1::2], strict=True)]
    assert sum(parts) == seconds // 60
    assert 0 not in parts
