"""What is so plain that the learnt probability is held to it?

The model was learnt from questions of some length. Two things it has hardly seen, and service desks see every
day: a title of one word, which any of a dozen articles answers, and a code that a machine gave.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

LITTLE = 0.4
"""At most, for an article that shares one word, or one concept, with the question."""
EXACT = 0.8
"""At least, for an article that says the question's code, as hardly another does."""
SUREST = 0.99
AGREED = 1.5
"""Three people said "did not help" of it, for nearly these words."""
RARE = 2
"""Articles, of those shown, that may say a code that still tells them from the others."""


def held(
    probability: float,
    *,
    shared: int,
    codes: Collection[str],
    others: Sequence[Collection[str]],
    refused: float,
) -> float:
    """`shared` counts the words or concepts of the question that the article says, `codes` are those of its
    codes that it says, `others` the same of every article that is shown, this one too; `refused` is as in
    `features.py`."""
    if refused >= AGREED:
        return min(probability, LITTLE)
    if any(sum(code in said for said in others) <= RARE for code in codes):
        return min(max(probability, EXACT), SUREST)
    return min(probability, SUREST if shared > 1 else LITTLE)
