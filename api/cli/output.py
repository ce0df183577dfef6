"""How is an answer shown? As a table for people, or as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def as_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201


def say(sentence: str) -> None:
    """For people only: stderr, so that a pipe gets nothing but data."""
    print(sentence, file=sys.stderr)  # noqa: T201


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Plain cells: what came from outside is never read as markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="bold")
    for n, name in enumerate(columns):
        # The first column is what other commands ask for: never cut.
        made.add_column(name, no_wrap=n == 0, overflow="ignore" if n == 0 else "fold")
    for row in rows:
        made.add_row(*(Text(_cell(value)) for value in row))
    if made.row_count == 0:
        say(empty)
        return
    Console().print(made)


def pairs(values: dict[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_header=False, pad_edge=False)
    for name, value in values.items():
        made.add_row(Text(name, style="bold"), Text(_cell(value)))
    Console().print(made)


def _cell(value: object) -> str:
    """Terminals obey control characters, so a ticket's title must bring none."""
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
