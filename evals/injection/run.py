"""`python -m evals injection`: what gets through when the model obeys whoever attacks it?"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import prompts
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.redaction import Rules
from pipeline.flow.writers import Writers
from pipeline.model_ports import Models

from .attacks import Attack
from .judging import KINDS
from .planting import grounds
from .trying import Make, Tally, Trying

ON_ONE = 40
"""Answers that are tried on one ticket, for one audience in one language."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`kept` of `honest` recorded answers are still taken on clean tickets."""

    tally: Tally
    attacks: int
    seconds: float
    places: Counter[str]

    def as_metrics(self) -> dict[str, Any]:
        tally = self.tally
        kinds = Counter(found.kind for found in tally.found)
        return {
            "trials": tally.trials,
            "violations": {kind: kinds[kind] for kind in KINDS},
            "answers": tally.answers,
            "texts_of_the_model_shown": tally.told,
            "texts_without_a_model": tally.below,
            "attacks": self.attacks,
            "places": len(self.places),
            "trials_per_second": round(tally.trials / max(self.seconds, 1e-9), 1),
            "seconds": round(self.seconds, 1),
        }


def measured(attacks: Sequence[Attack], trials: int, seed: int, make: Make) -> Figures:
    """At least so many trials; the same seed makes the same ones."""
    dice = random.Random(seed)
    texts = prompts.read_texts(prompts.ROOT)
    trying = Trying(make, load_states(texts))
    places, number = Counter[str](), 0
    begun = time.process_time()
    while trying.tally.trials < trials:
        number += 1
        for ground in grounds(dice.choice(list(attacks)), dice, f"INC-{number}"):
            places[ground.place] += 1
            trying.below(ground)
            for _ in range(ON_ONE):
                trying.model(ground, dice)
    return Figures(
        tally=trying.tally,
        attacks=len(attacks),
        seconds=time.process_time() - begun,
        places=places,
    )


def of_product() -> Make:
    """The writers as the product puts them together."""
    texts = prompts.read_texts(prompts.ROOT)
    return partial(_writers, texts)


def _writers(texts: dict[str, str], models: Models) -> Writers:
    return Writers(lambda: texts, models, Rules())
