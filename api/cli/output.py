"""How is an answer shown? As a table for people, or as JSON for programs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 400
_MICROSECONDS = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?(?:Z|\+00:00)")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def as_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201


def say(sentence: str) -> None:
    """For people only: stderr, so that a pipe gets nothing but data."""
    print(sentence, file=sys.stderr)  # noqa: T201


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Plain cells: what came from outside is never read as markup."""
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
    _console().print(made)


def pairs(values: Mapping[str, object]) -> None:
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_header=False, pad_edge=False)
    for name, value in values.items():
        made.add_row(Text(name, style="bold"), Text(_cell(value)))
    _console().print(made)


def _console() -> Console:
    """As wide as the terminal; wide enough for every cell where there is none."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=WIDE)


def _cell(value: object) -> str:
    """Terminals obey control characters, so a ticket's title must bring none."""
    text = "" if value is None else _MICROSECONDS.sub(r"\1Z", str(value))
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def line(text: str = "") -> None:
    """A line of an answer that is no table."""
    print(_cell(text))  # noqa: T201


def cut(text: str, most: int) -> str:
    """On one line, with `…` where something is left out."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"
