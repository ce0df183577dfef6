"""Which stretches of time does an iCalendar file hold between two moments, and what in it is not plain?

Repeats, exceptions, moved occurrences and time zones are the library's (RFC 5545); that a file cannot keep us busy for
ever is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ...domain.communication import Reason
from ...domain.errors import Malformed
from .foreseen import FOLD, MOST_SHIFTS, Foreseen, too_often

if TYPE_CHECKING:
    from icalendar import Calendar

MOST_ZONES = 100
"""Names of time zones in one file: each is looked up."""
_TOO_OFTEN = {"SECONDLY", "MINUTELY"}
_FINE = ("BYSECOND", "BYMINUTE")
_ZONE = re.compile(r'TZID="?([^":;\r\n]+)', re.IGNORECASE)
_NAMED_ZONE = re.compile(r';TZID="?([^":;\r\n]+)"?(?=[:;])', re.IGNORECASE)
_OWN_ZONE = re.compile(r"^TZID:(.*?)\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One stretch, and those whom its event names: pairs of (name, mail address), either may be empty; `title` is
    what its event is called."""

    starts_at: datetime
    ends_at: datetime
    named: tuple[tuple[str, str], ...]
    title: str


@dataclass(frozen=True, kw_only=True)
class Found:
    occurrences: tuple[Occurrence, ...]
    notes: tuple[Reason, ...]


def occurrences_in(
    content: bytes, zone: str, since: datetime, until: datetime, *, most_work: int | None = None
) -> Found:
    """Of `content`, between the two moments. Whatever names no time zone is meant in `zone`. Raises Malformed for
    what is no calendar, repeats more often than people can take turns, or makes more than `most_work`."""
    from .bounded import MOST_WORK, expanded

    text, most = _text(content), most_work or MOST_WORK
    Foreseen(until.date(), most).refuse(text)
    calendar = _calendar(_without_unreadable_zones(text))
    events = list(calendar.walk("VEVENT"))
    notes: dict[tuple[str, str], None] = dict.fromkeys(_unknown_zones(text, calendar))
    try:
        for event in events:
            _bounded(event, until)
        found_events = expanded(calendar, since, until, most)
        read = [_stretch(event, zone) for event in found_events[: MOST_SHIFTS + 1]]
    except Malformed:
        raise
    except Exception as wrong:  # the library raises whatever a broken event makes of its arithmetic
        said = f"an event cannot be read ({type(wrong).__name__})"
        raise Malformed(said, field="calendar") from wrong
    if len(read) > MOST_SHIFTS:
        raise Malformed(f"holds more than {MOST_SHIFTS:,} shifts", field="calendar")
    notes |= {note: None for _, note in read if note is not None}
    found = [stretch for stretch, _ in read if stretch is not None]
    ordered = sorted(found, key=lambda one: (one.starts_at, one.ends_at, one.title))
    return Found(occurrences=tuple(ordered), notes=tuple(_reasons(notes)))


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed("is not UTF-8, as iCalendar asks for", field="calendar") from None
    if "\0" in text:
        raise Malformed("holds a character that no text has", field="calendar")
    return text


def _calendar(text: str) -> Calendar:
    from icalendar import Calendar

    try:
        found = Calendar.from_ical(text)
    except Exception as wrong:  # the library raises whatever a broken line makes of its values
        raise Malformed("is not an iCalendar file", field="calendar") from wrong
    if found.name != "VCALENDAR":
        raise Malformed("is not an iCalendar file", field="calendar")
    return found


def _bounded(event: Any, until: datetime) -> None:
    """An endless series ends with what is looked at. Raises Malformed for what is no shift."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(one).upper() for one in rule.get("FREQ", [])}
        if often & _TOO_OFTEN or any(len(rule.get(name, [])) > 1 for name in _FINE):
            raise too_often()
        if any(int(step) < 1 for step in rule.get("INTERVAL", [])):
            raise Malformed("repeats without going on", field="calendar")
        if "UNTIL" not in rule and "COUNT" not in rule and "DTSTART" in event:
            rule["UNTIL"] = [_end_like(event["DTSTART"].dt, until)]


def _end_like(start: date | datetime, until: datetime) -> date | datetime:
    """In the form that the beginning has, as RFC 5545 wants it."""
    later = until + timedelta(days=1)
    if not isinstance(start, datetime):
        return later.date()
    return later if start.tzinfo else later.replace(tzinfo=None)


def _without_unreadable_zones(text: str) -> str:
    """A name such as that of a whole continent is none of a zone, and the library stumbles over it: what names it
    names no zone."""
    unfolded = FOLD.sub("", text)
    own = set(_OWN_ZONE.findall(unfolded))
    named = dict.fromkeys(_ZONE.findall(unfolded))
    if len(named) > MOST_ZONES:
        raise Malformed(f"names more than {MOST_ZONES} time zones", field="calendar")
    unknown = {name.casefold() for name in named if name not in own and not _is_known(name)}
    if not unknown:
        return text

    def without(found: re.Match[str]) -> str:
        return "" if found[1].casefold() in unknown else found[0]

    return _NAMED_ZONE.sub(without, unfolded)


def _is_known(zone: str) -> bool:
    from icalendar.timezone import tzp

    try:
        return tzp.timezone(zone) is not None
    except (OSError, ValueError, KeyError):
        return False


def _unknown_zones(text: str, calendar: Calendar) -> Iterator[tuple[str, str]]:
    own = {str(zone.get("TZID")) for zone in calendar.walk("VTIMEZONE")}
    for name in dict.fromkeys(_ZONE.findall(FOLD.sub("", text))):
        if name not in own and not _is_known(name):
            yield "rota_unknown_zone", name


def _stretch(event: Any, zone: str) -> tuple[Occurrence | None, tuple[str, str] | None]:
    """One occurrence with what is to be noted of it; None for what was called off or lasts no time."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None, None
    starts, ends = event.start, event.end
    title = " ".join(str(event.get("SUMMARY", "")).split())[:200]
    note = None
    if not isinstance(starts, datetime):
        note = ("rota_all_day", zone)
    elif starts.tzinfo is None:
        note = ("rota_floating", zone)
    begin, end = _instant(starts, zone), _instant(ends, zone)
    if end <= begin:
        return None, ("rota_no_time", title)
    named = tuple(_named(event))
    return Occurrence(starts_at=begin, ends_at=end, named=named, title=title), note


def _instant(at: date | datetime, zone: str) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _named(event: Any) -> Iterator[tuple[str, str]]:
    """Attendees who have not declined."""
    said = event.get("ATTENDEE", [])
    for one in said if isinstance(said, list) else [said]:
        params = getattr(one, "params", {})
        if str(params.get("PARTSTAT", "")).upper() == "DECLINED":
            continue
        mail = str(one)
        mail = mail[7:] if mail.lower().startswith("mailto:") else ""
        yield " ".join(str(params.get("CN", "")).split())[:200], mail.strip()[:254]


def _reasons(notes: dict[tuple[str, str], None]) -> Iterator[Reason]:
    for code, value in notes:
        yield Reason(code=code, values={"name": value})
