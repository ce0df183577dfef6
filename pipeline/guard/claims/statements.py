"""What does one sentence of an event state, what one fact? Read like prose, with how surely and whose evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from ..comparing import legible
from .ahead import is_ahead
from .polarity import Polar, polars
from .reading import Reader, Reading
from .record import Record, RecordedEvent, RecordedFact
from .sentences import sentences

Read = Callable[[str], Reading]
_PARTED = re.compile(r"[;；]\s*")
_CONFIRMED = 0.4
"""Of a suspicion's words that a confirmed cause shares when it confirms it."""
_DISMISSED = re.compile(
    r"ruled[ _]out|rule out|not the cause|suspicion (?:was )?dropped|exonerated|disproved|排除|不是原因|并非原因|推翻",
    re.IGNORECASE,
)
_NONE = re.compile(r"none\b", re.IGNORECASE)
_NOTHING = frozenset(
    {"0", "none", "no", "false", "nothing", "nil"}
    | {"无", "没有", "否", "未发现", "尚未发现", "未受影响"}
)


@dataclass(frozen=True)
class Statement:
    """One sentence of the record, or one fact: what it says, how surely, and whose evidence it is."""

    id: str
    event: str | None
    status: str
    at: datetime
    reading: Reading
    polars: list[Polar]
    keys: frozenset[str]
    attribute: str = ""
    what: str = ""
    type: str = ""
    role: str = ""
    """Who wrote the event."""

    @cached_property
    def groups(self) -> frozenset[tuple[str, int]]:
        return frozenset((p.group, p.sign) for p in self.polars)

    @cached_property
    def is_ahead(self) -> bool:
        """Whether it tells of what was still to come."""
        return is_ahead(self.reading, self.at, self.attribute, self.role)

    @property
    def tells_cause(self) -> bool:
        """A fact that gives the cause, and not that it is unknown."""
        unknown = any(p.group == "known" and p.sign < 0 for p in self.polars)
        return self.attribute.endswith("cause") and not unknown

    def is_confirmed_by(self, cause: Statement) -> bool:
        """Whether a confirmed cause says enough of what this one only suspects."""
        words, keys = self.reading.words, cause.reading.keys
        return sum(bool(w.keys & keys) for w in words) >= _CONFIRMED * len(words)

    def is_dismissed_by(self, other: Statement) -> bool:
        """Whether what this one suspects was ruled out later."""
        if other.at <= self.at or not _DISMISSED.search(f"{other.attribute} {other.reading.text}"):
            return False
        words = self.reading.words
        return sum(bool(w.keys & other.keys) for w in words) >= _CONFIRMED * len(words)

    @cached_property
    def acts(self) -> frozenset[str]:
        return frozenset(m.entry.group for m in self.reading.marks if m.entry.category == "acts")


def statements_of(record: Record, reader: Reader) -> list[Statement]:
    """Of every event, every fact, and the names of what has failed."""
    events = {event.id: event for event in record.events}
    # Who speaks, and what is named, comes again in line after line, and reading it is what takes the time.
    known = cache(reader.read)
    found = [s for event in record.events for s in _of_event(event, known)]
    found += [_of_fact(fact, events, known) for fact in record.facts]
    return [*found, *(_of_name(text, record, known) for text in _names(record))]


def _of_event(event: RecordedEvent, read: Read) -> Iterator[Statement]:
    role = read(f"{event.type.replace('_', ' ')} {event.actor_role}").keys
    for text in _parts(event.text):
        reading = read(text)
        hedged = any(m.entry.category == "hedges" for m in reading.marks)
        yield Statement(
            id=event.id,
            event=event.id,
            status="suspected" if hedged else "confirmed",
            at=event.at,
            reading=reading,
            polars=polars(reading),
            keys=reading.keys | role,
            role=event.actor_role,
            type=event.type.rsplit(".", 1)[-1],
        )


def _parts(text: str) -> Iterator[str]:
    """Sentences, and what a semicolon parts: `suspected: the disk; approval was given` doubts no approval."""
    for start, end in sentences(text):
        yield from (part for part in _PARTED.split(text[start:end]) if part.strip())


def _of_fact(fact: RecordedFact, events: dict[str, RecordedEvent], read: Read) -> Statement:
    reading = read(_worded(fact))
    return Statement(
        id=fact.id,
        event=fact.source,
        status=fact.status,
        at=fact.at,
        reading=reading,
        polars=_answered(fact, reading),
        keys=reading.keys,
        attribute=fact.attribute,
        what=fact.what,
    )


def _names(record: Record) -> list[str]:
    return [text for text in (record.title, record.service, *record.service_aliases) if text]


def _of_name(text: str, record: Record, read: Read) -> Statement:
    """The title and the names of the service state something too: what has failed."""
    reading = read(text)
    return Statement(
        id="record",
        event=None,
        status="reported",
        at=record.opened_at,
        reading=reading,
        polars=polars(reading),
        keys=reading.keys,
        attribute="name",
    )


def _answered(fact: RecordedFact, reading: Reading) -> list[Polar]:
    """`data loss: nothing was lost`: where a value is words, they answer, not the attribute's name."""
    found = polars(reading)
    if not isinstance(fact.value, str) or not any(c.isalpha() for c in fact.value):
        return found
    if reading.moments and len(fact.value) < 30 and not any(c >= "\u4e00" for c in fact.value):
        return found
    value_at = len(reading.text) - len(legible(fact.value)) - len(fact.unit or "") - 1
    answered = {p.group for p in found if p.start >= value_at}
    return [p for p in found if p.start >= value_at or p.group not in answered]


def _worded(fact: RecordedFact) -> str:
    value = "" if fact.value is None else str(fact.value)
    attribute = fact.attribute.replace("_", " ").removesuffix(" at")
    if isinstance(fact.value, bool):
        return f"{fact.what} {attribute}" if fact.value else f"{fact.what} not {attribute}"
    if value.strip().lower() in _NOTHING or _NONE.match(value):
        return f"{fact.what} no {attribute} {value} {fact.unit or ''}"
    return f"{fact.what} {attribute} {value} {fact.unit or ''}".strip()
