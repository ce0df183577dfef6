"""How does one learn a probability from a few signs? Logistic regression, by Newton's steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_STEPS = 30
_PENALTY = 1e-3
"""Of each weight's square, on signs of variance 1: what tells nothing stays near 0."""


@dataclass(frozen=True, kw_only=True)
class Logistic:
    intercept: float
    weights: Numbers

    def probabilities(self, values: Numbers) -> Numbers:
        odds = self.intercept + values @ self.weights
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def learnt(values: Numbers, right: NDArray[np.bool_], shares: Numbers) -> Logistic:
    """`values` [M, S], whether each case is right [M], how much each case counts [M]."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    signs = np.column_stack([(values - mean) / spread, np.ones(len(values))])
    penalty = np.append(np.full(values.shape[1], _PENALTY), 1e-9)
    counts, weights = shares / shares.sum(), np.zeros(signs.shape[1])
    for _ in range(_STEPS):
        guessed = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (counts * (guessed - right)) + penalty * weights
        curve = (signs.T * (counts * guessed * (1 - guessed))) @ signs + np.diag(penalty)
        weights = weights - np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return Logistic(intercept=float(weights[-1] - plain @ mean), weights=plain)


def expected_error(guessed: Numbers, right: NDArray[np.bool_], bins: int = 10) -> float:
    """How far probabilities are from what came true, over bins of equally many cases."""
    order = np.argsort(guessed, kind="stable")
    apart = [
        len(bin_) * abs(guessed[bin_].mean() - right[bin_].mean())
        for bin_ in np.array_split(order, bins)
        if len(bin_)
    ]
    return float(sum(apart) / len(guessed))
