"""How much does each sign say that two cases are one failure? Learnt from made streams, near what people would say.

A logistic model whose weights are drawn to PRIOR: made streams show how signs go together, and not how often
each occurs in life. A sign whose weight would turn against its meaning is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.recurrence.judging import judge
from pipeline.recurrence.likeness import Sign
from pipeline.recurrence.past import MemoryPast
from pipeline.recurrence.signature import Signer

from ..chains.rows import case_of
from ..chains.streams import failures, made

SEEDS = (1, 2)
"""Apart from the seeds by which `chains` judges."""
TICKETS = 600
PRIOR = {
    Sign.TEXT: 2.0,
    Sign.TITLE: 1.0,
    Sign.WORDING: 3.0,
    Sign.TITLE_IN_TEXT: 1.0,
    Sign.TEXT_IN_TITLE: 1.0,
    Sign.MEANING: 1.0,
    Sign.SHARED: 2.5,
    Sign.SYMPTOM: 1.5,
    Sign.SAME_THING: 2.0,
    Sign.TEMPLATE: 1.0,
    Sign.CODE: 5.0,
    Sign.HOST: 3.0,
    Sign.SYSTEM: 2.0,
    Sign.VERSION: 0.5,
    Sign.SERVICE: 1.2,
    Sign.CATEGORY: 0.2,
    Sign.SITE: 0.2,
    Sign.OTHER_LANGUAGE: 1.5,
    Sign.TIME: 1.5,
    Sign.HOUR: 0.7,
    Sign.CHANGE: 1.0,
    Sign.CODE_DIFFERS: -7.0,
    Sign.HOST_DIFFERS: -7.0,
    Sign.SYSTEM_DIFFERS: -3.0,
    Sign.WORD_DIFFERS: -8.0,
    Sign.SYMPTOM_DIFFERS: -2.0,
    Sign.SERVICE_DIFFERS: -0.7,
    Sign.CATEGORY_DIFFERS: -0.7,
    Sign.ASKS_DIFFERS: -1.5,
}
_INTERCEPT, _DRAWN, _STEPS = -8.0, 0.06, 25
Numbers = NDArray[np.float64]


def learn(to: Path) -> None:
    """Writes `same` and `intercept` into the weights; `near` stays as it is."""
    values, same = _pairs(_streamed())
    left_out: list[int] = []
    weights = _fitted(values, same, left_out)
    left_out = [
        at for at, sign in enumerate(Sign) if (weights[at] < 0) != sign.value.endswith("differs")
    ]
    weights = _fitted(values, same, left_out)
    held = json.loads(to.read_text(encoding="utf-8"))
    held["same"] = {
        sign.value: round(float(weights[at]), 3)
        for at, sign in enumerate(Sign)
        if at not in left_out
    }
    held["intercept"] = round(float(weights[-1]), 3)
    to.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _streamed() -> Iterator[tuple[dict[Sign, float], bool]]:
    signer, names = Signer(), [failure["name"] for failure in failures()]
    for seed in SEEDS:
        for language in ("zh", "en", "mixed"):
            stream, past = made(seed, language, TICKETS, names), MemoryPast()
            for row in stream.rows:
                if row["event"] == "opened":
                    signature = signer.sign(case_of(row))
                    chain = stream.chain_of.get(signature.id)
                    for one in judge(past, signature).similar:
                        other = stream.chain_of.get(one.earlier.id)
                        if not (signature.asks and one.earlier.asks):
                            yield dict(one.signs), chain is not None and chain == other
                    past.add(signature)


def _pairs(streamed: Iterator[tuple[dict[Sign, float], bool]]) -> tuple[Numbers, Numbers]:
    told = list(streamed)
    values = np.array([[signs.get(sign, 0.0) for sign in Sign] for signs, _ in told])
    return values, np.array([float(same) for _, same in told])


def _fitted(values: Numbers, same: Numbers, left_out: Sequence[int]) -> Numbers:
    """Newton's steps; the intercept last."""
    prior = np.array([PRIOR[sign] for sign in Sign] + [_INTERCEPT])
    used: Any = np.column_stack([values, np.ones(len(same))])
    used[:, left_out] = 0.0
    prior[left_out] = 0.0
    drawn = np.append(np.full(len(PRIOR), _DRAWN), 1e-9) * len(same) / 100
    weights = prior.copy()
    for _ in range(_STEPS):
        guessed = 1 / (1 + np.exp(-np.clip(used @ weights, -30, 30)))
        slope = used.T @ (guessed - same) + drawn * (weights - prior)
        curve = (used.T * (guessed * (1 - guessed))) @ used + np.diag(drawn + 1e-9)
        weights = weights - np.linalg.solve(curve, slope)
    return np.asarray(weights, np.float64)
