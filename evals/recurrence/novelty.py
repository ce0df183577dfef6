"""Is it known when a report is the first of its matter? Each question with its earlier reports, and without them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.recurrence.judging import Judged, repeats

from ..retrieval.logistic import expected_error
from ..retrieval.measures import auroc

COVERAGE = 0.8
FALSE_RATE = 0.05


def novelty(
    judged: Mapping[str, Judged], gold: Mapping[str, Collection[str]], others: Sequence[Judged]
) -> dict[str, Any]:
    """`right_at_80_coverage`: of the four fifths of all answers that are surest, which share is right, over
    the questions and `others`, reports that nobody marked as repeating one, in the share in which they
    come. `balanced`: over each question, and once more with its earlier reports taken away, which is
    harder than life. `recall_at_5_false`: of the repeating ones, which share is known where one in twenty of
    the others is taken for one."""
    there = [repeats(one.similar) for one in judged.values()]
    gone = [
        repeats(tuple(s for s in one.similar if s.earlier.id not in gold[q]))
        for q, one in judged.items()
    ]
    alone = [repeats(one.similar) for one in others]
    return {
        **_figures(there, alone),
        "questions": len(there),
        "others": len(alone),
        "balanced": _figures(there, gone),
    }


def _figures(repeating: Sequence[float], new: Sequence[float]) -> dict[str, float]:
    sure = np.array([*repeating, *new])
    true = np.array([True] * len(repeating) + [False] * len(new))
    told = sure >= _TOLD
    order = np.argsort(-np.abs(_odds(sure) - _odds(np.array(_TOLD))), kind="stable")
    kept = order[: int(COVERAGE * len(order))]
    limit = float(np.quantile(np.array(new), 1 - FALSE_RATE))
    return {
        "right_at_80_coverage": round(float((told[kept] == true[kept]).mean()), 3),
        "right": round(float((told == true).mean()), 3),
        "auroc": round(auroc(repeating, new), 3),
        "recall_at_5_false": round(float((np.array(repeating) > limit).mean()), 3),
        "calibration_error": round(expected_error(sure, true), 3),
    }


_TOLD = 0.5


def _odds(sure: Any) -> Any:
    return np.log(sure / (1 - sure))
