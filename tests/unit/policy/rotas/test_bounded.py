"""However a calendar repeats, it is read or refused before long, and what is plain is read as it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.domain.errors import Malformed
from pipeline.policy.rotas import bounded
from pipeline.policy.rotas.foreseen import MOST_EVENTS, Foreseen
from pipeline.policy.rotas.occurrences import occurrences_in

from .test_rotas import NOW, calendar, noted, read, span

OLD = span(":20200101T000000Z", ":20200101T080000Z")
NEVER = "BYMONTH=2;BYMONTHDAY=30"


def refused(*events: str) -> str:
    with pytest.raises(Malformed) as wrong:
        read(*events)
    return str(wrong.value)


def within(content: bytes, most_work: int) -> None:
    """Ten days of it are read, with so much work at most."""
    occurrences_in(content, "UTC", NOW, NOW + timedelta(days=10), most_work=most_work)


@pytest.mark.parametrize("step", ["0", "-1"])
@pytest.mark.parametrize("frequency", ["DAILY", "HOURLY", "YEARLY"])
def test_a_series_that_does_not_go_on_is_refused(frequency: str, step: str) -> None:
    """An interval is 1 or more (RFC 5545, 3.3.10)."""
    said = refused(f"{OLD}\r\nRRULE:FREQ={frequency};INTERVAL={step}")
    assert "without going on" in said or "cannot be read" in said


@pytest.mark.parametrize(
    "events",
    [
        [span(":00010101T000000Z", ":00010101T080000Z", "RRULE:FREQ=HOURLY")],
        [f"{OLD}\r\nRRULE:FREQ=HOURLY;UNTIL=99991231T000000Z;{NEVER}"],
        [f"{OLD}\r\nRRULE:FREQ=HOURLY;COUNT=100000;{NEVER}"],
        [f"{OLD}\r\nRRULE:FREQ=DAILY;{NEVER}"] * 20,
        [f"{OLD}\r\nRRULE:FREQ=WEEKLY;{NEVER}"] * 40,
        [f"{OLD}\r\nRRULE:FREQ=MONTHLY;{NEVER}"] * 100,
        [f"{OLD}\r\nRRULE:FREQ=YEARLY;{NEVER}"] * 100,
        [f"{OLD}\r\nRRULE:FREQ=DAILY"] * 1200,
        [f"{OLD}\r\nRRULE:FREQ=HOURLY"] * 50,
        [f"{OLD}\r\nRRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}"] * 50,
    ],
)
def test_a_file_that_keeps_us_busy_is_refused(events: list[str]) -> None:
    """All its series together have one measure, whether they give too much or never anything."""
    with pytest.raises(Malformed, match="so often, or so seldom"):
        within(calendar(*events), bounded.MOST_WORK // 10)


def test_changes_of_single_days_do_not_multiply_the_work() -> None:
    """Each is looked for in the whole series: also that is counted."""
    series = f"{OLD}\r\nRRULE:FREQ=HOURLY\r\nUID:x\r\nSEQUENCE:9"
    one = f"{OLD}\r\nRRULE:FREQ=DAILY\r\nUID:x\r\nSEQUENCE:1\r\nRECURRENCE-ID:{{:%Y%m%d}}T000000Z"
    changes = [one.format(NOW - timedelta(days=n)) for n in range(120)]
    said = calendar(series, *changes).decode()
    lone = "".join(line for line in said.splitlines(True) if not line[4:-2].isdigit())
    with pytest.raises(Malformed):
        within(lone.encode(), 1_500_000)


def test_what_people_keep_for_years_is_read() -> None:
    """A hundred series, each a day of every week since ten years."""
    weeks = [
        span(
            f":2016{1 + n % 12:02}{1 + n % 28:02}T000000Z",
            f":2016{1 + n % 12:02}{2 + n % 28:02}T000000Z",
        )
        + "\r\nRRULE:FREQ=WEEKLY"
        for n in range(100)
    ]
    found = occurrences_in(calendar(*weeks), "UTC", NOW, NOW + timedelta(days=100))
    assert len(found.occurrences) > 1400


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;INTERVAL=3", [25, 28, 31]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", [26]),
        ("FREQ=MONTHLY;BYDAY=-1SA", [31]),
        ("FREQ=HOURLY;INTERVAL=72", [25, 28, 31]),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=0;BYDAY=TU", [27]),
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=30", [30]),
    ],
)
def test_counting_the_work_moves_no_shift(rule: str, days: list[int]) -> None:
    """Each frequency goes on as it did."""
    event = span(":20261001T000000Z", ":20261001T080000Z", f"RRULE:{rule}\r\nSUMMARY:wang")
    found = occurrences_in(calendar(event), "UTC", NOW, datetime(2026, 11, 1, tzinfo=UTC))
    assert [o.starts_at.day for o in found.occurrences] == days


def test_a_folder_of_zones_is_an_unknown_zone() -> None:
    """It is noted, and the times are meant in the installation's."""
    event = span(";TZID=Europe:20261025T000000", ';TZID="Europe":20261026T000000')
    assert read(event) == [("25T00", "26T00", "wang")]
    assert noted(event)["rota_unknown_zone"] == {"name": "Europe"}


