"""What would one have without this? Plain BM25 over the same words, titles twice, earlier reports alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.tokens.normal import normal
from knowledge.tokens.words import Cutter
from pipeline.recurrence.case import Case

from ..retrieval.measures import DEPTH


class Plain:
    """k1 1.5 and b .75, over the whole corpus as `bm25s` counts it: it even knows how rare a word will be."""

    def __init__(self, reports: Sequence[Case]) -> None:
        import bm25s

        self._cutter, self._reports = Cutter(), reports
        self._index = bm25s.BM25(k1=1.5, b=0.75)
        texts = [self._words(f"{r.title}\n{r.title}\n{r.text}") for r in reports]
        self._index.index(texts, show_progress=False)

    def ranked(self, question: Case) -> list[str]:
        asked = self._words(f"{question.title}\n{question.text}")
        scores = self._index.get_scores(asked) if asked else np.zeros(len(self._reports))
        order = np.argsort(-scores, kind="stable")
        earlier = (self._reports[at] for at in order if scores[at] > 0)
        found = []
        for report in earlier:
            if report.at < question.at and report.id != question.id:
                found.append(report.id)
            if len(found) == 2 * DEPTH:
                break
        return found

    def _words(self, text: str) -> list[str]:
        return self._cutter.words(normal(text))
