"""`heliograph services`: the register of services as a table, in and out, and what is missing of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, address, connected
from .log_files import read_files
from .output import AsJson, as_json, cut, say, table

MOST_SHOWN = 40
commands = typer.Typer(
    no_args_is_help=True, help="The register of services: import, export, check."
)


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="services")


@commands.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="CSV in UTF-8 or GBK; `-` is standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Take in a table of services, whole or not at all.

    Services that it does not name stay, and so do columns that it does not have; the same table again
    changes nothing. Exit code 1 when a line is not right.

    Example: `heliograph services import services.csv --dry-run`
    """
    fields = {"dry_run": "true"} if dry_run else {}
    with connected(data_dir) as send:
        path = address("services", "import")
        done = send("POST", path, body=fields, files=_named(read_files([file])), within=120.0)
    if json_:
        as_json(done)
    else:
        _told(done, dry_run=dry_run)
    if done["problems"]:
        raise typer.Exit(1)


@commands.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write it; standard output without one.")
    ] = None,
    gbk: Annotated[
        bool, typer.Option("--gbk", help="For programs that do not read UTF-8.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """All services as CSV that `import` takes; cells that look like formulas are defused."""
    encoding = "gbk" if gbk else "utf-8"
    with connected(data_dir) as send:
        path = address("services", "export")
        content: bytes = send("GET", path, params={"encoding": encoding})
    if file is None:
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as failed:
        raise CommandFailed(f"{file} cannot be written: {failed.strerror}") from None
    say(f"written to {file}")


@commands.command()
def check(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """What is missing before it is needed: critical services first. Exit code 1 when something is."""
    with connected(data_dir) as send:
        found = send("GET", address("services", "missing"))
    if json_:
        as_json(found)
    else:
        from ..console.words import word

        rows = [
            (
                one["id"],
                "critical" if one["critical"] else "",
                ", ".join(word("en", f"gap:{gap}") for gap in one["gaps"]),
                _named_in(one),
            )
            for one in found
        ]
        table(("service", "", "missing", "which"), rows, "Nothing is missing.")
    if found:
        raise typer.Exit(1)


def _named(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """A file without a name would be taken for none."""
    return [(name or "services.csv", content) for name, content in files]


def _named_in(one: dict[str, Any]) -> str:
    return cut(" → ".join(one["circle"]) or ", ".join(one["unknown"]), 80)


def _told(done: dict[str, Any], *, dry_run: bool) -> None:
    if done["problems"]:
        say("Nothing was taken in:")
        for one in done["problems"][:MOST_SHOWN]:
            place = f"line {one['line']}" if one["line"] else "the file"
            say(f"  {place}{', ' + one['column'] if one['column'] else ''}: {one['detail']}")
        left = len(done["problems"]) - MOST_SHOWN + done["more_problems"]
        if left > 0:
            say(f"  and {left} more")
        return
    rows = [
        (step["line"], step["id"], step["outcome"], cut(_difference(step), 100))
        for step in done["steps"][:MOST_SHOWN]
    ]
    if rows:
        table(("line", "service", "", "what"), rows, "")
    if len(done["steps"]) > MOST_SHOWN:
        say(f"and {len(done['steps']) - MOST_SHOWN} more")
    would = "would be " if dry_run else ""
    say(
        f"{done['added']} {would}added, {done['changed']} {would}changed, {done['unchanged']} as before"
    )


def _difference(step: dict[str, Any]) -> str:
    found = (f"{d['column']}: {d['before']!r} → {d['after']!r}" for d in step["differences"])
    return "; ".join(found)
