"""What are the figures? Shares with their intervals, by way and language, and the time that a text takes."""

from __future__ import annotations

import math
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.guard.claims import Index, Judged, Lexicon, Reader, indexed, judge
from prompts import ROOT, read_texts

from .rows import Row
from .spoiling import WAYS, Sentence

SEED = 20_261
_WIDTH = 1.96
"""Standard deviations on each side of a 95 % interval."""


@dataclass
class Tally:
    """Of `asked` sentences, how many the guard named wrong."""

    asked: int = 0
    named: int = 0

    def add(self, wrong: bool) -> None:
        self.asked += 1
        self.named += wrong

    @property
    def share(self) -> float:
        return round(self.named / self.asked, 4) if self.asked else 0.0

    @property
    def between(self) -> list[float]:
        """Wilson's interval: it holds for shares near 0 and 1 too."""
        if not self.asked:
            return [0.0, 1.0]
        n, p, z = self.asked, self.named / self.asked, _WIDTH
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return [round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)]

    def as_metrics(self) -> dict[str, Any]:
        return {"share": self.share, "between": self.between, "of": self.asked}


@dataclass
class Doubted:
    """The same when a sentence also counts as named that a model doubts; and texts as they would leave: a model
    is asked only of those that code lets pass whole, `passed_true` and `passed_wrong`."""

    found: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    clean: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    passed_true: Tally = field(default_factory=Tally)
    passed_wrong: Tally = field(default_factory=Tally)
    by_itself: dict[bool, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """What the model doubts, of wrong and of true sentences, whatever code says of them."""

    def as_metrics(self) -> dict[str, Any]:
        clean = summed(self.clean.values())
        return {
            "found": {way: summed(t).share for way, t in _by_way(self.found)},
            "found_between": {way: summed(t).between for way, t in _by_way(self.found)},
            "found_all": summed(self.found.values()).as_metrics(),
            "stopped_clean": clean.share,
            "stopped_clean_between": clean.between,
            "stopped_clean_by_language": {lang: t.share for lang, t in sorted(self.clean.items())},
            "opinion_by_itself": {
                "found": self.by_itself[True].as_metrics(),
                "stopped_clean": self.by_itself[False].as_metrics(),
            },
            "wrong_texts_stopped_that_code_lets_pass": self.passed_wrong.as_metrics(),
            "true_texts_stopped_that_code_lets_pass": self.passed_true.as_metrics(),
        }


@dataclass
class Figures:
    """All tallies of one run: by (way, language), and of the true sentences by language."""

    found: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    spoiled: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    clean: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    took: list[float] = field(default_factory=list)
    with_opinion: Doubted | None = None

    def as_metrics(self) -> dict[str, Any]:
        tallies = self.found or self.spoiled
        whole = summed(self.clean.values())
        doubted = self.with_opinion
        return {
            **({} if doubted is None else {"with_opinion": doubted.as_metrics()}),
            "found": {way: summed(t).share for way, t in _by_way(tallies)},
            "found_between": {way: summed(t).between for way, t in _by_way(tallies)},
            "found_by_language": _by_language(tallies),
            "spoiled_by_code": {way: summed(t).share for way, t in _by_way(self.spoiled)},
            "stopped_clean": whole.share,
            "stopped_clean_between": whole.between,
            "stopped_clean_by_language": {lang: t.share for lang, t in sorted(self.clean.items())},
            "tallies": self._tallies(),
            "ms_per_rendition": round(sum(self.took) / len(self.took), 2) if self.took else 0.0,
            "texts": len(self.took),
            "trials": sum(
                t.asked
                for t in (*self.found.values(), *self.spoiled.values(), *self.clean.values())
            ),
        }

    def _tallies(self) -> list[dict[str, Any]]:
        """Each figure by way and language with its interval, as the report draws them."""
        named = {"found": self.found, "spoiled_by_code": self.spoiled}
        told = [
            {"figure": figure, "way": way, "language": language, **tally.as_metrics()}
            for figure, tallies in named.items()
            for (way, language), tally in sorted(tallies.items())
        ]
        return told + [
            {"figure": "stopped_clean", "language": language, **tally.as_metrics()}
            for language, tally in sorted(self.clean.items())
        ]


def measured(
    rows: Sequence[Row], *, spoil: bool, doubted: Mapping[str, frozenset[int]] | None = None
) -> Figures:
    """Judges every text; with `spoil`, every true sentence is also spoiled in each way that it allows.
    `doubted` are the sentences, by the id of their text, that a model doubts."""
    reader, figures = Reader(Lexicon.load(read_texts(ROOT))), Figures()
    figures.with_opinion = None if doubted is None else Doubted()
    for row in rows:
        index = indexed(row.record, reader)
        judge(row.text, index)  # the index is built as it is first asked
        began = time.process_time()
        judged = judge(row.text, index)
        figures.took.append((time.process_time() - began) * 1000)
        _marked(row, judged, figures)
        if doubted is not None and figures.with_opinion is not None:
            _doubted(row, judged, doubted.get(row.id, frozenset()), figures.with_opinion)
        if spoil:
            _spoiled(row, index, judged, figures)
    return figures


def _marked(row: Row, judged: list[Judged], figures: Figures) -> None:
    sentences = row.sentences or ()
    if not sentences:
        for one in judged:
            figures.clean[row.language].add(one.is_wrong)
        return
    for sentence, named in zip(sentences, _named(row, judged), strict=True):
        if sentence.wrong:
            figures.found[sentence.way or "other", row.language].add(named)
        else:
            figures.clean[row.language].add(named)


def _doubted(row: Row, judged: list[Judged], doubts: frozenset[int], figures: Doubted) -> None:
    for n, (sentence, named) in enumerate(zip(row.sentences, _named(row, judged), strict=True)):
        way = sentence.way or "other"
        tally = figures.found[way, row.language] if sentence.wrong else figures.clean[row.language]
        tally.add(named or n in doubts)
        figures.by_itself[sentence.wrong].add(n in doubts)
    if not any(one.is_wrong for one in judged):
        wrong = any(sentence.wrong for sentence in row.sentences)
        (figures.passed_wrong if wrong else figures.passed_true).add(bool(doubts))


def _named(row: Row, judged: list[Judged]) -> Iterator[bool]:
    """Whether any sentence, as we cut them, that overlaps a marked one is wrong."""
    start = 0
    for sentence in row.sentences:
        place = row.text.find(sentence.text, start)
        if place < 0:
            place = row.text.find(sentence.text)
        if place < 0:
            raise ValueError(f"{row.id}: a marked sentence is not in the text: {sentence.text}")
        end = start = place + len(sentence.text)
        yield any(j.is_wrong for j in judged if j.start < end and place < j.end)


def _spoiled(row: Row, index: Index, judged: list[Judged], figures: Figures) -> None:
    dice = random.Random(f"{SEED}{row.id}")
    wrong = {s.text for s in row.sentences if s.wrong}
    true = [j.text for j in judged if not any(j.text in w or w in j.text for w in wrong)]
    for text in true:
        for way, spoiler in WAYS.items():
            new = spoiler(Sentence(text, row, dice))
            if new is not None and new != text:
                named = any(j.is_wrong for j in judge(new, index))
                figures.spoiled[way, row.language].add(named)


def summed(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(asked=sum(t.asked for t in found), named=sum(t.named for t in found))


def _by_way(tallies: Mapping[tuple[str, str], Tally]) -> Iterator[tuple[str, list[Tally]]]:
    for way in sorted({way for way, _ in tallies}):
        yield way, [t for (name, _), t in tallies.items() if name == way]


def _by_language(tallies: Mapping[tuple[str, str], Tally]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for (way, language), tally in sorted(tallies.items()):
        found.setdefault(language, {})[way] = tally.share
    return found
