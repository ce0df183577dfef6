"""Every instant has its zone, lies in our age, and is written in one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from pipeline.domain.times import EARLIEST, Instant, from_text, require_aware, to_text
from tests.unit.domain.builders import instants

INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)
WRITTEN = "2026-08-24T02:02:00.000000Z"


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-24T02:02:00Z",
        "2026-08-24T10:02:00+08:00",
        "2026-08-23T22:02:00-04:00",
        "2026-08-24t02:02:00z",
        "2026-08-24 02:02:00+00:00",
        "2026-08-24T02:02:00.000000Z",
        "2026-08-24T02:02Z",
    ],
)
def test_one_moment_is_one_instant_however_it_is_written(text: str) -> None:
    """What is kept is UTC."""
    assert to_text(INSTANT.validate_python(text)) == WRITTEN
    assert INSTANT.validate_python(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-08-24T10:02:00", "needs its zone"),
        ("2026-08-24", "needs its zone"),
        (datetime(2026, 8, 24), "needs its zone"),  # noqa: DTZ001 - the naive one is meant
        ("1787536920", "RFC 3339"),
        ("1.7e9", "RFC 3339"),
        ("10:02", "RFC 3339"),
        ("24.08.2026 10:02", "RFC 3339"),
        ("", "RFC 3339"),
        (1787536920, "not a number"),
        (1787536920.5, "not a number"),
        (True, "not a number"),
        ("1999-12-31T23:59:59Z", "before 2000"),
        ("2000-01-01T00:00:00+14:00", "before 2000"),
        ("9999-12-31T23:59:59-12:00", "after 9998"),
        ("2026-02-29T00:00:00Z", "day value"),
        ("2026-08-24T02:02:60Z", "valid datetime"),
        (None, "valid datetime"),
    ],
)
def test_a_time_without_zone_or_sense_is_refused(value: object, words: str) -> None:
    """Each with a sentence that says why."""
    with pytest.raises(ValidationError, match=words):
        INSTANT.validate_python(value)


@given(instants)
def test_what_is_stored_is_read_back_to_the_microsecond(moment: datetime) -> None:
    """Text and instant are each other's inverse."""
    assert from_text(to_text(moment)) == moment
    assert INSTANT.validate_python(to_text(moment)) == moment


@given(instants, instants)
def test_stored_times_sort_as_text(one: datetime, other: datetime) -> None:
    """The store compares text: due rows would come in the wrong order otherwise."""
    assert (to_text(one) < to_text(other)) == (one < other)


@given(instants, st.integers(-14 * 60, 14 * 60))
def test_the_zone_changes_nothing_but_the_clock_on_the_wall(moment: datetime, offset: int) -> None:
    """An instant given in any zone is the same instant in UTC."""
    abroad = moment.astimezone(timezone(timedelta(minutes=offset)))
    assert require_aware(abroad) == moment
    assert require_aware(abroad).utcoffset() == timedelta()


def test_our_age_begins_at_its_first_moment() -> None:
    """The edge itself is in."""
    assert require_aware(EARLIEST) == EARLIEST
    with pytest.raises(ValueError, match="before 2000"):
        require_aware(EARLIEST - timedelta(microseconds=1))
