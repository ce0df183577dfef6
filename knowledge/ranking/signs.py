"""By which signs can one tell whether an article helps, whatever the question and the library?

An order says which article is the best one here; these say whether the best one is any good.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from ..tokens.terms import Field
from .features import Feature
from .rank import Order, Ranked
from .weights import JUDGED


class Sign(StrEnum):
    """`…_said` are as in `features.py`, and so are the last four."""

    WORDS_SAID = "words_said"
    OPENING_SAID = "opening_said"
    NAMES_SAID = "names_said"
    NAMES_ASKED = "names_asked"
    """1 when the question has identifiers or names of products."""
    CONCEPTS_SAID = "concepts_said"
    TITLE_SAID = "title_said"
    TITLE_WHOLE = "title_whole"
    SCORE = "score"
    """All evidence together, in tens."""
    BEHIND = "behind"
    """How far this is behind the first."""
    ABOVE = "above"
    """How far this is above the sixth to tenth, which nobody asked for."""
    PART = "part"
    """Its part of the ten best, by the exponent of the score."""
    LENGTH = "length"
    """Logarithm of the question's different words."""
    SAME_LANGUAGE = "same_language"
    COSINE = "cosine"
    SOLVED = "solved"
    REFUSED = "refused"
    HELPED = "helped"


_SAME = {
    Sign.WORDS_SAID: Feature.WORDS_SAID,
    Sign.OPENING_SAID: Feature.OPENING_SAID,
    Sign.NAMES_SAID: Feature.NAMES_SAID,
    Sign.CONCEPTS_SAID: Feature.CONCEPTS_SAID,
    Sign.TITLE_SAID: Feature.TITLE_SAID,
    Sign.TITLE_WHOLE: Feature.TITLE_WHOLE,
    Sign.COSINE: Feature.VECTORS,
    Sign.SOLVED: Feature.SOLVED,
    Sign.REFUSED: Feature.REFUSED,
    Sign.HELPED: Feature.HELPED,
}
SEEN = 10
"""Articles of an order that are compared."""


def signs(order: Order, at: int) -> dict[Sign, float]:
    """Of the article in this place. The order must hold ten articles where there are ten."""
    one = order.ranked[at]
    scores = np.array([_unjudged(ranked) for ranked in order.ranked[:SEEN]])
    own = _unjudged(one)
    tail = float(scores[5:].mean()) if len(scores) > 5 else 0.0
    parts = np.exp(scores - scores[0])
    return {sign: one.features[feature] for sign, feature in _SAME.items()} | {
        Sign.NAMES_ASKED: float(Field.NAMES in order.reached),
        Sign.SCORE: own / 10,
        Sign.BEHIND: float(scores[0] - own) / 10,
        Sign.ABOVE: (own - tail) / 10,
        Sign.PART: float(np.exp(own - scores[0]) / parts.sum()),
        Sign.LENGTH: float(np.log1p(order.question.words)),
        Sign.SAME_LANGUAGE: float(one.same_language),
    }


def _unjudged(ranked: Ranked) -> float:
    """Its score without what people said of it, which has signs of its own."""
    return ranked.score - sum(weight * ranked.features[f] for f, weight in JUDGED.items())
