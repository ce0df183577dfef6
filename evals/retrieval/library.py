"""What does the search say to a judged question, also when articles are taken away?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.ports import Indexed, Nearness
from knowledge.ranking.rank import Order, rank
from knowledge.tokens.normal import HAN
from knowledge.tokens.terms import Analyser
from knowledge.words.index import WordIndex

from .sets import Judged

DAY = date(2026, 1, 1)
SEEN = 10
NEAREST = 200


class Library:
    """The articles of a set, indexed in a folder of its own."""

    def __init__(self, judged: Judged, folder: Path, nearness: Nearness | None = None) -> None:
        self._analyser = Analyser()
        self._index = WordIndex(self._analyser, folder)
        self._index.put([Indexed(article=a, version=a.digest) for a in judged.articles])
        self._nearness = nearness
        self._near: dict[str, Mapping[str, float]] = {}

    def order(self, question: str, *, without: Collection[str] = (), vectors: bool = True) -> Order:
        """As if the articles in `without` were not there."""
        parts = []
        for part in self._index.parts:
            alive = part.alive.copy()
            alive[[part.segment.place[id_] for id_ in without if id_ in part.segment.place]] = False
            parts.append(replace(part, alive=alive))
        return rank(
            parts,
            self._analyser.of_question(question),
            labels=None,
            day=DAY,
            chinese=HAN.search(question) is not None,
            limit=2 * SEEN,
            cosines=self._cosines(question) if vectors else None,
        )

    def ids(self, question: str, *, vectors: bool) -> list[str]:
        """The best first, as a reader gets them: nothing is remembered from an earlier question."""
        self._near.clear()
        return [one.id for one in self.order(question, vectors=vectors).ranked]

    def _cosines(self, question: str) -> Mapping[str, float] | None:
        if self._nearness is None:
            return None
        if question not in self._near:
            self._near[question] = self._nearness.nearest(question, NEAREST)
        return self._near[question]
