"""By which signs can one tell whether an article helps, whatever the question and the library?

An order says which article is the best one here; these say whether the best one is any good.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from ..tokens.terms import Field
from .features import Feature
from .rank import Order


class Sign(StrEnum):
    """`…_share`: a field's BM25 as a share of the highest that the question allows."""

    WORDS_SAID = "words_said"
    WORDS_SHARE = "words_share"
    LEAD_SHARE = "lead_share"
    PAIRS_SAID = "pairs_said"
    OPENING_SAID = "opening_said"
    NAMES_SAID = "names_said"
    NAMES_ASKED = "names_asked"
    """1 when the question has identifiers or names of products."""
    CONCEPTS_SAID = "concepts_said"
    TITLE_SAID = "title_said"
    TITLE_SHARE = "title_share"
    TITLE_WHOLE = "title_whole"
    SCORE = "score"
    """All evidence together, in tens."""
    MARGIN = "margin"
    """How far the next article is behind, in tens."""
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
    Sign.PAIRS_SAID: Feature.PAIRS_SAID,
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
_SHARES = {
    Sign.WORDS_SHARE: Field.WORDS,
    Sign.LEAD_SHARE: Field.LEAD,
    Sign.TITLE_SHARE: Field.TITLE,
}
SEEN = 10
"""Articles of an order that are compared."""


def signs(order: Order, at: int) -> dict[Sign, float]:
    """Of the article in this place. The order must hold ten articles where there are ten."""
    one = order.ranked[at]
    scores = np.array([ranked.score for ranked in order.ranked[:SEEN]])
    after = scores[at + 1] if at + 1 < len(scores) else 0.0
    tail = float(scores[5:].mean()) if len(scores) > 5 else 0.0
    parts = np.exp(scores - scores[0])
    own = {field: one.features[Feature(field)] * order.reached.get(field, 0.0) for field in Field}
    return (
        {sign: one.features[feature] for sign, feature in _SAME.items()}
        | {sign: own[field] for sign, field in _SHARES.items()}
        | {
            Sign.NAMES_ASKED: float(Field.NAMES in order.reached),
            Sign.SCORE: one.score / 10,
            Sign.MARGIN: float(one.score - after) / 10,
            Sign.BEHIND: float(scores[0] - one.score) / 10,
            Sign.ABOVE: (one.score - tail) / 10,
            Sign.PART: float(np.exp(one.score - scores[0]) / parts.sum()),
            Sign.LENGTH: float(np.log1p(order.question.words)),
            Sign.SAME_LANGUAGE: float(one.same_language),
        }
    )
