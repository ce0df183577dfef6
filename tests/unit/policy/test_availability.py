"""How much of the time did a service work? Only what was announced and recorded counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import Kind
from pipeline.domain.events import Event, parse_payload
from pipeline.policy.availability import (
    DAYS,
    Announced,
    Level,
    Spell,
    availability,
    level_of,
    spells_of,
    standing_of,
)

NOW = datetime(2026, 8, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ago(hours: float) -> datetime:
    return NOW - hours * HOUR


def said(*entries: tuple[Kind, float]) -> list[Announced]:
    return [Announced(kind=kind, at=ago(hours)) for kind, hours in entries]


def turn(name: str, hours: float, **data: object) -> Event:
    type_ = f"heliograph.incident.{name}.v1"
    return Event(
        id=f"evt_{name}_{hours}",
        source="desk",
        source_id=f"{name}-{hours}",
        type=type_,
        incident_id="inc_1",
        number="INC-1",
        version=1,
        occurred_at=ago(hours),
        recorded_at=ago(hours),
        data=parse_payload(type_, dict(data)),
    )


def declared(hours: float, started: float | None = None) -> Event:
    more = {} if started is None else {"started_at": ago(started).isoformat()}
    return turn("declared", hours, severity="P1", **more)


def restored(hours: float, at: float | None = None) -> Event:
    return turn("restored", hours, **({} if at is None else {"restored_at": ago(at).isoformat()}))


FIRST, UPDATE, BACK, AGAIN = Kind.FIRST_CONTACT, Kind.UPDATE, Kind.RECOVERY, Kind.RELAPSE


@pytest.mark.parametrize(
    ("entries", "turns", "expected"),
    [
        # From its recorded start to its recorded restoration, not from text to text.
        ([(FIRST, 9), (UPDATE, 8), (BACK, 5)], [declared(9, 10), restored(5, 6)], [(10, 6)]),
        # Nothing but announcements: those count.
        ([(FIRST, 9), (BACK, 5)], [declared(9), restored(5)], [(9, 5)]),
        # Restored on record, and not told yet: the page still calls it open.
        ([(FIRST, 9)], [declared(9, 10), restored(5)], [(10, None)]),
        # A relapse is a failure of its own.
        (
            [(FIRST, 9), (BACK, 7), (AGAIN, 5), (BACK, 3)],
            [declared(9, 9), restored(7), turn("relapsed", 6), restored(3, 4)],
            [(9, 7), (6, 4)],
        ),
        # One that nobody was told of yet does not count.
        ([(FIRST, 9), (BACK, 7)], [declared(9, 9), restored(7), turn("relapsed", 6)], [(9, 7)]),
        # A recovery stands on the page alone, for what began before the page was there.
        ([(UPDATE, 4), (BACK, 3)], [], [(4, 3)]),
        ([(FIRST, 9), (Kind.WITHDRAWAL, 8)], [declared(9, 10)], []),
        ([], [declared(9)], []),
    ],
)
def test_a_failure_lasts_as_it_was_recorded_and_announced(
    entries: list[tuple[Kind, float]],
    turns: list[Event],
    expected: list[tuple[float, float | None]],
) -> None:
    """Whatever the public was not told of is not counted either."""
    found = spells_of(said(*entries), turns, Level.OUTAGE)
    assert [(s.since, s.until) for s in found] == [
        (ago(a), None if b is None else ago(b)) for a, b in expected
    ]


@pytest.mark.parametrize(
    ("impact", "level"),
    [
        ("impact.unavailable", Level.OUTAGE),
        ("impact.degraded", Level.DEGRADED),
        ("impact.partial", Level.DEGRADED),
        (None, Level.PROBLEM),
    ],
)
def test_only_a_full_outage_is_called_one(impact: str | None, level: Level) -> None:
    assert level_of(impact) is level


@pytest.mark.parametrize(
    ("last", "standing"),
    [(FIRST, "open"), (BACK, "restored"), (AGAIN, "open"), (Kind.WITHDRAWAL, "withdrawn")],
)
def test_it_stands_as_the_last_text_said(last: Kind, standing: str) -> None:
    assert standing_of(said((FIRST, 9), (last, 3))) == standing


def past(*spells: Spell, known: float | None = 24 * 200) -> tuple[str | None, list[Level]]:
    since = None if known is None else ago(known)
    found = availability(spells, known_since=since, now=NOW, zone="UTC")
    return found.per_cent, [day.level for day in found.days]


def spell(since: float, until: float | None, level: Level = Level.OUTAGE) -> Spell:
    return Spell(since=ago(since), until=None if until is None else ago(until), level=level)


def test_what_is_not_on_record_is_not_called_up() -> None:
    """Neither an empty store, nor the days before anything was recorded."""
    assert past(known=None) == (None, [Level.UNKNOWN] * DAYS)
    per_cent, days = past(known=36)
    assert per_cent == "100.00"
    assert days == [Level.UNKNOWN] * (DAYS - 2) + [Level.WORKING] * 2


@pytest.mark.parametrize(
    ("spells", "known", "per_cent"),
    [
        ([spell(2, 1)], 10, "90.00"),
        ([spell(5, None)], 10, "50.00"),
        # Two at once are one.
        ([spell(4, 2), spell(3, 1)], 10, "70.00"),
        # What began before the record did counts from there.
        ([spell(30, 9)], 10, "90.00"),
        # A minute in ninety days is not rounded away.
        ([spell(1, 1 - 1 / 60)], 24 * 200, "99.99"),
        ([spell(24 * 100, 24 * 95)], 24 * 200, "100.00"),
    ],
)
def test_uptime_is_the_part_of_the_observed_time_without_a_failure(
    spells: list[Spell], known: float, per_cent: str
) -> None:
    assert past(*spells, known=known)[0] == per_cent


def test_a_day_has_its_gravest_level() -> None:
    days = past(spell(3, 2, Level.DEGRADED), spell(1, 0.5))[1]
    assert (days[-1], days[-2]) == (Level.OUTAGE, Level.WORKING)


def test_a_day_on_which_clocks_change_has_its_own_length() -> None:
    """In Berlin the last Sunday of October has 25 hours."""
    now = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)
    since = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    spells = [Spell(since=since, until=since + 25 * HOUR, level=Level.OUTAGE)]
    found = availability(spells, known_since=ago(24 * 300), now=now, zone="Europe/Berlin")
    assert [d.down for d in found.days[-2:]] == [25 * HOUR, timedelta()]


@given(
    st.lists(st.tuples(st.floats(0, 3000), st.floats(0, 500)), max_size=8),
    st.floats(0, 4000),
)
def test_no_more_fails_than_is_observed(lasted: list[tuple[float, float]], known: float) -> None:
    """Whatever overlaps, and wherever the record begins."""
    spells = [spell(since, max(since - length, 0)) for since, length in lasted]
    found = availability(spells, known_since=ago(known), now=NOW, zone="Asia/Shanghai")
    assert timedelta() <= found.down <= found.observed <= timedelta(days=DAYS)
    assert sum((day.down for day in found.days), timedelta()) == found.down
    assert found.share is None or 0 <= found.share <= 1
