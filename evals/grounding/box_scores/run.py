"""`python -m evals grounding --data DIR` on texts about box scores: recall and precision of marked errors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from .items import items_in
from .judging import scored
from .matched import BEST, TYPES


def metrics_in(folder: Path) -> dict[str, Any]:
    """The figures with each sentence held to those whom it names; those with the sheet as a whole
    beside them. Raises ValueError and OSError for a folder that is no such set."""
    items = items_in(folder)
    if not items:
        raise ValueError(f"{folder}: holds no texts")
    scores = {way: score.as_metrics() for way, score in scored(items).items()}
    return {
        **scores["by_subject"],
        "whole_sheet": scores["whole_sheet"],
        "best_published": BEST,
        "texts": len(items),
    }


def show(metrics: Mapping[str, Any]) -> None:
    console = Console()
    title = f"{metrics['texts']} texts, {metrics['errors']} marked errors"
    table = Table(title=title)
    for column in ("held to", "recall", "between", "precision", "between", "reports"):
        table.add_column(column)
    for name, one in (
        ("who is named", metrics),
        ("whole sheet", metrics["whole_sheet"]),
    ):
        table.add_row(name, *_row(one, "recall"), *_row(one, "precision"), str(one["reports"]))
    best = metrics["best_published"]
    table.add_row("best published", f"{best['recall']:.3f}", "", f"{best['precision']:.3f}", "", "")
    console.print(table)
    console.print(_types(metrics["by_type"]))
    sentences = metrics["sentences"]
    for name in ("found", "stopped_clean"):
        told = sentences[name]
        console.print(f"sentences, {name}: {told['share']:.3f} of {told['of']}")


def _row(one: Mapping[str, Any], name: str) -> tuple[str, str]:
    low, high = one[f"{name}_between"]
    return f"{one[name]:.3f}", f"{low:.3f}–{high:.3f}"


def _types(by_type: Mapping[str, Any]) -> Table:
    table = Table(title="by type; found: by a report of any type")
    for column in ("type", "errors", "found", "between", "recall", "reports", "precision"):
        table.add_column(column)
    for type_ in TYPES:
        one = by_type[type_]
        precise = "" if one["precision"] is None else f"{one['precision']:.3f}"
        found = _row(one, "found")
        table.add_row(
            *(type_, str(one["errors"]), *found, f"{one['recall']:.3f}"),
            *(str(one["reports"]), precise),
        )
    return table
