"""Which words does the guard report? Its wrong claims, as runs of words that share none, with the task's types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.guard.claims import Claim, Judged, Standing

from .items import Item

_WRONG = (Standing.CONTRADICTED, Standing.UNSUPPORTED)
OF_INCIDENTS = frozenset({"state", "activity", "cause", "cure", "service", "identifier"})
"""Kinds of claims that are about services alone; whatever they say of a game is not counted."""
_TYPES = {
    "name": "NAME",
    "time": "NAME",
    "zone": "NAME",
    "number": "NUMBER",
    "duration": "NUMBER",
    "threshold": "NUMBER",
    "comparison": "NUMBER",
}
"""Of the task, by the kind of a claim (a day of the week is a name there); the rest are words."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """Words of a text that the guard holds wrong, counted from 0."""

    words: frozenset[int]
    kind: str

    @property
    def type(self) -> str:
        return _TYPES.get(self.kind, "WORD")


def reported(item: Item, judged: Judged, start: int) -> Iterator[Report]:
    """Of one sentence, which begins at `start` of its text. The task counts a word once: what names
    fewer words goes first, and what overlaps it is dropped."""
    found = [
        Report(words=item.words_of(begin, end), kind=claim.kind)
        for claim, begin, end in _placed(judged, start)
        if claim.standing in _WRONG and claim.kind not in OF_INCIDENTS
    ]
    taken: set[int] = set()
    for report in sorted(found, key=lambda r: (len(r.words), min(r.words, default=0))):
        if report.words and not report.words & taken:
            taken |= report.words
            yield report


def _placed(judged: Judged, start: int) -> Iterator[tuple[Claim, int, int]]:
    """Each claim with where its words stand. A kind makes its claims in the order of the sentence, so
    that of words which occur twice each claim gets its own."""
    after: dict[str, int] = {}
    for claim in judged.claims:
        at = judged.text.find(claim.words, after.get(claim.kind, 0))
        if at < 0:
            at = judged.text.find(claim.words)
        if at >= 0:
            after[claim.kind] = at + len(claim.words)
            yield claim, start + at, start + at + len(claim.words)
