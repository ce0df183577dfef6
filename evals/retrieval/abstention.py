"""Does the search know when it has nothing? Each question asked with its right articles, and without them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge.ranking.probability import model
from knowledge.ranking.signs import signs

from .library import Library
from .measures import auroc, interval
from .sets import Judged

PRECISE = 0.9
_SHOWN = 3
_Surest = tuple[float, bool]


def abstention(judged: Judged, library: Library, *, vectors: bool) -> dict[str, Any]:
    """`coverage_at_90_precision`: which share of the questions with an answer gets one when nine of ten
    first articles shown are right, those without an answer counting as wrong. Questions of the set that
    nothing answers count beside those whose articles were taken away."""
    present = [
        _surest(library, judged.questions[q], judged.gold[q], (), vectors)
        for q in judged.answerable
    ]
    removed = [
        _surest(library, judged.questions[q], (), judged.gold[q], vectors)
        for q in judged.answerable
    ]
    hopeless = [q for q in judged.questions if q not in judged.gold]
    alone = [_surest(library, judged.questions[q], (), (), vectors) for q in hopeless]
    sure = [p for p, _ in present]
    fits_from = model(vectors=vectors).fits_from
    found: dict[str, Any] = {
        "auroc": round(auroc(sure, [p for p, _ in removed + alone]), 3),
        "auroc_between": _between(sure, [p for p, _ in removed + alone]),
        "coverage_at_90_precision": round(_coverage(present, ()), 3),
        "coverage_at_90_precision_of_all": round(_coverage(present, removed + alone), 3),
        "fits_from": fits_from,
        "suggested": _share(present, fits_from),
        "suggested_right": _right(present, fits_from),
        "suggested_without_gold": _share(removed, fits_from),
    }
    if alone:
        found["unanswerable"] = {
            "questions": len(alone),
            "auroc": round(auroc(sure, [p for p, _ in alone]), 3),
            "suggested": _share(alone, fits_from),
        }
    return found


def _surest(
    library: Library,
    question: str,
    gold: Sequence[str] | frozenset[str],
    without: Any,
    vectors: bool,
) -> _Surest:
    order = library.order(question, without=without, vectors=vectors)
    used = model(vectors=vectors)
    return max(
        (
            (used.probability(signs(order, at)), one.id in gold)
            for at, one in enumerate(order.ranked[:_SHOWN])
        ),
        default=(0.0, False),
    )


def _coverage(answerable: Sequence[_Surest], others: Sequence[_Surest]) -> float:
    every = sorted([*answerable, *others], key=lambda one: -one[0])
    precision = np.cumsum([right for _, right in every]) / np.arange(1, len(every) + 1)
    enough = np.flatnonzero(precision >= PRECISE)
    if not len(enough):
        return 0.0
    least = every[int(enough[-1])][0]
    return sum(p >= least for p, _ in answerable) / len(answerable)


def _share(surest: Sequence[_Surest], least: float) -> float:
    return round(float(np.mean([p >= least for p, _ in surest])), 3)


def _right(surest: Sequence[_Surest], least: float) -> float | None:
    """Of those suggested."""
    told = [right for p, right in surest if p >= least]
    return round(float(np.mean(told)), 3) if told else None


def _between(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """95 % of the figures over resampled answerable questions lie here: a question counts by how often
    it looks surer than one without an answer."""
    each = [auroc([p], second) for p in first]
    return [round(x, 3) for x in interval(each)]
