"""How good is an order of articles? nDCG@10, recall@5, reciprocal rank; and how sure may one be of them?

Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with binary gains.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

DEPTH = 10
RESAMPLED = 1000


def ndcg(ranked: Sequence[str], gold: Collection[str]) -> float:
    """Of the first ten, 0 to 1."""
    gain = sum(1 / math.log2(n + 2) for n, id_ in enumerate(ranked[:DEPTH]) if id_ in gold)
    ideal = sum(1 / math.log2(n + 2) for n in range(min(DEPTH, len(gold))))
    return gain / ideal


def recall(ranked: Sequence[str], gold: Collection[str], depth: int = 5) -> float:
    return len(set(ranked[:depth]) & set(gold)) / len(gold)


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str]) -> float:
    return next((1 / n for n, id_ in enumerate(ranked[:20], 1) if id_ in gold), 0.0)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % of the means of resampled questions lie here; the same each time."""
    chosen = np.random.default_rng(0).integers(0, len(values), (RESAMPLED, len(values)))
    means = np.asarray(values)[chosen].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """How often an answerable question looks surer than an unanswerable one; ties count half."""
    first, second = np.asarray(answerable), np.sort(np.asarray(unanswerable))
    below = np.searchsorted(second, first, side="left")
    equal = np.searchsorted(second, first, side="right") - below
    return float((below + equal / 2).mean() / len(second))
