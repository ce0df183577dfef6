"""What is one claim of a text, and how does it stand to the record?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ...domain.communication import Reason
from ...domain.prose import Standing
from ..comparing import squeezed
from .atoms import Moment
from .index import ENDS, Index
from .lexicon import Mark
from .polarity import Polar, polars
from .reading import Reading, Span
from .statements import Statement

_WHEN = re.compile(
    r"\b(?:when|as|since|after|before|until|by|raise|raised|set off) (?:the |an )?(?:\w+ )?$"
)
_SHOULD = re.compile(r"\b(?:should|would|must|is meant to|ought to|supposed to)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One claim: the words that make it, the ids of the facts and events it was held to, and why."""

    kind: str
    words: str
    standing: Standing
    evidence: tuple[str, ...] = ()
    reason: Reason | None = None


def because(code: str, **values: str) -> Reason:
    """Why a claim does not stand; its sentence is in `prompts/reasons.yaml`."""
    return Reason(code=code, values=values)


@dataclass(frozen=True)
class Told:
    """A sentence as it is judged: what it says, what is recorded, and what the rest of its text notes."""

    reading: Reading
    index: Index
    zones: tuple[str, ...] = ()
    """Zones that the text names anywhere: a note at its foot holds for all its times."""
    text: list[Reading] = field(default_factory=list, repr=False)

    @cached_property
    def polars(self) -> list[Polar]:
        return polars(self.reading)

    @cached_property
    def _advised(self) -> list[Span]:
        marks = self.reading.within(self.reading.whole, "advice")
        return [self.reading.clause(mark.start) for mark in marks]

    @cached_property
    def before(self) -> list[Reading]:
        """The sentences of the text that were read before this one, the nearest first."""
        at = next((n for n, r in enumerate(self.text) if r is self.reading), 0)
        return self.text[:at][::-1]

    def limits_in(self, span: Span) -> list[Mark]:
        """Words for a limit; `when the alarm fired` tells what happened."""
        text = self.reading.text
        return [
            m
            for m in self.reading.within(span, "thresholds")
            if not _WHEN.search(text[max(0, m.start - 22) : m.start])
            or _SHOULD.search(text[max(0, m.start - 30) : m.start])
        ]

    def moments_in(self, span: Span) -> list[Moment]:
        """The clock times that a part of the sentence names."""
        moments = self.reading.moments
        return [m for m in moments if m.minute is not None and span[0] <= m.start < span[1]]

    def is_advice(self, at: int) -> bool:
        """Whether the clause there asks the reader to do something; the others still claim."""
        return any(start <= at < end for start, end in self._advised)

    def is_quoted(self, at: int) -> bool:
        """Whether somebody's own words stand there, which are held to the record as they are."""
        return any(q.start <= at < q.end for q in self.reading.quotes)

    @property
    def is_all_advice(self) -> bool:
        return bool(self._advised) and len(set(self._advised)) == len(self.reading.clauses)

    @cached_property
    def is_across(self) -> bool:
        """Whether the record is written in the other language, so that most words cannot be looked for."""
        return not self.index.is_written_in(self.is_chinese)

    @cached_property
    def is_verbatim(self) -> bool:
        """Whether a sentence of an event is this very one."""
        return squeezed(self.reading.text).rstrip(ENDS) in self.index.sentences

    @cached_property
    def is_hedged(self) -> bool:
        return bool(self.reading.within(self.reading.whole, "hedges"))

    @cached_property
    def is_chinese(self) -> bool:
        text = self.reading.text
        return sum(c >= "\u4e00" for c in text) * 4 > len(text)

    def supported(self, kind: str, start: int, end: int, found: Iterable[Statement | str]) -> Claim:
        return self._claim(kind, start, end, Standing.SUPPORTED, found, None)

    def contradicted(
        self, kind: str, start: int, end: int, found: Iterable[Statement | str], reason: Reason
    ) -> Claim:
        return self._claim(kind, start, end, Standing.CONTRADICTED, found, reason)

    def unsupported(self, kind: str, start: int, end: int, reason: Reason) -> Claim:
        return self._claim(kind, start, end, Standing.UNSUPPORTED, (), reason)

    def _claim(
        self,
        kind: str,
        start: int,
        end: int,
        standing: Standing,
        found: Iterable[Statement | str],
        reason: Reason | None,
    ) -> Claim:
        ids = (f if isinstance(f, str) else f.id for f in found)
        return Claim(
            kind=kind,
            words=self.reading.shown(start, end),
            standing=standing,
            evidence=tuple(dict.fromkeys(ids))[:5],
            reason=reason,
        )
