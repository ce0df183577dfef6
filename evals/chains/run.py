"""`python -m evals chains`: do chains come out by their third case, beside the simple rules of the field?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from pipeline.recurrence.proposing import Kind
from pipeline.recurrence.watching import Proposed

from .judging import Counted, count
from .playing import Took, through_memory
from .rows import Stream, as_json, read
from .simple_rules import FourInFourHours, SameLabel
from .streams import Language, made
from .through import through_product

LANGUAGES = ("zh", "en", "mixed")


def run(
    stream: Path | None,
    proposals: Path | None,
    *,
    seeds: Sequence[int],
    tickets: int,
    as_json_: bool,
    learnt: bool = False,
    by_product: bool = False,
) -> None:
    """`by_product` lets each stream go through an installation. Raises ValueError for a stream that is none."""
    streams = (
        [read(stream)]
        if stream
        else [made(s, lang, tickets, held_out=not learnt) for s in seeds for lang in LANGUAGES]  # type: ignore[arg-type]
    )
    shown, told = _measured(streams, through_product if by_product else through_memory)
    if proposals:
        lines = [_line(one) for one in told if one.kind is not Kind.REQUEST]
        proposals.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if as_json_:
        print(json.dumps(shown, indent=2))
    else:
        _print(shown)


def write(path: Path, seed: int, language: Language, tickets: int) -> None:
    """A stream of the generator as a file, its rows with the chain that each belongs to."""
    stream = made(seed, language, tickets, held_out=True)
    rows = [
        {**row, "chain": stream.chain_of.get(row["id"])} if row["event"] == "opened" else row
        for row in stream.rows
    ]
    path.write_text("".join(f"{line}\n" for line in as_json(rows)), encoding="utf-8")


def _measured(
    streams: Sequence[Stream], propose: Callable[[Stream, Took], list[Proposed]]
) -> tuple[dict[str, Any], list[Proposed]]:
    all_ = Counted()
    told: list[Proposed] = []
    took: Took = []
    languages: dict[str, Counted] = {}
    rules = {"four_in_four_hours": Counted(), "same_label": Counted()}
    for stream in streams:
        print(f"{stream.name}: {stream.tickets} tickets", file=sys.stderr)
        for over in stream.passed_over:
            print(f"{stream.name}, {over}", file=sys.stderr)
        proposed = propose(stream, took)
        told += proposed
        count(all_, stream, proposed)
        count(languages.setdefault(stream.name.split("-")[0], Counted()), stream, proposed)
        for name, rule in (("four_in_four_hours", FourInFourHours()), ("same_label", SameLabel())):
            opened = (rule.opened(row) for row in stream.rows if row["event"] == "opened")
            count(rules[name], stream, [one for one in opened if one])
    kinds = [one.kind.value for one in told]
    return {
        "metrics": {
            **all_.figures(),
            "p50_ms": round(float(np.percentile(took, 50)), 1),
            "p95_ms": round(float(np.percentile(took, 95)), 1),
        },
        "rows_passed_over": sum(len(stream.passed_over) for stream in streams),
        "kinds": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "streams": {name: counted.figures() for name, counted in languages.items()},
        "intervals": all_.intervals(),
        "manners": all_.by_kind(),
        "missed": {name: times for name, times in all_.missed.most_common() if times},
        "rules": {name: counted.figures() for name, counted in rules.items()},
    }, told


def _line(proposed: Proposed) -> str:
    told = {
        "at": proposed.at.isoformat(),
        "members": list(proposed.members),
        "kind": proposed.kind.value,
    }
    return json.dumps(told, ensure_ascii=False)


def _print(shown: dict[str, Any]) -> None:
    table = Table(title="chains")
    columns = (
        *("proposed_by_third", "false_per_1000", "median_cases_to_proposal", "proposed_at_all"),
        *("proposed_again", "chains", "tickets"),
    )
    for name in ("who", *columns):
        table.add_column(name)
    all_ = {"ours": shown["metrics"], **shown["streams"], **shown["rules"]}
    for name, figures in all_.items():
        table.add_row(name, *(str(figures[column]) for column in columns))
    Console().print(table)
    Console().print_json(data={"kinds": shown["kinds"], "missed": shown["missed"]})
