"""What does the record state, and where? Read once, then asked by every claim of every text about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import cached_property

from ..comparing import legible, squeezed
from .answers import Answer, answers_of, spared_of
from .atoms import Lasting, Quantity
from .entities import Entity, entities_of
from .instants import resolved
from .matching import Event, clauses_of, events_of, parts_of, weights_of
from .named import collapsed, spelled_out
from .reading import Reader, Word
from .record import Record
from .sentences import sentences
from .statements import Statement, statements_of
from .wording import Wording

_NAMING = re.compile(
    r"supplier|vendor|team|technician|manager|owner|customer|assignee|group|contact|name|person"
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{3,8}")
ENDS = ".。!！?？;；"
_AHEAD = timedelta(minutes=2)
_LIMIT = re.compile(r"threshold|limit|quota|target|sla$|allowed|maximum|minimum")


@dataclass(frozen=True, slots=True)
class Known:
    """A moment of the record. Without a sure day it was only told by the clock; without a minute by the day."""

    at: datetime
    statement: Statement
    has_minute: bool = True
    sure_day: bool = True
    own: bool = False
    """The time at which the event itself was logged."""


@dataclass(frozen=True)
class Index(Wording):
    """The record, read."""

    reader: Reader
    statements: list[Statement] = field(repr=False)

    @cached_property
    def keys(self) -> frozenset[str]:
        own = self.reader.read(self._named).keys
        return own.union(*(s.keys for s in self.statements))

    @property
    def _named(self) -> str:
        record = self.record
        return "; ".join((record.title, record.service, *record.service_aliases))

    @cached_property
    def sentences(self) -> frozenset[str]:
        """Every sentence of the events, without what only joins its words."""
        told = (event.text[a:b] for event in self.record.events for a, b in sentences(event.text))
        return frozenset(squeezed(text).rstrip(ENDS) for text in told)

    @cached_property
    def han_names(self) -> list[tuple[str, Statement]]:
        """Names of people, teams and companies in Chinese, of three characters or more."""
        found = []
        for fact in self.record.facts:
            value = legible(str(fact.value or ""))
            if _NAMING.search(fact.attribute) and _HAN_NAME.fullmatch(value):
                statement = next(s for s in self.statements if s.id == fact.id)
                found.append((value, statement))
        return found

    @cached_property
    def identifiers(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {collapsed(self.record.number): []}
        for statement in self.statements:
            reading = statement.reading
            for named in reading.identifiers:
                for key in spelled_out(reading.text[named.start : named.end]):
                    found.setdefault(key, []).append(statement)
                found.setdefault(named.key, []).append(statement)
        for named in self.reader.read(self._named).identifiers:
            found.setdefault(named.key, [])
        return found

    @cached_property
    def quantities(self) -> list[tuple[Quantity, Statement]]:
        return [(q, s) for s in self.statements for q in s.reading.quantities]

    @cached_property
    def lastings(self) -> list[tuple[Lasting, Statement]]:
        return [(q, s) for s in self.statements for q in s.reading.lastings]

    @cached_property
    def moments(self) -> list[Known]:
        found = [Known(at=self.record.opened_at, statement=self._opened, own=True)]
        for statement in self.statements:
            if statement.type:
                found.append(Known(at=statement.at, statement=statement, own=True))
            found += self._told(statement)
        return found

    @cached_property
    def _opened(self) -> Statement:
        reading = self.reader.read("opened")
        return Statement(
            "opened_at", None, "confirmed", self.record.opened_at, reading, [], frozenset()
        )

    def _told(self, statement: Statement) -> Iterator[Known]:
        for moment in statement.reading.moments:
            known = resolved(moment, statement.at, self.record.now)
            if known is not None:
                at, has_minute, sure = known
                sure = sure or at <= statement.at + _AHEAD
                yield Known(at=at, statement=statement, has_minute=has_minute, sure_day=sure)

    @cached_property
    def events(self) -> list[Event]:
        return events_of(self.statements)

    @cached_property
    def parts(self) -> list[Event]:
        return parts_of(self.statements)

    @cached_property
    def clauses(self) -> list[Event]:
        return clauses_of(self.statements)

    @cached_property
    def entities(self) -> list[Entity]:
        return entities_of(self.record)

    @cached_property
    def weights(self) -> dict[str, float]:
        return weights_of(self.events)

    def clocks(self, zone: tzinfo) -> list[tuple[Known, datetime]]:
        """Every moment of the record as the clocks of a zone show it."""
        found = self._clocks.get(str(zone))
        if found is None:
            found = [(known, known.at.astimezone(zone)) for known in self.moments]
            self._clocks[str(zone)] = found
        return found

    @cached_property
    def _clocks(self) -> dict[str, list[tuple[Known, datetime]]]:
        return {}

    @cached_property
    def who(self) -> frozenset[str]:
        """The words of the names of teams and people: who acts, not what is acted on."""
        values = [str(f.value) for f in self.record.facts if _NAMING.search(f.attribute)]
        return frozenset(k for v in values for k in self.reader.read(v).keys if ":" not in k)

    @cached_property
    def is_over(self) -> bool:
        """Resolved, or restored and only watched since."""
        record = self.record
        if record.phase == "resolved" or record.state in ("resolved", "closed"):
            return True
        turns = [s.type for s in self.statements if s.type in ("restored", "relapsed", "reopened")]
        return record.phase == "monitoring" and turns[-1:] == ["restored"]

    @cached_property
    def doubtful(self) -> list[Statement]:
        """What is suspected, and was not confirmed later as the cause."""
        known, suspected = (
            self.known_causes,
            (s for s in self.statements if s.status == "suspected"),
        )
        open_ = [s for s in suspected if not any(s.is_confirmed_by(cause) for cause in known)]
        return [s for s in open_ if not any(s.is_dismissed_by(o) for o in self.statements)]

    @cached_property
    def known_causes(self) -> list[Statement]:
        """Causes that were confirmed; that none is known yet is no cause."""
        return [s for s in self.statements if s.tells_cause and s.status == "confirmed"]

    @cached_property
    def answers(self) -> dict[str, list[Answer]]:
        """All answers of the record by their question."""
        return answers_of(self.statements)

    @cached_property
    def spared(self) -> dict[str, Statement]:
        """Words of what the record only ever tells to work, each with the statement that does."""
        return spared_of(self.statements, self.answers.get("health", []))

    @cached_property
    def zones(self) -> list[tzinfo]:
        """Of clock times without a zone: those in which the record itself is written."""
        times = [self.record.opened_at, *(e.at for e in self.record.events)]
        found: dict[object, tzinfo] = {}
        for at in times:
            if at.tzinfo is not None:
                found.setdefault(at.utcoffset(), at.tzinfo)
        return list(found.values())

    @cached_property
    def _by_event(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for statement in self.statements:
            if statement.event:
                found[statement.event] = found.get(statement.event, frozenset()) | statement.keys
        return found

    def of_event(self, event: str) -> list[Statement]:
        """Every statement of one event: its sentences, and the facts drawn from it."""
        return self._statements_of.get(event, [])

    @cached_property
    def _statements_of(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            if statement.event:
                found.setdefault(statement.event, []).append(statement)
        return found

    def around(self, statement: Statement) -> frozenset[str]:
        """The words of a statement and of all that its event says."""
        return statement.keys | self._by_event.get(statement.event or "", frozenset())

    def is_limit(self, known: Quantity, statement: Statement) -> bool:
        """Whether a recorded number is what something is held to, not what was measured."""
        if statement.attribute:
            return bool(_LIMIT.search(statement.attribute))
        facts = [
            (q, s)
            for q, s in self.quantities
            if s.attribute and s.event == statement.event and q.value == known.value
        ]
        alike = facts or [
            (q, s)
            for q, s in self.quantities
            if s.attribute and s.id != "record" and q.value == known.value
        ]
        if alike and (facts or known.value > 20 or known.unit):
            return all(_LIMIT.search(s.attribute) for _, s in alike)
        reading = statement.reading
        marks = reading.within(reading.clause(known.start), "thresholds")
        return any(abs(m.end - known.start) <= 14 or abs(known.end - m.start) <= 8 for m in marks)

    def is_written_in(self, han: bool) -> bool:
        """Whether a good part of the record is in Chinese, or else in English."""
        return self._share_of_han > 0.25 if han else self._share_of_han < 0.75

    @cached_property
    def _share_of_han(self) -> float:
        words = [w.han for s in self.statements if s.type for w in s.reading.words]
        return sum(words) / len(words) if words else 0.5

    def can_be_judged(self, word: Word) -> bool:
        """Words that no lexicon knows can only be looked for in their own language."""
        known = not word.han and word.text.lower() in self.lower
        return self.is_written_in(word.han) or len(word.keys) > 1 or known

    def holds(self, statement: Statement, word: Word) -> bool:
        """Whether the statement, or its event, uses the word."""
        if word.keys & self.around(statement):
            return True
        texts = (s.reading.text for s in self.of_event(statement.event or ""))
        return word.han and len(word.text) > 1 and any(word.text in text for text in texts)

    def covers(self, word: Word) -> bool:
        """Whether the record uses this word, or one of the same meaning."""
        if word.keys & self.keys:
            return True
        text = word.text.lower()
        if not word.han:
            return text in self.lower
        pairs = [text[n : n + 2] for n in range(len(text) - 1)]
        if not pairs:
            return text in self.lower
        return sum(p in self.han_pairs for p in pairs) * 2 > len(pairs) or text in self.lower


def indexed(record: Record, reader: Reader) -> Index:
    """Raises nothing: what cannot be read as a value is still words."""
    return Index(record=record, reader=reader, statements=statements_of(record, reader))
