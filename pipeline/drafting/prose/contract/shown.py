"""How is an assignment shown to a model? Slots with what they hold, and lines as data between marks.

A mark follows from the text that it stands around: nobody who writes a line can write its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.generation.prompt import mark_of

from ....domain.directory import Language
from ....domain.facts import Status
from ....domain.prose import Part, Ref
from ...marks import one_line
from ..assignment import Assignment
from .offer import LONGEST_LINE, Offer, Slot, speaker_key
from .values import States, Values

LONGEST_VALUE = 1200
_BRACES = str.maketrans({"{": "(", "}": ")", "｛": "(", "｝": ")"})


@dataclass(frozen=True, kw_only=True)
class ShownFact:
    slot: str
    what: str
    sure: str
    news: bool
    value: str


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """`by` and `at` are slots with what they hold; empty where nobody knows."""

    slot: str
    by: str
    at: str
    text: str


class Shown:
    """Facts and lines as a prompt's material takes them."""

    def __init__(self, assignment: Assignment, offer: Offer, states: States) -> None:
        self._assignment, self._offer = assignment, offer
        self._values = Values(assignment, assignment.language, states)
        names = "|".join(slot.name for slot in offer.of("P"))
        self._hole = re.compile(rf"(\{{(?:{names})\}})") if names else None

    def facts(self, slots: Iterable[Slot]) -> list[ShownFact]:
        return [self._fact(slot) for slot in slots]

    def lines(self) -> list[ShownLine]:
        speakers = {speaker_key(slot.line): slot.name for slot in self._offer.of("S") if slot.line}
        return [self._line(slot, speakers) for slot in self._offer.of("L")]

    def slots(self, slots: Iterable[Slot]) -> list[ShownFact]:
        """Slots of any sort with their values, for a text that is written a second time."""
        return [self._fact(slot) if slot.fact else self._of_line(slot) for slot in slots]

    def text(self, text: str) -> str:
        """A whole sentence, as harmless as a value."""
        return self._harmless(text, LONGEST_VALUE)

    def mark(self, *shown: object) -> str:
        return mark_of(*map(repr, shown))

    def _fact(self, slot: Slot) -> ShownFact:
        fact = slot.fact
        assert fact is not None  # noqa: S101 - slots of facts alone come here
        news = fact.attribute in self._assignment.brief.news
        value = self._values.of_fact(fact)
        sure = "" if fact.status is Status.CONFIRMED else fact.status.value
        return ShownFact(
            slot=slot.name,
            what=f"{fact.attribute.replace('_', ' ')}, {fact.kind.value}",
            sure=sure,
            news=news,
            value=self._harmless(value, LONGEST_VALUE),
        )

    def _of_line(self, slot: Slot) -> ShownFact:
        if slot.line is None or slot.ref is None:
            return ShownFact(slot=slot.name, what="placeholder", sure="", news=False, value="")
        what = {Part.VALUE: "line, quote", Part.SPEAKER: "speaker, name", Part.TIME: "line, time"}
        value = self._values.of_line(slot.line, slot.ref.part)
        return ShownFact(
            slot=slot.name,
            what=what[slot.ref.part],
            sure="",
            news=False,
            value=self._harmless(value, LONGEST_LINE),
        )

    def _line(self, slot: Slot, speakers: dict[str, str]) -> ShownLine:
        line = slot.line
        assert line is not None  # noqa: S101 - slots of lines alone come here
        by = speakers.get(speaker_key(line), "") if one_line(line.speaker) else ""
        time = f"T{slot.name[1:]}"
        known = time in self._offer.slots
        at = self._values.of_line(line, Part.TIME) if known else ""
        return ShownLine(
            slot=slot.name,
            by=f"{{{by}}} = {self._harmless(line.speaker, LONGEST_LINE)}" if by else "",
            at=f"{{{time}}} = {at}" if known else "",
            text=self._harmless(line.text, LONGEST_LINE),
        )

    def _harmless(self, text: str, longest: int) -> str:
        """On one line, without braces that would look like slots, cut where it shows."""
        parts = self._hole.split(one_line(text)) if self._hole else [one_line(text)]
        # Of the parts every second one is a hole.
        plain = "".join(p if n % 2 else p.translate(_BRACES) for n, p in enumerate(parts))
        return plain if len(plain) <= longest else f"{plain[:longest].rstrip()}…"


def name_of(language: Language) -> str:
    return "simplified Chinese" if language == "zh" else "English"


def slot_text(pieces: Iterable[str | Ref | Slot]) -> str:
    """A sentence as its writer wrote it, slots in braces."""
    return "".join(f"{{{p.name}}}" if isinstance(p, Slot) else str(p) for p in pieces)
