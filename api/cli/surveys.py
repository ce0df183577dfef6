"""`heliograph surveys`: how people said it went, as figures or as a table."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

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
    kind: Annotated[
        str | None, typer.Option(help="Only of this kind: repair, or informed (major incidents).")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Answers, newest first; with --json also the figures of each day.

    Example: `heliograph surveys list --low --kind informed --since 2026-08-01`
    """
    params: dict[str, Any] = {"limit": limit, "low": low}
    params |= {name: one for name, one in (("since", since), ("kind", kind)) if one}
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/surveys", params=params)
    if json_:
        as_json(found)
        return
    rows = [
        (
            a["answered_at"],
            a["kind"],
            a["score"],
            a["incident"],
            a["group"] or "",
            a["comment"] or "",
        )
        for a in found["answers"]
    ]
    columns = ("answered", "kind", "score", "ticket", "group", "comment")
    table(columns, rows, "Nobody answered yet.")


@commands.command("unasked")
def unasked(
    ticket: Annotated[str, typer.Argument(help="Its number or id.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Who was not asked about a ticket or a major incident, and why.

    Example: `heliograph surveys unasked INC-9602`
    """
    with connected(data_dir) as send:
        found = send("GET", f"/api/v1/surveys/unasked/{quote(ticket, safe='')}")
    if json_:
        as_json(found)
        return
    rows = [(u["decided_at"], u["kind"], u["person"], u["reason"]["en"]) for u in found]
    table(("decided", "kind", "person", "why not"), rows, "Nobody was left out.")
