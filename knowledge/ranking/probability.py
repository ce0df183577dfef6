"""How likely is it that an article helps? A logistic model over its signs, learnt from judged questions.

`probability.json` holds it, with how it was learnt; `python -m evals calibrate` learns it anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .signs import Sign

FILE = "probability.json"
# No public set has people's words on articles. Chosen so that one "this solved it" on the same words
# makes even odds nine to one, and one "did not help" the other way round: an article that fits well is silenced
# by several people, not by one. The share of all its verdicts counts about as much as a third of that.
TOLD = {Sign.SOLVED: 2.2, Sign.REFUSED: -2.2, Sign.HELPED: 0.7}


@dataclass(frozen=True, kw_only=True)
class Model:
    """Log-odds are `intercept` and the weighted signs; `fits_from` is the probability from which an
    article is shown to people. `near` is what the cosine adds, of an article in the question's language
    when the vectors were asked."""

    intercept: float
    weights: Mapping[Sign, float]
    fits_from: float
    near: Near | None = None

    def probability(self, signs: Mapping[Sign, float]) -> float:
        odds = self.intercept + sum(w * signs[sign] for sign, w in self.weights.items())
        if self.near and signs[Sign.SAME_LANGUAGE]:
            odds = self.near.odds(odds, signs[Sign.COSINE])
        odds += sum(w * signs[sign] for sign, w in TOLD.items())
        return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


@dataclass(frozen=True, kw_only=True)
class Near:
    """How the words' log-odds and the cosine make one."""

    intercept: float
    words: float
    cosine: float

    def odds(self, by_words: float, cosine: float) -> float:
        return self.intercept + self.words * by_words + self.cosine * cosine


@cache
def model(*, vectors: bool) -> Model:
    """The one that was learnt with the vectors' word, or without."""
    told = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    words, near = told["words"], told["vectors"]
    return Model(
        intercept=words["intercept"],
        weights={Sign(name): weight for name, weight in words["weights"].items()},
        fits_from=near["fits_from"] if vectors else words["fits_from"],
        near=Near(**near["weights"]) if vectors else None,
    )
