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

from pipeline.recurrence.signature import Signer
from pipeline.recurrence.signs import Sign
from pipeline.recurrence.watching import Watch

from ..chains.playing import played
from ..chains.streams import made

SEEDS = (1, 2)
"""Apart from the seeds by which `chains` judges."""
TICKETS = 700
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
    Sign.TROUBLE: 1.5,
    Sign.DEED: 1.0,
    Sign.CAUSE: 6.0,
    Sign.CODE: 5.0,
    Sign.HOST: 3.0,
    Sign.SYSTEM: 2.0,
    Sign.VERSION: 0.5,
    Sign.SERVICE: 2.0,
    Sign.CATEGORY: 0.2,
    Sign.SITE: 0.2,
    Sign.OTHER_LANGUAGE: 1.5,
    Sign.TIME: 1.5,
    Sign.MINUTES: 2.0,
    Sign.HOUR: 1.5,
    Sign.CHANGE: 1.0,
    Sign.TROUBLE_DIFFERS: -1.0,
    Sign.CAUSE_DIFFERS: -2.0,
    Sign.CODE_DIFFERS: -7.0,
    Sign.HOST_DIFFERS: -7.0,
    Sign.SYSTEM_DIFFERS: -3.0,
    Sign.WORD_DIFFERS: -8.0,
    Sign.SYMPTOM_DIFFERS: -2.0,
    Sign.SERVICE_DIFFERS: -0.7,
    Sign.CATEGORY_DIFFERS: -0.7,
    Sign.ASKS_DIFFERS: -4.0,
}
_INTERCEPT, _DRAWN, _STEPS = -8.0, 0.06, 25
Numbers = NDArray[np.float64]


def learn(to: Path) -> None:
    """Writes `same` and `intercept` into the weights; `near` stays as it is."""
    pairs = _pairs(_streamed())
    left_out: list[int] = []
    weights = _fitted(pairs, left_out)
    left_out = [
        at for at, sign in enumerate(Sign) if (weights[at] < 0) != sign.value.endswith("differs")
    ]
    weights = _fitted(pairs, left_out)
    held = json.loads(to.read_text(encoding="utf-8"))
    held["same"] = {
        sign.value: round(float(weights[at]), 3)
        for at, sign in enumerate(Sign)
        if at not in left_out
    }
    held["intercept"] = round(float(weights[-1]), 3)
    to.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _streamed() -> Iterator[tuple[dict[Sign, float], bool]]:
    """What each ticket was like when it was opened, and what its cause said when it was closed."""
    signer = Signer()
    for seed in SEEDS:
        for language in ("zh", "en", "mixed"):
            stream = made(seed, language, TICKETS)
            for row, judged in played(stream, Watch(signer)):
                own = stream.chain_of.get(judged.case.id)
                for one in judged.similar:
                    if judged.case.asks and one.earlier.asks:
                        continue
                    if row["event"] == "opened" or one.signs.keys() & _OF_CAUSES:
                        same = own is not None and own == stream.chain_of.get(one.earlier.id)
                        yield dict(one.signs), same


_OF_CAUSES = {Sign.CAUSE, Sign.CAUSE_DIFFERS}
_ONE_IN = 8
"""Of the pairs that are none this many are learnt from, each for eight: there are thirty of them for one."""


def _pairs(streamed: Iterator[tuple[dict[Sign, float], bool]]) -> tuple[Numbers, Numbers, Numbers]:
    told = [
        (signs, same)
        for number, (signs, same) in enumerate(streamed)
        if same or number % _ONE_IN == 0
    ]
    values = np.array([[signs.get(sign, 0.0) for sign in Sign] for signs, _ in told])
    same = np.array([float(same) for _, same in told])
    return values, same, np.where(same > 0, 1.0, float(_ONE_IN))


def _fitted(pairs: tuple[Numbers, Numbers, Numbers], left_out: Sequence[int]) -> Numbers:
    """Newton's steps; the intercept last."""
    values, same, worth = pairs
    prior = np.array([PRIOR[sign] for sign in Sign] + [_INTERCEPT])
    used: Any = np.column_stack([values, np.ones(len(same))])
    used[:, left_out] = 0.0
    prior[left_out] = 0.0
    drawn = np.append(np.full(len(PRIOR), _DRAWN), 1e-9) * worth.sum() / 100
    weights = prior.copy()
    for _ in range(_STEPS):
        guessed = 1 / (1 + np.exp(-np.clip(used @ weights, -30, 30)))
        slope = used.T @ (worth * (guessed - same)) + drawn * (weights - prior)
        curve = (used.T * (worth * guessed * (1 - guessed))) @ used + np.diag(drawn + 1e-9)
        weights = weights - np.linalg.solve(curve, slope)
    return np.asarray(weights, np.float64)
