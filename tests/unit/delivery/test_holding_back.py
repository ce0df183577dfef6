"""Quiet hours, digest and limit put a message off to a known time, and nothing that must be told at once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.holding_back import quiet_until, wait_for
from pipeline.domain.communication import Communication, Lane
from pipeline.domain.directory import Person, Quiet
from tests.contract.stores import communication

NIGHT = Quiet(since=time(22), until=time(7))
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def told(**changed: object) -> Communication:
    return communication(**changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-08-24T21:59:59+08:00", None),
        ("2026-08-24T22:00:00+08:00", "2026-08-25T07:00:00+08:00"),
        ("2026-08-25T00:30:00+08:00", "2026-08-25T07:00:00+08:00"),
        ("2026-08-25T06:59:59+08:00", "2026-08-25T07:00:00+08:00"),
        ("2026-08-25T07:00:00+08:00", None),
    ],
)
def test_a_night_ends_in_the_morning_of_its_readers_zone(now: str, until: str | None) -> None:
    person = Person(id="wang", name="Wang", zone="Asia/Shanghai", quiet=NIGHT)
    assert quiet_until(person, at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # Put forward at two: that night is an hour shorter. Put back at three: an hour longer.
        ("2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"),
        ("2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"),
    ],
)
def test_a_night_in_which_the_clock_is_changed_ends_by_the_clock(now: str, until: str) -> None:
    person = Person(id="b", name="B", zone="Europe/Berlin", quiet=NIGHT)
    assert quiet_until(person, at(now)) == at(until)


def test_an_end_that_the_spring_leaves_out_comes_that_much_later() -> None:
    """There is no half past two on that day."""
    quiet = Quiet(since=time(22), until=time(2, 30))
    person = Person(id="b", name="B", zone="Europe/Berlin", quiet=quiet)
    assert quiet_until(person, at("2026-03-29T01:00:00+01:00")) == at("2026-03-29T03:30:00+02:00")


def test_what_may_wait_comes_with_the_digest_and_the_rest_at_once() -> None:
    person = Person(id="wang", name="Wang", zone="Asia/Shanghai", digest_at=time(8, 30))
    now = at("2026-08-24T10:00:00+08:00")
    assert wait_for(person, told(lane=Lane.ROUTINE), now) is None
    wait = wait_for(person, told(lane=Lane.BULK), now)
    assert wait is not None
    assert (wait.until, wait.reason.code) == (at("2026-08-25T08:30:00+08:00"), "digest")


def test_more_than_the_limit_waits_until_it_is_within_it() -> None:
    person = Person(id="wang", name="Wang")
    now = at("2026-08-24T10:00:00+00:00")
    recent = [now - timedelta(minutes=m) for m in (9, 5, 1)]
    most = (3, timedelta(minutes=10))
    wait = wait_for(person, told(), now, recent=recent, most=most)
    assert wait is not None
    assert (wait.until, wait.reason.code) == (now + timedelta(minutes=1), "paced")
    assert wait_for(person, told(must=True), now, recent=recent, most=most) is None
    assert wait_for(person, told(), now, recent=recent[:2], most=most) is None


clocks = st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    now=moments,
    zone=st.sampled_from(ZONES),
    hours=st.lists(clocks, min_size=2, max_size=2, unique=True),
    digest_at=st.none() | clocks,
    lane=st.sampled_from(Lane),
    sent=st.lists(st.integers(0, 30), max_size=8),
)
def test_a_wait_always_ends_soon_and_outside_the_quiet_hours(
    now: datetime,
    zone: str,
    hours: list[time],
    digest_at: time | None,
    lane: Lane,
    sent: list[int],
) -> None:
    """In every zone, over every change of the clock; and what must be told at once never waits."""
    quiet = Quiet(since=hours[0], until=hours[1])
    person = Person(id="p", name="P", zone=zone, quiet=quiet, digest_at=digest_at)
    recent = [now - timedelta(minutes=m) for m in sent]
    most = (4, timedelta(minutes=15))
    assert wait_for(person, told(lane=lane, must=True), now, recent=recent, most=most) is None
    wait = wait_for(person, told(lane=lane), now, recent=recent, most=most)
    if wait is None:
        assert quiet_until(person, now) is None
        return
    assert now < wait.until <= now + 50 * HOUR
    shown = wait.until.astimezone(ZoneInfo(zone))
    changed = abs(shown.utcoffset() - now.astimezone(ZoneInfo(zone)).utcoffset()) > timedelta()  # type: ignore[operator]
    assert quiet_until(person, wait.until) is None or changed
