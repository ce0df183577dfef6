"""A calendar that somebody else keeps says who has it, and what in it is not plain is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.directory import Address, Person
from pipeline.domain.errors import Malformed
from pipeline.domain.rota import Shift
from pipeline.policy.rotas.occurrences import occurrences_in
from pipeline.policy.rotas.shifts import LOOKED_AHEAD, Names, at, notes_on, shifts_of

NOW = datetime(2026, 10, 24, 8, tzinfo=UTC)
BERLIN, SHANGHAI = "Europe/Berlin", "Asia/Shanghai"


def person(name: str, **more: object) -> Person:
    mail = Address(channel="mail", value=f"{name}@example.org")
    return Person.model_validate({"id": name, "name": name.title(), "addresses": (mail,), **more})


PEOPLE = [
    person("wang", names={"zh": "王小林", "en": "Wang Xiaolin"}),
    person("li"),
    person("left", active=False),
]


def calendar(*events: str) -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\n{e}\r\nEND:VEVENT\r\n" for n, e in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def read(*events: str, zone: str = "UTC", days: int = 10) -> list[tuple[str, str, str]]:
    found = occurrences_in(calendar(*events), zone, NOW, NOW + timedelta(days=days))
    return [(f"{o.starts_at:%dT%H}", f"{o.ends_at:%dT%H}", o.title) for o in found.occurrences]


def noted(*events: str, zone: str = "UTC") -> dict[str, dict[str, str]]:
    found = occurrences_in(calendar(*events), zone, NOW, NOW + timedelta(days=10))
    shifts = shifts_of(found.occurrences, Names(PEOPLE))
    return {r.code: r.values for r in (*found.notes, *notes_on(shifts, NOW))}


def span(starts: str, ends: str, more: str = "SUMMARY:wang") -> str:
    return f"DTSTART{starts}\r\nDTEND{ends}\r\n{more}"


NIGHTS = span(
    f";TZID={BERLIN}:20261023T180000",
    f";TZID={BERLIN}:20261024T080000",
    "RRULE:FREQ=DAILY\r\nSUMMARY:wang",
)


def test_a_night_keeps_its_clock_time_when_the_clocks_change() -> None:
    """Six in the evening is four o'clock UTC before that Sunday, and five after it; that night is an hour longer."""
    assert read(NIGHTS, days=3)[:3] == [
        ("24T16", "25T07", "wang"),
        ("25T17", "26T07", "wang"),
        ("26T17", "27T07", "wang"),
    ]


@pytest.mark.parametrize(
    ("event", "zone", "expected"),
    [
        (span(";VALUE=DATE:20261025", ";VALUE=DATE:20261026"), SHANGHAI, ("24T16", "25T16")),
        (span(";VALUE=DATE:20261025", ";VALUE=DATE:20261026"), BERLIN, ("24T22", "25T23")),
        (span(":20261025T090000", ":20261025T180000"), SHANGHAI, ("25T01", "25T10")),
        (span(":20261025T090000Z", ":20261025T180000Z"), SHANGHAI, ("25T09", "25T18")),
        (span(";TZID=China Standard Time:20261025T090000", ";TZID=China Standard Time:20261025T100000"), "UTC", ("25T01", "25T02")),
        (span(";TZID=Mars/Base:20261025T090000", ";TZID=Mars/Base:20261025T100000"), SHANGHAI, ("25T01", "25T02")),
    ],
)  # fmt: skip
def test_a_shift_lies_in_its_own_time_zone_or_in_the_calendars(
    event: str, zone: str, expected: tuple[str, str]
) -> None:
    """All day, without a zone, in Windows' name for one, and in one that there is not."""
    assert [one[:2] for one in read(event, zone=zone)] == [expected]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (span(";VALUE=DATE:20261025", ";VALUE=DATE:20261026"), "rota_all_day"),
        (span(":20261025T090000", ":20261025T180000"), "rota_floating"),
        (span(";TZID=Mars/Base:20261025T090000", ";TZID=Mars/Base:20261025T100000"), "rota_unknown_zone"),
        (span(":20261025T090000Z", ":20261025T090000Z"), "rota_no_time"),
        (span(":20261025T090000Z", ":20261025T180000Z", "SUMMARY:nobody we know"), "rota_strangers"),
        (span(":20261025T090000Z", ":20261025T180000Z", "SUMMARY:left"), "rota_strangers"),
        (span(":20261025T090000Z", ":20261025T180000Z"), "rota_gaps"),
        ("SUMMARY:wang\r\nDTSTART:20200101T000000Z\r\nDTEND:20200102T000000Z", "rota_empty"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_said(event: str, code: str) -> None:
    """Never silently taken for something."""
    assert code in noted(event)


def test_two_who_have_it_at_once_are_said_once_for_the_whole_stretch() -> None:
    """Both are told; whoever keeps the calendar may not have meant it."""
    all_day = [
        span(":20261020T000000Z", ":20261230T000000Z", f"SUMMARY:{n}") for n in ("wang", "li")
    ]
    found = noted(*all_day)
    assert found["rota_overlaps"] == {"count": "1", "promised_at": NOW.isoformat()}
    assert "rota_gaps" not in found


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("SUMMARY:wang", ["wang"]),
        ("SUMMARY:王小林", ["wang"]),
        ("SUMMARY:On call: Wang Xiaolin", ["wang"]),
        ("SUMMARY:[L1] Li", ["li"]),
        ("SUMMARY:Wang Xiaolin\\, Li", ["wang", "li"]),
        ("SUMMARY:Network night\r\nATTENDEE;CN=Somebody:MAILTO:LI@example.org", ["li"]),
        ("SUMMARY:x\r\nATTENDEE;CN=Li:mailto:other@example.org", ["li"]),
        ("SUMMARY:x\r\nATTENDEE;PARTSTAT=DECLINED:mailto:li@example.org\r\nATTENDEE:mailto:wang@example.org", ["wang"]),
        ("SUMMARY:li\r\nATTENDEE:mailto:stranger@example.org", [None]),
    ],
)  # fmt: skip
def test_people_are_known_by_any_of_their_names(named: str, expected: list[str | None]) -> None:
    """An attendee counts before the title, also one who is a stranger here."""
    event = span(":20261024T000000Z", ":20261025T000000Z", named)
    found = occurrences_in(calendar(event), "UTC", NOW, NOW + timedelta(days=1))
    assert [s.person for s in shifts_of(found.occurrences, Names(PEOPLE))] == expected


