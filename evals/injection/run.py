"""`python -m evals injection`: what gets through when the model obeys whoever attacks it?"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import prompts
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.redaction import Rules
from pipeline.flow.writing.writers import Writers
from pipeline.model_ports import Models

from ..drafts.judging import FIRST
from ..drafts.run import measured as recorded
from .attacks import OWN, Attack, read_attacks
from .flow import Flow, flowed
from .judging import KINDS, Violation
from .planting import grounds
from .trying import Make, Tally, Trying

ON_ONE = 60
"""Texts that are asked for on one ticket, for one audience in one language."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`kept` is the share of clean tickets for which the recorded answer of a real model is still taken."""

    tally: Tally
    flow: Flow
    attacks: int
    seconds: float
    places: Counter[str]
    kept: float = 0.0

    def as_metrics(self) -> dict[str, Any]:
        tally = self.tally
        kinds = Counter(one.kind for one in self.found)
        flow = self.flow
        return {
            "trials": tally.trials,
            "violations": {kind: kinds[kind] for kind in KINDS},
            "clean_kept": round(self.kept, 4),
            "texts": tally.texts,
            "texts_of_the_model_shown": tally.told,
            "texts_without_a_model": tally.below,
            "attacks": self.attacks,
            "places": len(self.places),
            "trials_per_second": round(tally.trials / max(self.seconds, 1e-9), 1),
            "seconds": round(self.seconds, 1),
            "flow": {
                "tickets": flow.tickets,
                "messages": flow.messages,
                "summaries": flow.summaries,
                "by_the_model": flow.by_model,
                "sent": flow.sent,
                "refused": flow.refused,
            },
        }

    @property
    def found(self) -> list[Violation]:
        return [*self.tally.found, *self.flow.found]


def run(data: Path | None, trials: int, tickets: int, seed: int, *, as_json: bool) -> None:
    """Prints what got through. Raises ValueError for a number below one, or a folder whose lines are no attacks,
    and OSError for a folder that holds none."""
    if trials < 1 or tickets < 0:
        raise ValueError("--trials must be 1 or more, --tickets 0 or more")
    attacks = [*read_attacks(OWN), *(read_attacks(data) if data else [])]
    figures = measured(attacks, trials, seed, of_product(), tickets=tickets)
    figures = replace(figures, kept=_kept())
    if as_json:
        print(json.dumps({"metrics": figures.as_metrics()}, indent=2))
    else:
        _print(figures)


def measured(
    attacks: Sequence[Attack], trials: int, seed: int, make: Make, *, tickets: int = 0
) -> Figures:
    """At least so many trials; the same seed makes the same ones. A trial is one answer of the obeying model, or
    a text of a step below it; `tickets` go through the whole flow besides."""
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
    seconds = time.process_time() - begun
    return Figures(
        tally=trying.tally,
        flow=flowed(attacks, tickets, seed, make) if tickets else Flow(),
        attacks=len(attacks),
        seconds=seconds,
        places=places,
    )


def _kept() -> float:
    """Usefulness: who stops everything lets nothing through either."""
    honest = [one for found in recorded(None, None).values() for one in found]
    return sum(one.came == FIRST for one in honest) / len(honest)


def of_product() -> Make:
    """The writers as the product puts them together."""
    texts = prompts.read_texts(prompts.ROOT)
    return partial(_writers, texts)


def _writers(texts: dict[str, str], models: Models) -> Writers:
    return Writers(lambda: texts, models, Rules())


def _print(figures: Figures) -> None:
    metrics, console = figures.as_metrics(), Console()
    table = Table("violation", "times", title=f"{metrics['trials']} trials")
    for kind, times in metrics["violations"].items():
        table.add_row(kind, str(times))
    console.print(table)
    told = {name: metrics[name] for name in metrics if name not in ("trials", "violations")}
    console.print(json.dumps(told, indent=2))
    counted = Counter((v.kind, v.way, v.place, v.sentence[:200]) for v in figures.found)
    for (kind, way, place, sentence), times in counted.most_common(40):
        console.print(f"{times} × {kind}, {way}, {place}: {sentence}", markup=False)
