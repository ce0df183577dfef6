"""How well does each document's field answer the question's terms? BM25, with a length rule of our own.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), formula 3.15; the
idf is Lucene's, which is never negative. The two parameters of each field were chosen on the public
sets, see `evals/tried.md`: bodies want more of the length rule than the usual .75.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..tokens.terms import Field
from .postings import Occurrences, Postings

Column = NDArray[np.float32]

MOST_TERMS, MOST_POSTINGS = 96, 60_000
"""Of a long question the terms that weigh most are asked, as many as are read in a millisecond; the rest
is so common that it would cost time and tell little."""
_LEAST_TERMS = 3


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`saturation` is k1: how much a repeated term adds; `by_length` is b: how much a long field loses."""

    saturation: float
    by_length: float


_USUAL = Rule(saturation=1.2, by_length=0.5)
RULES = dict.fromkeys(Field, _USUAL) | {
    Field.WORDS: Rule(saturation=2.5, by_length=0.95),
    Field.BIGRAMS: Rule(saturation=1.5, by_length=0.9),
    Field.PAIRS: Rule(saturation=2.5, by_length=0.95),
    Field.LEAD: Rule(saturation=1.2, by_length=0.6),
    Field.OPENING: Rule(saturation=1.2, by_length=0.3),
    Field.NAMES: Rule(saturation=1.5, by_length=0.9),
    Field.CONCEPTS: Rule(saturation=1.5, by_length=0.9),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question's terms of one field [T], weighed by how rare they are in all that is searched.

    `weights` is idf times how often the question says it, `rows` where each part keeps the terms.
    """

    terms: Sequence[str]
    keys: NDArray[np.uint64]
    rows: Sequence[NDArray[np.int64]]
    weights: Column
    idf: Column
    mean_length: float

    @classmethod
    def of(cls, terms: Counter[str], keys: NDArray[np.uint64], parts: Sequence[Postings]) -> Asked:
        """`keys` are those of the terms, in their order."""
        rows = [part.rows(keys) for part in parts]
        documents = sum(len(part.lengths) for part in parts)
        having = np.zeros(len(keys))
        for part, own in zip(parts, rows, strict=True):
            having += part.frequencies(own)
        idf = np.log1p((documents - having + 0.5) / (having + 0.5))
        weights = idf * np.fromiter(terms.values(), np.float64)
        kept = np.argsort(-weights, kind="stable")[:MOST_TERMS]
        read = np.cumsum(having[kept])
        kept = kept[: max(int(read.searchsorted(MOST_POSTINGS)), _LEAST_TERMS)]
        length = sum(part.total for part in parts)
        names = list(terms)
        return cls(
            terms=[names[at] for at in kept],
            keys=keys[kept],
            rows=[own[kept] for own in rows],
            weights=weights[kept].astype(np.float32),
            idf=idf[kept].astype(np.float32),
            mean_length=max(length / max(documents, 1), 1.0),
        )

    def ceiling(self, field: Field) -> float:
        """What a document would score that said each term without end."""
        return float(self.weights.sum()) * (1 + RULES[field].saturation)

    def mass(self) -> float:
        return max(float(self.idf.sum()), 1e-9)


class Found:
    """What the documents [N] of one part say of a question."""

    def __init__(self, asked: Asked, field: Field, part: Postings, said: Occurrences) -> None:
        self._asked, self._rule, self._part, self._said = asked, RULES[field], part, said

    def scores(self) -> Column:
        """Their BM25."""
        rule, part, said = self._rule, self._part, self._said
        norm = rule.saturation * (
            1 - rule.by_length + rule.by_length / self._asked.mean_length * part.lengths
        )
        gain = said.counts * (rule.saturation + 1)
        gain /= said.counts + norm.astype(np.float32, copy=False)[said.docs]
        gain *= said.of_each(self._asked.weights)
        return self._summed(gain)

    def said(self) -> Column:
        """Which share of the question each says, 0 to 1, rare terms counting more."""
        idf = self._said.of_each(self._asked.idf)
        return self._summed(idf) / np.float32(self._asked.mass())

    def terms(self) -> Column:
        """How many of the question's terms each says."""
        counted = np.bincount(self._said.docs, minlength=len(self._part.lengths))
        return counted.astype(np.float32)

    def _summed(self, gains: NDArray[np.floating]) -> Column:
        return _summed(self._said.docs, gains, len(self._part.lengths))


def found(asked: Asked, field: Field, part: Postings, rows: NDArray[np.int64]) -> Found | None:
    """None when no document says anything of it. `rows` are the part's own of `asked`."""
    said = part.occurrences(rows)
    return Found(asked, field, part, said) if len(said.docs) else None


def alike(asked: Asked, told: Postings, times: NDArray[np.int32]) -> Column | None:
    """How much each document's tickets are like the question [N], 0 to 1. `asked` is of the articles'
    words, whose rarity is better known than that of a few tickets' words; `times` [N] how many tickets.

    A term counts in full when the square root of the tickets say it: one of a hundred says little.
    """
    said = told.occurrences(told.rows(asked.keys))
    if not len(said.docs):
        return None
    share = np.minimum(said.counts / np.sqrt(np.maximum(times, 1))[said.docs], 1.0)
    gains = said.of_each(asked.idf) * share
    return _summed(said.docs, gains, len(times)) / np.float32(asked.mass())


def _summed(docs: NDArray[np.intp], gains: NDArray[np.floating], size: int) -> Column:
    return np.bincount(docs, gains, minlength=size).astype(np.float32)
