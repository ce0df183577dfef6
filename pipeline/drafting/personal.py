"""One rendition, many readers: which values differ, and how do they take the place of the marks?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..domain.communication import MARK, Form, Rendition
from ..domain.errors import MissingVariable
from ..domain.facts import Brief
from ..domain.message import Recipient
from .marks import escape_markdown, one_line
from .slot_names import ANNOUNCED, LINKS, STRETCHES
from .slots import times_in
from .spoken import at_clock, promised, time_note

SAME_DAY = "/same_day"
"""Behind a slot's name: its value where the day was told right before."""
LONGEST_BETWEEN = 6


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A text for one reader; nothing is left to fill in."""

    subject: str
    text: str
    html: str | None


def personal_values(
    brief: Brief,
    recipient: Recipient,
    links: Mapping[str, str],
    now: datetime,
    slots: Iterable[str],
) -> dict[str, str]:
    """The values for one reader's marks, in her language and zone; and the ticket's number, always.

    Raises MissingVariable for a slot that this reader has no value for.
    """
    wanted = frozenset(slots)
    zone, language = recipient.zone, recipient.language
    values = {
        "recipient_name": recipient.name,
        "time_note": time_note(now, zone, language),
        "as_of": at_clock(now, now, zone, language),
        **links,
    }
    moments = {
        name: promised(moment, now, zone) if name in ANNOUNCED else moment
        for name, moment in times_in(wanted, brief).items()
    }
    dated = _dated(moments, zone)
    values |= {
        name: at_clock(moment, now, zone, language, dated=name in dated)
        for name, moment in moments.items()
    }
    missing = sorted(wanted - values.keys())
    if missing:
        raise MissingVariable(f"{recipient.key} has no value for {missing[0]}")
    told = {name: one_line(values[name]) for name in sorted(wanted)}
    return {**told, **_same_day(moments, told, zone), "number": brief.number}


def _same_day(
    moments: Mapping[str, datetime], told: Mapping[str, str], zone: str
) -> dict[str, str]:
    """The clock times that follow a beginning on the same day: `from Sat 29 Aug, 22:00 to 23:30` says it once."""
    here, found = ZoneInfo(zone), {}
    for begins, ends in STRETCHES:
        if begins in moments and ends in moments:
            one, other = (moments[name].astimezone(here) for name in (begins, ends))
            clock = f"{other:%H:%M}"
            if one.date() == other.date() and told[ends] != clock:
                found[ends + SAME_DAY] = clock
    return found


def _dated(moments: Mapping[str, datetime], zone: str) -> set[str]:
    """Ends of a stretch over several days: a clock time alone would be taken for one of the other end's day."""
    here = ZoneInfo(zone)
    found: set[str] = set()
    for ends in STRETCHES:
        days = {moments[name].astimezone(here).date() for name in ends if name in moments}
        found.update(ends if len(days) > 1 else ())
    return found


def fill(rendition: Rendition, values: Mapping[str, str]) -> Filled:
    """Put a reader's values in. Raises MissingVariable when one is not there."""
    in_text = _chat_value if rendition.form is Form.CHAT else _as_it_is
    return Filled(
        subject=one_line(_put(rendition.subject, values, _as_it_is)),
        text=_put(rendition.text, values, in_text),
        html=None if rendition.html is None else _put(rendition.html, values, _html_value),
    )


def _put(text: str, values: Mapping[str, str], written: Callable[[str, str], str]) -> str:
    def value(found: re.Match[str]) -> str:
        slot = found[1]
        if slot not in values:
            raise MissingVariable(f"this reader has no value for {slot}")
        if slot + SAME_DAY in values and _ends_a_stretch(text[: found.start()], slot):
            return written(slot, values[slot + SAME_DAY])
        return written(slot, values[slot])

    return MARK.sub(value, text)


def _ends_a_stretch(before: str, slot: str) -> bool:
    """Its beginning stands right before it, with a word between them: `to`, `至`."""
    last = None
    for last in MARK.finditer(before):  # noqa: B007  the last of them is wanted
        pass
    if last is None or (last[1], slot) not in STRETCHES:
        return False
    between = before[last.end() :]
    return len(between) <= LONGEST_BETWEEN and "\n" not in between


def _as_it_is(_slot: str, value: str) -> str:
    return value


def _html_value(_slot: str, value: str) -> str:
    return html.escape(value, quote=True)


def _chat_value(slot: str, value: str) -> str:
    # Our own link: an escape would break it, and a parenthesis would end it.
    if slot in LINKS:
        return value.replace("(", "%28").replace(")", "%29")
    return escape_markdown(value)
