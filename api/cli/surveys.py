"""`heliograph surveys`: how people said it went, as figures or as a table."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, connected
from .output import AsJson, as_json, table

commands = typer.Typer(no_args_is_help=True, help="What people said of how it went.")
Since = Annotated[str | None, typer.Option(help="From this day on, such as 2026-08-01.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="surveys")


@commands.command("list")
def list_(
    since: Since = None,
    low: Annotated[bool, typer.Option("--low", help="Only low scores.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Answers, newest first; with --json also the figures of each day.

    Example: `heliograph surveys list --low --since 2026-08-01`
    """
    params: dict[str, Any] = {"limit": limit, "low": low, **({"since": since} if since else {})}
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/surveys", params=params)
    if json_:
        as_json(found)
        return
    rows = [
        (a["answered_at"], a["score"], a["incident"], a["group"] or "", a["comment"] or "")
        for a in found["answers"]
    ]
    table(("answered", "score", "ticket", "group", "comment"), rows, "Nobody answered yet.")