YEAR_ONE = span(":00010101T000000Z", ":00010101T080000Z")


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        (["SUMMARY:x"] * (MOST_EVENTS + 1), "more than 5,000 events"),
        ([f"{OLD}\r\nRRULE:FREQ=DAILY"] * 1200, "so often, or so seldom"),
        ([f"{YEAR_ONE}\r\nRRULE:FREQ=HOURLY"], "so often, or so seldom"),
        ([f"{OLD}\r\nRRULE:FREQ=YEARLY;{NEVER}"] * 4000, "so often, or so seldom"),
        ([f"{OLD}\r\nRRULE:FREQ=DAILY;COUNT=2500"] * 1200, "so often, or so seldom"),
        ([f"{OLD}\r\nRRULE:FREQ=MONTHLY;BYDAY={'1MO,' * 600}2TU"], "so often, or so seldom"),
        ([f"{OLD}\r\nRRULE:FREQ=DAILY;BYSECOND=0,1"], "within the hour"),
        ([f"{OLD}\r\nRRULE:FREQ=DAILY;{'BYMINUTE=' * 50_000}"], "so often, or so seldom"),
        ([f"{OLD}\r\nRDATE:{'20261025T000000Z,' * 20_000}20261026T000000Z"], "20,000 shifts"),
        (["BEGIN:VALARM\r\n" * 30], "is not an iCalendar file"),
    ],
)
def test_too_much_work_is_foreseen_before_anything_is_parsed(
    events: list[str], sentence: str
) -> None:
    """Refusing a file is no work either."""
    foreseen = Foreseen(NOW.date(), bounded.MOST_WORK)
    with pytest.raises(Malformed, match=sentence):
        foreseen.refuse(calendar(*events).decode())


def test_many_versions_of_one_series_are_one_series() -> None:
    """As a calendar holds them that was changed often: what the parser reads is not refused before."""
    one = span(
        ":20000101T000000Z", ":20000101T080000Z", "RRULE:FREQ=DAILY\r\nUID:duty\r\nSEQUENCE:{}"
    )
    found = occurrences_in(_of_one(one, 50), "UTC", NOW, NOW + timedelta(days=10))
    assert len(found.occurrences) == 10


def _of_one(event: str, versions: int) -> bytes:
    """Without the names that `calendar` gives each event."""
    said = calendar(*(event.replace("{}", str(n)) for n in range(versions))).decode()
    lines = said.splitlines(keepends=True)
    return "".join(n for n in lines if not n.startswith("UID:") or n.strip() == "UID:duty").encode()


def test_a_counted_rule_that_finds_nothing_is_given_up() -> None:
    """However much may be spent in all."""
    with pytest.raises(Malformed, match="so often, or so seldom"):
        within(calendar(f"{OLD}\r\nRRULE:FREQ=HOURLY;COUNT=9;{NEVER}"), 1000 * bounded.MOST_WORK)


def test_many_time_zones_are_refused() -> None:
    zones = [span(f";TZID=Z{n}:20261025T000000", ":20261026T000000Z") for n in range(120)]
    assert "time zones" in refused(*zones)


LINES = st.sampled_from(
    [
        *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:X", "END:X"),
        *("SUMMARY:x", "nonsense", "X-A;B=c:d", " folded", "", "UID:1", "DTSTART:20261025"),
    ]
)


@given(st.lists(LINES, max_size=12))
def test_what_is_foreseen_to_be_no_calendar_is_none(lines: list[str]) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""])
    try:
        Foreseen(NOW.date(), bounded.MOST_WORK).refuse(text)
    except Malformed:
        with pytest.raises(ValueError, match=r"\S"):
            Calendar.from_ical(text)
