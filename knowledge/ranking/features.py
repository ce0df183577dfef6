"""What speaks for an article? Each kind of evidence as a number, comparable between questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import numpy as np

from ..tokens.terms import Field
from ..words.index import Part
from ..words.postings import Postings, keys_of
from ..words.scoring import Asked, Column, Found, alike, found


class Feature(StrEnum):
    """Named like a field: its BM25, as a share of the best article's. `…_SAID`: which share of the
    question the field says, 0 to 1, rare terms counting more."""

    WORDS = Field.WORDS
    BIGRAMS = Field.BIGRAMS
    PAIRS = Field.PAIRS
    LEAD = Field.LEAD
    OPENING = Field.OPENING
    NAMES = Field.NAMES
    CONCEPTS = Field.CONCEPTS
    TITLE = Field.TITLE
    TITLE_PAIRS = Field.TITLE_PAIRS
    GENERATED = Field.GENERATED
    WORDS_SAID = "words_said"
    PAIRS_SAID = "pairs_said"
    OPENING_SAID = "opening_said"
    NAMES_SAID = "names_said"
    CONCEPTS_SAID = "concepts_said"
    TITLE_SAID = "title_said"
    TITLE_WHOLE = "title_whole"
    """Which share of the title the question says."""
    LENGTH = "length"
    """Logarithm of its words over the mean."""
    SOLVED = "solved"
    """How much the tickets that it solved are like the question, squared, so that near ones count: up to 1
    for one of them, and up to 2 for many."""
    REFUSED = "refused"
    """The same of tickets for which somebody said "did not help"."""
    HELPED = "helped"
    """How often it helped, of the times that somebody said so: -1 never, 1 always, 0 unknown."""
    VECTORS = "vectors"
    """The cosine of its nearest passage, from `FAR` on."""


FEATURES = tuple(Feature)
ORDER = {feature: place for place, feature in enumerate(FEATURES)}
SCORED: tuple[Field, ...] = tuple(
    field for field in Field if field not in (Field.SOLVED, Field.REFUSED)
)
FAR = 0.2
"""A cosine that says nothing: of two texts taken at random."""
_SAID = {
    Field.WORDS: Feature.WORDS_SAID,
    Field.PAIRS: Feature.PAIRS_SAID,
    Field.OPENING: Feature.OPENING_SAID,
    Field.NAMES: Feature.NAMES_SAID,
    Field.CONCEPTS: Feature.CONCEPTS_SAID,
    Field.TITLE: Feature.TITLE_SAID,
}
_DOUBT = 2.0
"""Verdicts that an article is thought to have had before anybody gave one, half of them good."""

_A_SENTENCE = 4
"""Words of a title from which saying all of it tells something: everybody says "Outlook"."""


class Question:
    """What is asked, weighed by how rare it is in these parts. Fields of which nothing is asked are
    absent from `asked`."""

    def __init__(self, terms: Mapping[Field, Counter[str]], parts: Sequence[Part]) -> None:
        self.words = len(terms[Field.WORDS])
        """Different ones."""
        # Several fields are asked the same terms.
        keys = {id(counted): keys_of(counted) for counted in terms.values()}
        self.asked = {
            f: Asked.of(terms[f], keys[id(terms[f])], _field(parts, f)) for f in SCORED if terms[f]
        }

    def concepts(self) -> frozenset[str]:
        """The numbers of the glossary's lines that it speaks of."""
        asked = self.asked.get(Field.CONCEPTS)
        return frozenset(asked.terms) if asked else frozenset()

    def weights(self) -> dict[str, float]:
        """What it is about: its words and its concepts, by how rare they are."""
        return {
            term: float(idf)
            for field in (Field.WORDS, Field.CONCEPTS)
            if field in self.asked
            for term, idf in zip(self.asked[field].terms, self.asked[field].idf, strict=True)
        }


def evidence(question: Question, parts: Sequence[Part]) -> list[dict[Feature, Column]]:
    """By part, a column [N] of each feature that says anything; BM25 as it is (see `shares`)."""
    return [dict(_columns(question, at, part)) for at, part in enumerate(parts)]


def _columns(question: Question, at: int, part: Part) -> Iterator[tuple[Feature, Column]]:
    segment = part.segment
    for field, asked in question.asked.items():
        got = found(asked, field, segment.fields[field], asked.rows[at])
        if got is None:
            continue
        yield Feature(field.value), got.scores()
        if field in _SAID:
            yield _SAID[field], got.said()
        if field is Field.TITLE:
            yield Feature.TITLE_WHOLE, _whole(got, segment.fields[field])
    words = question.asked.get(Field.WORDS)
    if words:
        lengths = segment.fields[Field.WORDS].lengths
        yield Feature.LENGTH, np.log((lengths + 1) / np.float32(words.mean_length + 1))
        for feature, field, times in (
            (Feature.SOLVED, Field.SOLVED, segment.helped),
            (Feature.REFUSED, Field.REFUSED, segment.failed),
        ):
            like = alike(words, segment.fields[field], times)
            if like is not None:
                yield feature, like**2 * (2 * times / (times + 1)).astype(np.float32)
    said = segment.helped + segment.failed
    if said.any():
        yield (
            Feature.HELPED,
            ((segment.helped - segment.failed) / (said + _DOUBT)).astype(np.float32),
        )


def _whole(title: Found, field: Postings) -> Column:
    return np.minimum(title.terms() / np.maximum(field.lengths, _A_SENTENCE), 1)


def _field(parts: Sequence[Part], field: Field) -> list[Postings]:
    return [part.segment.fields[field] for part in parts]
