"""`python -m evals grounding`: how many planted errors are found, how many true sentences are stopped?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from .both import print_both
from .box_scores import run as box_scores
from .box_scores.items import is_one
from .folders import rows_in
from .measured import Figures, measured
from .opinion_prompts import write_prompts
from .opinions import read_opinions
from .rows import Row, read_rows

SET = Path(__file__).parent / "set"


def run(
    judged: Path | None, data: Path | None, *, as_json: bool, opinions: Sequence[Path] = ()
) -> None:
    """Prints a table, or JSON. Raises ValueError and OSError for a set that is none."""
    if opinions:
        _with_opinions(judged, opinions, as_json=as_json)
    elif as_json:
        print(json.dumps({"metrics": metrics_of(judged, data)}, indent=2, ensure_ascii=False))
    elif judged is None and data is not None and is_one(data):
        box_scores.show(box_scores.metrics_in(data))
    else:
        figures = figures_of(judged, data)
        _print(figures, figures.as_metrics())


def prompts_of(judged: Path | None, folder: Path, texts: int | None, seed: int) -> int:
    """Writes out what a model would be asked about marked texts. How many were written."""
    rows = [row for row in _rows(judged, None) if row.sentences]
    return write_prompts(rows, folder, texts, seed)


def _with_opinions(judged: Path | None, files: Sequence[Path], *, as_json: bool) -> None:
    """Of the texts alone for which there is an answer, so that both columns are about the same."""
    rows = _rows(judged, None)
    said = read_opinions(files, rows)
    figures = measured([r for r in rows if r.id in said.doubted], spoil=False, doubted=said.doubted)
    metrics = figures.as_metrics() | {
        "opinions": {"answers": len(said.doubted), "unfit": dict(said.unfit), "older": said.older}
    }
    if as_json:
        print(json.dumps({"metrics": metrics}, indent=2, ensure_ascii=False))
    else:
        print_both(figures, said)


def metrics_of(judged: Path | None, data: Path | None) -> dict[str, Any]:
    """Raises ValueError and OSError for a set that is none."""
    if judged is None and data is not None and is_one(data):
        return box_scores.metrics_in(data)
    return figures_of(judged, data).as_metrics()


def figures_of(judged: Path | None, data: Path | None) -> Figures:
    """Of outside rows, of a folder of public incidents, or without either of our own set."""
    rows = _rows(judged, data)
    if not rows:
        raise ValueError(f"{judged or data or SET}: holds no texts")
    return measured(rows, spoil=judged is None)


def _rows(judged: Path | None, data: Path | None) -> list[Row]:
    if judged is not None:
        return read_rows(judged)
    if data is not None:
        return rows_in(data)
    return [row for file in sorted(SET.glob("*.jsonl")) for row in read_rows(file)]


def _print(figures: Figures, metrics: dict[str, Any]) -> None:
    table = Table(title=f"{metrics['texts']} texts, {metrics['trials']} trials")
    for column in ("way", "language", "found", "of", "between"):
        table.add_column(column)
    for name, tallies in (("", figures.found), (" (by code)", figures.spoiled)):
        for (way, language), tally in sorted(tallies.items()):
            low, high = tally.between
            table.add_row(
                way + name,
                language,
                f"{tally.share:.3f}",
                str(tally.asked),
                f"{low:.3f} to {high:.3f}",
            )
    for language, tally in sorted(figures.clean.items()):
        low, high = tally.between
        table.add_row(
            "true, stopped",
            language,
            f"{tally.share:.3f}",
            str(tally.asked),
            f"{low:.3f} to {high:.3f}",
        )
    console = Console()
    console.print(table)
    console.print(f"{metrics['ms_per_rendition']} ms a text")
