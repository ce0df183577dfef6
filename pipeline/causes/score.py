"""How likely is each candidate, and how likely is it that none of them is the cause? A conditional logit: what is
on record adds up to each one's odds, and "unknown" stands beside them with odds of its own, 1.

`weights.json` is learnt by `python -m evals learn-causes`; each sum starts at its kind's `start`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .candidate import Candidate


@dataclass(frozen=True)
class Weights:
    """By name: `KIND.start`, and `KIND.CODE` for each code of evidence."""

    by_name: Mapping[str, float]

    def sum(self, candidate: Candidate) -> float:
        return sum(
            self.by_name.get(name, 0.0) * value for name, value in features(candidate).items()
        )


def features(candidate: Candidate) -> dict[str, float]:
    kind = candidate.kind.value
    found = {f"{kind}.{one.code.value}": one.weight for one in candidate.evidence}
    return {f"{kind}.start": 1.0, **found}


@cache
def weights() -> Weights:
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    return Weights(json.loads(text))


def probabilities(sums: Sequence[float]) -> tuple[list[float], float]:
    """(of each candidate, that it is none of them); together they are 1."""
    top = max([0.0, *sums])
    odds = [math.exp(one - top) for one in sums]
    unknown = math.exp(-top)
    whole = sum(odds) + unknown
    return [one / whole for one in odds], unknown / whole
