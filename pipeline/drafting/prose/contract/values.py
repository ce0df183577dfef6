"""Which words does code write for a value? Times for the reader's zone, states in our words, quotes in marks.

A secret is never written: whoever may know a line is not meant to pass its password on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ....domain.directory import Bilingual, Language
from ....domain.errors import MissingVariable
from ....domain.facts import Fact, ValueKind
from ....domain.prose import Part, Quoted, Ref
from ...marks import one_line, shorten
from ...redaction.secrets import Secrets
from ...slot_names import ANNOUNCED
from ...spoken import at_clock, duration, promised
from ..assignment import Assignment
from .quoting import is_foreign, is_phrase, named, quoted, unended

States = Mapping[Language, Mapping[str, str]]
LONGEST_QUOTE = 240
LONGEST_TEXT = 600
"""Columns of a value inside a sentence; more is cut where it shows."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """`kind` is None for what is said of a line."""

    text: str
    kind: ValueKind | None = None


class Values:
    """The values of an assignment in one language."""

    def __init__(self, assignment: Assignment, language: Language, states: States) -> None:
        self._now, self._zone = assignment.now, assignment.zone.key
        self._language, self._states = language, states[language]
        self._facts = assignment.facts
        self._lines = {line.id: line for line in assignment.lines}

    @cached_property
    def _secrets(self) -> Secrets:
        return Secrets(self._facts.values(), tuple(self._lines.values()))

    def written(self, ref: Ref) -> Written:
        """Raises MissingVariable for what the assignment does not hold."""
        if (fact := self._facts.get(ref.fact)) is not None:
            return Written(text=self.of_fact(fact), kind=fact.kind)
        if (line := self._lines.get(ref.fact)) is not None:
            return Written(text=self.of_line(line, ref.part))
        raise MissingVariable(f"the text needs {ref.fact}, which is not in its material")

    def of_fact(self, fact: Fact) -> str:
        value = fact.value
        if fact.kind is ValueKind.TIME and isinstance(value, datetime):
            return self._time(value, announced=fact.attribute in ANNOUNCED)
        if fact.kind is ValueKind.DURATION:
            return duration(int(str(value)), self._language)
        if fact.kind is ValueKind.STATE:
            return self._states.get(str(value), str(value))
        bilingual = isinstance(value, Bilingual)
        text = value.in_language(self._language) if isinstance(value, Bilingual) else str(value)
        if fact.kind is ValueKind.QUOTE:
            return self._quoted(self._secrets.removed(text, self._language))
        if fact.kind is ValueKind.TEXT:
            return self._text(self._secrets.removed(text, self._language), ours=bilingual)
        if fact.kind in (ValueKind.NAME, ValueKind.IDENTIFIER):
            return named(one_line(text), code=fact.kind is ValueKind.IDENTIFIER)
        return one_line(text)

    def of_line(self, line: Quoted, part: Part) -> str:
        if part is Part.SPEAKER:
            return named(one_line(self._secrets.removed(line.speaker, self._language)))
        if part is Part.TIME:
            if line.at is None:
                raise MissingVariable(f"the text needs the time of {line.id}, which nobody knows")
            return self._time(line.at, announced=False)
        return self._quoted(self._secrets.removed(line.text, self._language, line.id))

    def _time(self, moment: datetime, *, announced: bool) -> str:
        told = promised(moment, self._now, self._zone) if announced else moment
        return at_clock(told, self._now, self._zone, self._language)

    def _text(self, text: str, *, ours: bool) -> str:
        """Words of the record stand in the sentence as they are, when they can: what is more than a phrase,
        or in another language, is somebody's own sentence and is quoted."""
        bare = unended(one_line(text))
        if ours or (is_phrase(bare) and not is_foreign(bare, self._language)):
            return shorten(bare, LONGEST_TEXT)
        return self._quoted(text)

    def _quoted(self, text: str) -> str:
        return quoted(shorten(unended(one_line(text)), LONGEST_QUOTE))
