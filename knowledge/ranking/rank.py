"""In which order do articles answer a question? The weighted sum of what speaks for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..tokens.terms import Field
from ..words.index import Part
from ..words.scoring import Column
from .features import FAR, FEATURES, SCORED, Feature, Question, evidence
from .weights import WEIGHTS

_BY_BEST = tuple(Feature(field.value) for field in SCORED)
_SILENT = frozenset({Feature.LENGTH, Feature.HELPED, Feature.REFUSED})
"""What no article is found by."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """An article with its score, which is comparable within one question alone, and what it rests on."""

    id: str
    score: float
    same_language: bool
    features: Mapping[Feature, float]


@dataclass(frozen=True, kw_only=True)
class Order:
    """The best first. `reached` is the best score of each field as a share of the highest that the
    question allows: it says how much of the question anything here answers."""

    ranked: Sequence[Ranked]
    reached: Mapping[Field, float]


def rank(
    parts: Sequence[Part],
    terms: Mapping[Field, Counter[str]],
    *,
    labels: Collection[str] | None,
    day: date,
    chinese: bool,
    limit: int,
    cosines: Mapping[str, float] | None = None,
) -> Order:
    """At most `limit`; of equal ones the one whose id sorts first. `chinese` is the question's language,
    `labels` are what the reader may see (None: everything), `cosines` the vectors' word.

    An article that shares nothing with the question is left out.
    """
    question = Question(terms, parts)
    columns = evidence(question, parts)
    shown = [_shown(part, labels, day) for part in parts]
    best = {
        feature: max(
            (
                float(own[feature].max(initial=0.0, where=mask))
                for own, mask in zip(columns, shown, strict=True)
                if feature in own
            ),
            default=0.0,
        )
        for feature in _BY_BEST
    }
    candidates: list[Ranked] = []
    for part, own, mask in zip(parts, columns, shown, strict=True):
        for feature in own.keys() & best.keys():
            own[feature] = own[feature] / np.float32(best[feature] or 1.0)
        if cosines:
            own[Feature.VECTORS] = _near(part, cosines)
        candidates += _first(part, own, mask, chinese=chinese, limit=limit)
    candidates.sort(key=lambda one: (-one.score, one.id))
    reached = {
        field: best[Feature(field.value)] / max(asked.ceiling(field), 1e-9)
        for field, asked in question.asked.items()
    }
    return Order(ranked=candidates[:limit], reached=reached)


def _first(
    part: Part, own: Mapping[Feature, Column], mask: NDArray[np.bool_], *, chinese: bool, limit: int
) -> list[Ranked]:
    """The best of one part, by the weights of the question's language and the article's."""
    agrees = part.segment.chinese == chinese
    same, other = WEIGHTS[chinese, True], WEIGHTS[chinese, False]
    score = np.zeros(part.segment.size, np.float32)
    told = np.zeros(part.segment.size, np.bool_)
    for feature, column in own.items():
        weights = np.where(
            agrees, np.float32(same.get(feature, 0)), np.float32(other.get(feature, 0))
        )
        score += weights * column
        if feature not in _SILENT:
            told |= column > 0
    places = np.flatnonzero(told & mask)
    if len(places) > limit:
        # Ties at the edge are taken whole: which of them comes first is decided by the ids.
        edge = np.partition(score[places], -limit)[-limit]
        places = places[score[places] >= edge]
    return [
        Ranked(
            id=part.segment.listed[at].id,
            score=float(score[at]),
            same_language=bool(agrees[at]),
            features={f: float(own[f][at]) if f in own else 0.0 for f in FEATURES},
        )
        for at in places[: 5 * limit].tolist()
    ]


def _shown(part: Part, labels: Collection[str] | None, day: date) -> NDArray[np.bool_]:
    return part.alive if labels is None else part.alive & part.segment.readable(labels, day)


def _near(part: Part, cosines: Mapping[str, float]) -> Column:
    column = np.zeros(part.segment.size, np.float32)
    for id_, cosine in cosines.items():
        if id_ in part.segment.place:
            column[part.segment.place[id_]] = max(cosine - FAR, 0.0) / (1 - FAR)
    return column