def test_what_was_moved_taken_out_or_called_off_is_not_a_shift() -> None:
    """One night was given to Li, one taken out, one called off."""
    series = NIGHTS + f"\r\nEXDATE;TZID={BERLIN}:20261026T180000"
    moved = span(
        f";TZID={BERLIN}:20261025T180000",
        f";TZID={BERLIN}:20261026T080000",
        f"RECURRENCE-ID;TZID={BERLIN}:20261025T180000\r\nSUMMARY:li",
    )
    off = span(":20261024T090000Z", ":20261024T100000Z", "STATUS:CANCELLED\r\nSUMMARY:li")
    whole = calendar(series, off).replace(
        b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:0\r\n" + moved.encode() + b"\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )  # fmt: skip
    found = occurrences_in(whole, "UTC", NOW, NOW + timedelta(days=3))
    told = [(f"{o.starts_at:%dT%H}", o.title) for o in found.occurrences]
    assert told == [("24T16", "wang"), ("25T17", "li")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"<html>Sign in</html>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT",
        calendar("DTSTART:20261025T000000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:wang"),
        calendar("DTSTART:20261025T000000Z\r\nRRULE:FREQ=DAILY;BYMINUTE=0,1,2\r\nSUMMARY:wang"),
        calendar("SUMMARY:a\0b\r\nDTSTART:20261025T000000Z"),
        calendar(*["DTSTART:20261025T000000Z"] * 5001),
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    """With a sentence, and before it can keep us busy."""
    with pytest.raises(Malformed):
        occurrences_in(content, "UTC", NOW, NOW + timedelta(days=10))


HOURS = st.integers(-100, 800)
SHIFTS = st.lists(st.tuples(HOURS, st.integers(1, 400), st.sampled_from(["wang", "li", None])), max_size=12)  # fmt: skip


@given(drawn=SHIFTS)
def test_gaps_and_overlaps_are_where_nobody_and_several_have_it(
    drawn: list[tuple[int, int, str | None]],
) -> None:
    """Looked at hour by hour, however the shifts lie."""
    hour = timedelta(hours=1)
    shifts = [
        Shift(starts_at=NOW + n * hour, ends_at=NOW + (n + m) * hour, said=who or "?", person=who)
        for n, m, who in drawn
    ]
    having = [
        len({s.person or s.said for s in at(shifts, NOW + n * hour)})
        for n in range(LOOKED_AHEAD // hour)
    ]
    found = {r.code: r.values for r in notes_on(shifts, NOW)}
    if "rota_empty" in found:
        assert not any(having)
        return
    assert ("rota_gaps" in found) == (0 in having)
    assert ("rota_overlaps" in found) == any(n > 1 for n in having)
    if 0 in having:
        first = NOW + having.index(0) * hour
        assert found["rota_gaps"]["promised_at"] == first.isoformat()
