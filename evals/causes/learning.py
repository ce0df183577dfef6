"""`python -m evals learn-causes`: which weights make the true causes of made streams likeliest? A conditional logit
drawn to the weights that were there, by gradient ascent; "unknown" is an alternative with the sum 0."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.causes.candidate import AGAINST, Code
from pipeline.causes.ranking import candidates
from pipeline.causes.score import features, weights

from .recording import Case, cases
from .streams import made

SEEDS = (1, 2, 3, 4, 5, 6)
INCIDENTS = 250
STEPS, RATE, DRAWN = 1500, 0.15, 0.002
Floats = NDArray[np.float64]


def learn(to: Path) -> None:
    prior = dict(weights().by_name)
    names = sorted(prior)
    known = [case for seed in SEEDS for case in cases(made(seed, INCIDENTS))]
    asked = [_asked(case, names) for case in known]
    start = np.array([prior[name] for name in names])
    found = _fitted([one for one in asked if one is not None], start, names)
    rounded = {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}
    to.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    print(f"{len(known)} incidents, {len(names)} weights in {to}")


def _asked(case: Case, names: Sequence[str]) -> tuple[Floats, int] | None:
    """(features of each candidate and, last, of "unknown"; which is right)."""
    found = candidates(case.seen)
    rows = [[features(one).get(name, 0.0) for name in names] for one in found]
    keys = [one.key for one in found]
    right = keys.index(case.truth) if case.truth in keys else len(keys)
    return np.array([*rows, [0.0] * len(names)]), right


def _fitted(asked: Sequence[tuple[Floats, int]], start: Floats, names: Sequence[str]) -> Floats:
    weigh, momentum, squares = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = -DRAWN * (weigh - start) * len(asked)
        for rows, right in asked:
            sums = rows @ weigh
            shares = np.exp(sums - sums.max())
            slope += rows[right] - (shares / shares.sum()) @ rows
        slope /= len(asked)
        momentum = 0.9 * momentum + 0.1 * slope
        squares = 0.999 * squares + 0.001 * slope**2
        rate = RATE * momentum / (1 - 0.9**step)
        weigh += rate / (np.sqrt(squares / (1 - 0.999**step)) + 1e-8) * min(1.0, 300 / step)
        weigh = _held(weigh, names)
    return weigh


def _held(weigh: Floats, names: Sequence[str]) -> Floats:
    """What is shown as speaking against a candidate never counts for it, nor the other way round."""
    against = {code.value for code in AGAINST}
    for n, name in enumerate(names):
        code = name.partition(".")[2]
        if code in against:
            weigh[n] = min(weigh[n], -0.05)
        elif code in set(Code):
            weigh[n] = max(weigh[n], 0.05)
    return weigh
