"""How far does all that is seen in a sentence speak against it? A logistic model over its signs.

`score.json` holds it, with how it was learnt; `python -m evals fit-guard` learns it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .footed import Signs

FILE = "score.json"


@dataclass(frozen=True, kw_only=True)
class Score:
    """Log-odds that a sentence is wrong are `intercept` and the weighted signs; it is stopped from
    `stops_from` on."""

    intercept: float
    weights: Mapping[str, float]
    stops_from: float

    def odds(self, signs: Signs) -> float:
        return self.intercept + sum(
            value * self.weights.get(name, 0.0) for name, value in signs.items()
        )


@cache
def learnt() -> Score:
    told = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return Score(
        intercept=told["intercept"], weights=told["weights"], stops_from=told["stops_from"]
    )
