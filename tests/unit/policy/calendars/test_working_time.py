"""Working time can be counted on: by laws for any calendar, and by the days that people know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.policy.calendars import (
    Calendar,
    NoWorkingTime,
    add_working_time,
    reached,
    working_time_between,
)

from .written import calendar

ZONES = {
    "zone": st.sampled_from(
        [
            *("Asia/Shanghai", "Europe/London", "America/New_York", "Australia/Lord_Howe"),
            *("America/Havana", "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu"),
        ]
    )
}
WEEKS = st.sampled_from(
    [
        {"mon-fri": ["09:00-12:00", "13:30-18:00"]},
        {"mon-sun": ["00:00-06:00", "22:00-24:00"]},
        {"mon, wed, fri": ["01:30-03:30"], "sun": ["00:30-02:30"]},
        {"mon-sun": "all day"},
        "always",
    ]
)
COUNTRIES = st.sampled_from([None, "CN", "GB/ENG", "DE/BY"])
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=365 * 18)).map(lambda passed: FIRST + passed)
AMOUNTS = st.timedeltas(timedelta(), timedelta(hours=60))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    country = draw(COUNTRIES)
    days = draw(st.sets(st.integers(0, 27), max_size=4))
    own = [{"from": f"2026-03-{n + 1:02}", "hours": draw(st.sampled_from(["closed", "all day"]))} for n in days]  # fmt: skip
    more = {"holidays": country} if country else {}
    return calendar(zone=draw(ZONES["zone"]), hours=draw(WEEKS), days=own, **more)


@settings(deadline=None, max_examples=150)
@given(calendars(), MOMENTS, AMOUNTS)
def test_what_was_added_is_what_lies_between(
    office: Calendar, begin: datetime, amount: timedelta
) -> None:
    """Across holidays, moved days and changes of the clock, to the microsecond."""
    end = add_working_time(office, begin, amount)
    assert end >= begin
    assert working_time_between(office, begin, end) == amount


@settings(deadline=None, max_examples=150)
@given(calendars(), MOMENTS, AMOUNTS, AMOUNTS)
def test_more_work_is_never_done_sooner(
    office: Calendar, begin: datetime, one: timedelta, more: timedelta
) -> None:
    """And two parts one after the other are the whole."""
    first = add_working_time(office, begin, one)
    both = add_working_time(office, begin, one + more)
    assert first <= both
    assert add_working_time(office, first, more) == both


@settings(deadline=None, max_examples=150)
@given(calendars(), MOMENTS, st.timedeltas(timedelta(), timedelta(days=9)), AMOUNTS)
def test_whoever_begins_later_is_done_no_sooner(
    office: Calendar, begin: datetime, later: timedelta, amount: timedelta
) -> None:
    after = add_working_time(office, begin + later, amount)
    assert add_working_time(office, begin, amount) <= after


@settings(deadline=None, max_examples=150)
@given(calendars(), st.lists(MOMENTS, min_size=3, max_size=3))
def test_a_stretch_is_the_sum_of_its_parts_and_no_longer_than_it_is(
    office: Calendar, moments: list[datetime]
) -> None:
    a, b, c = sorted(moments)
    b, c = min(b, a + timedelta(days=20)), min(c, a + timedelta(days=40))
    whole = working_time_between(office, a, c)
    assert working_time_between(office, a, b) + working_time_between(office, b, c) == whole
    assert timedelta() <= whole <= c - a
    assert working_time_between(office, c, a) == timedelta()


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("begin", "hours", "end"),
    [
        # A deadline falls on the end of a day rather than on the beginning of the next.
        ("2026-08-24T10:00", 6.5, "2026-08-24T18:00"),
        ("2026-08-24T11:30", 1, "2026-08-24T14:00"),
        ("2026-08-21T17:30", 1, "2026-08-24T09:30"),
        ("2026-08-22T03:00", 0.5, "2026-08-24T09:30"),
        # The National Day of 2026 is closed until the seventh; the tenth, a Saturday, is worked.
        ("2026-09-30T17:00", 2, "2026-10-08T10:00"),
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),
        ("2026-10-10T17:00", 2, "2026-10-12T10:00"),
        # Spring Festival: the Saturday before it is worked, and the one after.
        ("2026-02-13T17:00", 2, "2026-02-14T10:00"),
        ("2026-02-14T17:30", 1, "2026-02-24T09:30"),
        ("2026-02-27T17:30", 1, "2026-02-28T09:30"),
    ],
)
def test_the_days_of_china_are_as_announced(begin: str, hours: float, end: str) -> None:
    office = calendar(holidays="CN")
    assert add_working_time(office, at(begin), timedelta(hours=hours)) == at(end)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        # London: on 29 March 2026 one o'clock is two, on 25 October two is one again.
        ("2026-03-28", 8),
        ("2026-03-29", 7),
        ("2026-03-30", 8),
        ("2026-10-25", 8),
    ],
)
def test_a_night_shift_has_the_hours_that_its_clock_shows(day: str, hours: int) -> None:
    """The hour that spring swallows is not worked; of one that comes twice the later end is counted once."""
    night = calendar(zone="Europe/London", hours={"mon-sun": ["00:00-08:00"]})
    begin = at(f"{day}T00:00", "Europe/London")
    between = working_time_between(night, begin, begin + timedelta(hours=12))
    assert between == timedelta(hours=hours + (day == "2026-10-25"))


def test_hours_that_begin_in_the_hour_that_spring_swallows_begin_at_the_change() -> None:
    early = calendar(zone="Europe/London", hours={"mon-sun": ["01:30-05:00"]})
    begin = at("2026-03-29T00:00", "Europe/London")
    between = working_time_between(early, begin, begin + timedelta(hours=10))
    assert between == timedelta(hours=3)


def test_own_days_go_before_the_countrys() -> None:
    """The administrator knows better what the house does."""
    own = [{"from": "2026-10-01", "to": "2026-10-02", "hours": ["09:00-10:00"]}, {"from": "2026-10-10"}]  # fmt: skip
    office = calendar(holidays="CN", days=own)
    assert add_working_time(office, at("2026-09-30T17:00"), timedelta(hours=3)) == at(
        "2026-10-02T10:00"
    )
    assert working_time_between(office, at("2026-10-10T00:00"), at("2026-10-11T00:00")) == timedelta()  # fmt: skip


def test_moved_days_may_have_hours_of_their_own() -> None:
    office = calendar(holidays="CN", moved_days=["10:00-12:00"])
    assert add_working_time(office, at("2026-10-10T00:00"), timedelta(hours=3)) == at(
        "2026-10-12T10:00"
    )


def test_a_calendar_that_stays_closed_says_so_rather_than_look_for_ever() -> None:
    never = Calendar(id="never", name=None, zone="UTC", week=((),) * 7)
    with pytest.raises(NoWorkingTime):
        add_working_time(never, at("2026-08-24T10:00"), timedelta(hours=1))


@settings(deadline=None, max_examples=100)
@given(calendars(), st.lists(MOMENTS, min_size=2, max_size=6), AMOUNTS)
def test_time_that_stood_still_is_not_counted(
    office: Calendar, moments: list[datetime], amount: timedelta
) -> None:
    """Reached within a stretch, or not yet: what ran before it says which."""
    first = min(moments)
    edges = sorted(min(m, first + timedelta(days=30)) for m in moments)
    ran = list(zip(edges[::2], edges[1::2], strict=False))
    total = sum((working_time_between(office, a, b) for a, b in ran), timedelta())
    found = reached(office, ran, None, amount)
    assert (found is not None) == (total >= amount)
    if found is not None:
        passed = sum((working_time_between(office, a, min(b, found)) for a, b in ran if a < found), timedelta())  # fmt: skip
        assert passed == amount
