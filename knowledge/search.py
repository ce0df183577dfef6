"""Which articles answer this question, for somebody who may see these labels?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from .ranking.rank import Ranked, rank
from .tokens.normal import HAN
from .tokens.terms import Analyser
from .words.index import WordIndex

MOST = 20


class Search:
    """By words alone: no model, no network."""

    def __init__(self, analyser: Analyser, index: WordIndex) -> None:
        self._analyser, self._index = analyser, index

    def articles(
        self, question: str, *, labels: Collection[str] | None, day: date, limit: int = 10
    ) -> list[Ranked]:
        """The best first. An empty question, one of common words alone, and no label find nothing."""
        asked = self._analyser.of_question(question)
        chinese = HAN.search(question) is not None
        return list(
            rank(
                self._index.parts,
                asked,
                labels=labels,
                day=day,
                chinese=chinese,
                limit=min(limit, MOST),
            ).ranked
        )
