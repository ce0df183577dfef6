"""What does the guard report of each text? Held to the whole sheet, and to the part that a sentence tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.guard.claims import Index, Judged, Lexicon, Reader, indexed, judge
from prompts import ROOT, read_texts

from .items import Item
from .matched import Score
from .reported import Report, reported
from .subjects import Cast

WORDS = Path(__file__).parent / "words.yaml"


def reader() -> Reader:
    """Of incidents' words and the sport's."""
    words = {"lexicon/box_scores.yaml": WORDS.read_text(encoding="utf-8")}
    return Reader(Lexicon.load({**read_texts(ROOT), **words}))


@dataclass(frozen=True)
class Held:
    """One text and its sheet."""

    item: Item
    reader: Reader

    @cached_property
    def sentences(self) -> list[Judged]:
        return judge(self.item.text, indexed(self.item.sheet.record(), self.reader))

    def to_all(self) -> Iterator[tuple[Judged, list[Report]]]:
        """Any number of the game may be anybody's."""
        for judged in self.sentences:
            yield judged, list(reported(self.item, judged, judged.start))

    def to_its_own(self) -> Iterator[tuple[Judged, list[Report]]]:
        """A sentence is held to the numbers of those whom it names."""
        indexes: dict[frozenset[str], Index] = {}
        told = Cast(self.item.sheet).each([j.text for j in self.sentences])
        for whole, whom in zip(self.sentences, told, strict=True):
            if whom not in indexes:
                indexes[whom] = indexed(self.item.sheet.record(whom or None), self.reader)
            reports: list[Report] = []
            for judged in judge(whole.text, indexes[whom]):
                reports += reported(self.item, judged, whole.start + judged.start)
            yield whole, reports


def scored(items: Sequence[Item]) -> dict[str, Score]:
    read, scores = reader(), {"whole_sheet": Score(), "by_subject": Score()}
    for item in items:
        held = Held(item, read)
        _add(scores["whole_sheet"], item, list(held.to_all()))
        _add(scores["by_subject"], item, list(held.to_its_own()))
    return scores


def _add(score: Score, item: Item, told: list[tuple[Judged, list[Report]]]) -> None:
    score.add(item.errors, [report for _, reports in told for report in reports])
    for judged, reports in told:
        words = item.words_of(judged.start, judged.end)
        tally = score.wrong if any(e.words & words for e in item.errors) else score.clean
        tally.add(bool(reports))
