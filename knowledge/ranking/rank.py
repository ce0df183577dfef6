"""In which order do articles answer a question? The weighted sum of what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .features import ORDER, Evidence, Feature
from .weights import WEIGHTS, Weights


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """An article with its score, which is comparable within one question alone, and what it rests on."""

    id: str
    score: float
    features: dict[Feature, float]


def rank(evidence: Evidence, *, chinese: bool, limit: int) -> list[Ranked]:
    """The best first, at most `limit`; of equal ones the one whose id sorts first. `chinese` is the
    question's language; an article that shares nothing with it is left out."""
    if not evidence.ids:
        return []
    same, other = _column(WEIGHTS[chinese, True]), _column(WEIGHTS[chinese, False])
    agrees = evidence.chinese == chinese
    scores = np.where(agrees, evidence.values @ same, evidence.values @ other)
    told = evidence.values[:, [ORDER[feature] for feature in _TELLING]].any(axis=1)
    scores = np.where(told, scores, -np.inf)
    depth = min(limit, len(scores))
    best = np.argpartition(-scores, depth - 1)[:depth]
    order = sorted(best, key=lambda at: (-scores[at], evidence.ids[at]))
    return [
        Ranked(
            id=evidence.ids[at],
            score=float(scores[at]),
            features={feature: float(evidence.values[at, n]) for feature, n in ORDER.items()},
        )
        for at in order
        if np.isfinite(scores[at])
    ]


_TELLING = tuple(feature for feature in Feature if feature is not Feature.LENGTH)


def _column(weights: Weights) -> np.ndarray:
    return np.array([weights.get(feature, 0.0) for feature in Feature])
