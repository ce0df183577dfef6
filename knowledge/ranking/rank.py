"""In which order do articles answer a question? The weighted sum of what speaks for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
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
    """An article with its score, which is comparable within one question alone, and what it rests on.
    `ranks` is the place, from 1, that each retriever alone gives it: `words`, `names`, `vectors`."""

    id: str
    score: float
    same_language: bool
    features: Mapping[Feature, float]
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Order:
    """The best first. `reached` is the best score of each field of which anything is asked, as a share
    of the highest that the question allows: how much of it anything here answers. `question` is what was
    asked, as it was weighed."""

    ranked: Sequence[Ranked]
    reached: Mapping[Field, float]
    question: Question


@dataclass(frozen=True, kw_only=True)
class _Scored:
    """The articles of one part [N]: which may be shown and have something to tell, and their scores."""

    part: Part
    told: NDArray[np.bool_]
    score: Column
    by: Mapping[str, Column]
    """What each retriever alone says; 0 and less is nothing."""
    columns: Mapping[Feature, Column]
    agrees: NDArray[np.bool_]

    def best(self, limit: int) -> list[tuple[float, str, _Scored, int]]:
        places = np.flatnonzero(self.told)
        if len(places) > limit:
            # Ties at the edge are taken whole: which of them comes first is decided by the ids.
            edge = np.partition(self.score[places], -limit)[-limit]
            places = places[self.score[places] >= edge]
        ids = self.part.segment.listed
        return [(-float(self.score[at]), ids[at].id, self, at) for at in places.tolist()]


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
    best = _best(columns, shown)
    scored = []
    for part, own, mask in zip(parts, columns, shown, strict=True):
        for feature in own.keys() & best.keys():
            own[feature] = own[feature] / np.float32(best[feature] or 1.0)
        if cosines:
            own[Feature.VECTORS] = _near(part, cosines)
        scored.append(_scored(part, own, mask, chinese=chinese))
    found = sorted((one for part in scored for one in part.best(limit)), key=lambda one: one[:2])
    return Order(
        ranked=[_ranked(home, at, scored) for _, _, home, at in found[:limit]],
        reached={
            field: best[Feature(field.value)] / max(asked.ceiling(field), 1e-9)
            for field, asked in question.asked.items()
        },
        question=question,
    )


def _shown(part: Part, labels: Collection[str] | None, day: date) -> NDArray[np.bool_]:
    return part.alive if labels is None else part.alive & part.segment.readable(labels, day)


def _best(
    columns: Sequence[Mapping[Feature, Column]], shown: Sequence[NDArray[np.bool_]]
) -> dict[Feature, float]:
    """The highest BM25 of each field among what may be shown."""
    return {
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


def _scored(
    part: Part, own: Mapping[Feature, Column], mask: NDArray[np.bool_], *, chinese: bool
) -> _Scored:
    """By the weights of the question's language and the article's."""
    agrees = part.segment.chinese == chinese
    size = part.segment.size
    words, told = np.zeros(size, np.float32), np.zeros(size, np.bool_)
    near = np.zeros(size, np.float32)
    weigh = _weights(agrees, chinese=chinese)
    for feature, column in own.items():
        weighed = weigh(feature) * column
        if feature is Feature.VECTORS:
            near = weighed
            continue
        words += weighed
        if feature not in _SILENT:
            told |= column > 0
    by = {"words": np.where(told, np.maximum(words, np.float32(1e-6)), np.float32(0))}
    for name, feature in (("names", Feature.NAMES), ("vectors", Feature.VECTORS)):
        if feature in own:
            by[name] = own[feature]
    told = (told | (near > 0)) & mask
    return _Scored(
        part=part,
        told=told,
        score=words + near,
        by={name: np.where(told, column, np.float32(0)) for name, column in by.items()},
        columns=own,
        agrees=agrees,
    )


def _weights(
    agrees: NDArray[np.bool_], *, chinese: bool
) -> Callable[[Feature], np.float32 | Column]:
    """What a feature weighs: one number where all articles are of one language, else a column."""
    same, other = WEIGHTS[chinese, True], WEIGHTS[chinese, False]
    agree, differ = bool(agrees.all()), not agrees.any()

    def weight(feature: Feature) -> np.float32 | Column:
        first, second = np.float32(same.get(feature, 0)), np.float32(other.get(feature, 0))
        if agree or first == second:
            return first
        return second if differ else np.where(agrees, first, second)

    return weight


def _ranked(home: _Scored, at: int, everywhere: Sequence[_Scored]) -> Ranked:
    ranks = {}
    for name, column in home.by.items():
        if column[at] > 0:
            before = [
                int(np.count_nonzero(p.by[name] > column[at])) for p in everywhere if name in p.by
            ]
            ranks[name] = 1 + sum(before)
    return Ranked(
        id=home.part.segment.listed[at].id,
        score=float(home.score[at]),
        same_language=bool(home.agrees[at]),
        features={f: float(home.columns[f][at]) if f in home.columns else 0.0 for f in FEATURES},
        ranks=ranks,
    )


def _near(part: Part, cosines: Mapping[str, float]) -> Column:
    column = np.zeros(part.segment.size, np.float32)
    for id_, cosine in cosines.items():
        if id_ in part.segment.place:
            column[part.segment.place[id_]] = max(cosine - FAR, 0.0) / (1 - FAR)
    return column
