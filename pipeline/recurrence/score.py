"""How near is an earlier case, and how sure is it that both are one failure? Sums of named parts, learnt from judged pairs.

`weights.json` has two sets: `near` orders what is shown (a report about the same matter is worth seeing), `same`
decides whether two cases are one failure (log-odds), learnt by `python -m evals learn-links`. `near` was set on half of
a public set of bug reports.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .signature import Signature
from .signs import Sign

Parts = Mapping[Sign, float]


@dataclass(frozen=True, kw_only=True)
class Learnt:
    near: Parts
    same: Parts
    intercept: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """An earlier case with what speaks for it. `odds` are the log-odds that it is the same failure."""

    earlier: Signature
    signs: Parts
    near: float
    odds: float

    @property
    def probability(self) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.odds))))

    def parts(self) -> dict[Sign, float]:
        """What each sign adds to the log-odds, the weightiest first; with the intercept they add up."""
        told = {sign: learnt().same.get(sign, 0.0) * value for sign, value in self.signs.items()}
        return dict(sorted(told.items(), key=lambda one: -abs(one[1])))


@cache
def learnt() -> Learnt:
    held = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Learnt(
        near={Sign(name): float(weight) for name, weight in held["near"].items()},
        same={Sign(name): float(weight) for name, weight in held["same"].items()},
        intercept=float(held["intercept"]),
    )


def scored(earlier: Signature, signs: Parts) -> Scored:
    weights = learnt()
    return Scored(
        earlier=earlier,
        signs=signs,
        near=_sum(weights.near, signs),
        odds=weights.intercept + _sum(weights.same, signs),
    )


def _sum(weights: Parts, signs: Parts) -> float:
    return sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
