"""How well does each document's field answer the question's terms? BM25, with a length rule of our own.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), formula 3.15; the
idf is Lucene's, which is never negative. The two parameters of each field were chosen on the public
sets, see `evals/tried.md`: bodies want more of the length rule than the usual .75.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..tokens.terms import Field
from .postings import Numbers, Postings, keys_of


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`saturation` is k1: how much a repeated term adds; `by_length` is b: how much a long field loses."""

    saturation: float
    by_length: float


RULES = {
    Field.WORDS: Rule(saturation=2.5, by_length=0.95),
    Field.BIGRAMS: Rule(saturation=1.5, by_length=0.9),
    Field.PAIRS: Rule(saturation=2.5, by_length=0.95),
    Field.LEAD: Rule(saturation=1.2, by_length=0.6),
    Field.NAMES: Rule(saturation=1.5, by_length=0.9),
    Field.CONCEPTS: Rule(saturation=1.5, by_length=0.9),
    Field.TITLE: Rule(saturation=1.2, by_length=0.5),
    Field.TITLE_PAIRS: Rule(saturation=1.2, by_length=0.5),
    Field.GENERATED: Rule(saturation=1.2, by_length=0.5),
    Field.SOLVED: Rule(saturation=1.2, by_length=0.5),
    Field.REFUSED: Rule(saturation=1.2, by_length=0.5),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question's terms of one field, weighed by how rare they are in all that is searched."""

    keys: NDArray[np.uint64]
    weights: Numbers
    """idf times how often the question says it."""
    idf: Numbers
    mean_length: float

    @classmethod
    def of(cls, terms: Counter[str], parts: list[Postings]) -> Asked:
        keys = keys_of(terms)
        documents = sum(len(part.lengths) for part in parts)
        having = np.zeros(len(keys))
        for part in parts:
            having += part.frequencies(part.rows(keys))
        idf = np.log1p((documents - having + 0.5) / (having + 0.5))
        said = np.fromiter(terms.values(), np.float64)
        length = sum(float(part.lengths.sum()) for part in parts)
        return cls(
            keys=keys, weights=idf * said, idf=idf, mean_length=max(length / max(documents, 1), 1.0)
        )

    @property
    def ceiling(self) -> float:
        """What a document would score that said each term without end, times 1 + k1."""
        return float(self.weights.sum())


def scores(asked: Asked, field: Field, part: Postings) -> Numbers:
    """BM25 of each document [N]."""
    rule = RULES[field]
    which, docs, counts = part.occurrences(part.rows(asked.keys))
    length = 1 - rule.by_length + rule.by_length * part.lengths[docs] / asked.mean_length
    gain = counts * (rule.saturation + 1) / (counts + rule.saturation * length)
    return _summed(docs, asked.weights[which] * gain, part)


def coverage(asked: Asked, part: Postings) -> Numbers:
    """Which share of the question each document says [N], 0 to 1, rare terms counting more."""
    which, docs, _ = part.occurrences(part.rows(asked.keys))
    return _summed(docs, asked.idf[which], part) / max(float(asked.idf.sum()), 1e-9)


def _summed(docs: NDArray[np.int32], gains: Numbers, part: Postings) -> Numbers:
    return np.bincount(docs, gains, minlength=len(part.lengths)).astype(np.float64)
