"""`python -m evals drafts`: which share of a model's texts is taken at first, after repair, or not at all?"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

import prompts

from .answering import Answering, Recorded
from .cases import RECORDED, read_cases
from .judging import FALLEN, FIRST, REPAIRED, Outcome, outcomes

WITHIN = 60.0


def run(
    answering: Answering | None, folder: Path | None, *, as_json: bool, within: float = WITHIN
) -> None:
    """Prints a table, or JSON: of a model that is asked now, of a folder of answers, or of all that are recorded.
    Raises ValueError for a folder that holds no answers."""
    by_model = measured(answering, folder, within)
    if as_json:
        told = {model: as_metrics(found) for model, found in by_model.items()}
        print(json.dumps({"metrics": {"models": told}}, indent=2, ensure_ascii=False))
    else:
        _print(by_model)


def measured(
    answering: Answering | None, folder: Path | None, within: float = WITHIN
) -> dict[str, list[Outcome]]:
    """Outcomes by model."""
    cases, texts = read_cases(), prompts.read_texts(prompts.ROOT)
    if answering is not None:
        found = list(outcomes(cases, answering, texts, within))
        names = [a.model for one in found for a in one.answers]
        return {names[0] if names else "no answer": found}
    folders = [folder] if folder else sorted(p for p in (RECORDED / "answers").iterdir())
    by_model = {}
    for of in folders:
        answered = [case for case in cases if (of / f"{case.name}.json").exists()]
        if not answered:
            raise ValueError(f"{of}: answers none of the recorded assignments")
        by_model[of.name] = list(outcomes(answered, Recorded(folder=of), texts, within))
    return by_model


def as_metrics(found: Sequence[Outcome]) -> dict[str, Any]:
    return {
        **_shares(found),
        "by": {
            f"{kind}, {language}": _shares(some)
            for (kind, language), some in _parted(found).items()
        },
        "same_prompt": round(sum(one.same_prompt for one in found) / len(found), 4),
        "stopped_by_guard": [
            {"case": s.case, "rule": s.rule, "words": s.words, "sentence": s.sentence}
            for one in found
            for s in one.stopped
        ],
    }


def _shares(found: Sequence[Outcome]) -> dict[str, Any]:
    came = Counter(one.came for one in found)
    answers = [answer for one in found for answer in one.answers]
    seconds = [sum(a.seconds for a in one.answers) for one in found]
    return {
        "texts": len(found),
        **{name: round(came[name] / len(found), 4) for name in (FIRST, REPAIRED, FALLEN)},
        "codes": dict(Counter(code for one in found for code in one.codes).most_common()),
        "tokens_in": _total([a.tokens_in for a in answers]),
        "tokens_out": _total([a.tokens_out for a in answers]),
        "money": _total([a.money for a in answers]),
        "seconds_median": round(median(seconds), 2),
    }


def _total(counts: Sequence[float | None]) -> float | None:
    known = [count for count in counts if count is not None]
    return round(sum(known), 6) if known and len(known) == len(counts) else None


def _parted(found: Sequence[Outcome]) -> dict[tuple[str, str], list[Outcome]]:
    parts: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in found:
        parts[one.case.assignment.kind, one.case.assignment.language].append(one)
    return dict(sorted(parts.items()))


def _print(by_model: Mapping[str, Sequence[Outcome]]) -> None:
    console = Console()
    columns = ("model", "kind", "language", "texts", "at first", "repaired", "fallen", "tokens")
    table = Table(*columns, "money", "s, median", "why")
    for model, found in by_model.items():
        for (kind, language), some in (("all", ""), found), *_parted(found).items():
            row = _shares(some)
            tokens = f"{row['tokens_in'] or '?'} + {row['tokens_out'] or '?'}"
            why = ", ".join(f"{code} {n}" for code, n in row["codes"].items())
            shares = [f"{row[name]:.2f}" for name in (FIRST, REPAIRED, FALLEN)]
            money = "?" if row["money"] is None else f"{row['money']:.4f}"
            told = (model, kind, language, str(row["texts"]), *shares, tokens)
            table.add_row(*told, money, str(row["seconds_median"]), why)
    console.print(table)
    for found in by_model.values():
        for stopped in (s for one in found for s in one.stopped):
            console.print(
                f"{stopped.case}: {stopped.rule} [{stopped.words}] in: {stopped.sentence}"
            )
        for one in (o for o in found if o.came == FALLEN):
            console.print(f"{one.case.name} fell: {one.why}")
