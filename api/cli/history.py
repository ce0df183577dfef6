"""`heliograph history`: what came before is brought in, and the new is compared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from .connection import CommandFailed, DataDir, connected
from .output import AsJson, as_json, cut, say, table

if TYPE_CHECKING:
    from .history_batches import Brought

commands = typer.Typer(no_args_is_help=True, help="Tickets of the time before Heliograph.")
MOST_SHOWN = 50
SENTENCES = {
    "missing": "says nothing",
    "not_a_time": "is no time",
    "ambiguous_date": "may be two different days; say --dates dmy or --dates mdy",
    "future": "is in the future",
    "ends_before": "is before it was opened",
    "too_long": "is too long",
    "columns": "has more columns than the first line names",
    "not_json": "is no JSON object",
    "unreadable": "has a quotation mark that is not closed",
    "characters": "has characters that cannot be read",
}

HELP = """Take in tickets of the past: CSV, or a JSON object on each line.

Exports of ServiceDesk Plus, Jira and ServiceNow are known by their columns, in English or Chinese,
UTF-8, UTF-16 or GBK. Say --map FIELD=COLUMN for others. Fields: number, title, opened_at (these are
needed), ended_at, text, service, category, site, fix, cause, url.

Nobody is told of them and they are nobody's work: later tickets are compared with them, and show what
helped then. Importing again changes only what has changed, so an import that was interrupted goes on when it
is started again. A row that cannot be used is told with its line, does not stop the others, and makes the
command end with 1.

Examples:

    heliograph history import requests.csv --zone Asia/Shanghai --dry-run

    heliograph history import old.jsonl --source desk --map number=ref --map fix=remedy
"""
Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Files to read.")]
Source = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What they come from: the name of your desk's source, so that its own tickets are "
        "left alone. Default: the product, or the file's name.",
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Which column tells it; may be repeated."),
]
Zone = Annotated[str | None, typer.Option(help="Of times that name none. Default: the settings'.")]
Dates = Annotated[
    Literal["dmy", "mdy"] | None, typer.Option(help="How a date such as 03/04/2025 is meant.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read everything, send nothing.")]
Propose = Annotated[
    bool,
    typer.Option("--propose", help="Compare them among themselves too, and propose their chains."),
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="history")


@commands.command("import", help=HELP)
def import_(
    files: Files,
    source: Source = None,
    map_: Map = None,
    zone: Zone = None,
    dates: Dates = None,
    dry_run: DryRun = False,
    propose: Propose = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Read here, taken in by the server; see `HELP`."""
    from pipeline.settings import load

    from .history_batches import Batches, How

    how = How(
        source=source,
        columns=_mapped(map_ or []),
        zone=zone or load(data_dir=data_dir).zone,
        dates=dates or "",
        propose=propose,
    )
    if dry_run:
        done = Batches(None, how).bring(files)
    else:
        with connected(data_dir) as send:
            done = Batches(send, how).bring(files)
    if json_:
        as_json(done.as_values())
    else:
        _tell(done, dry_run=dry_run)
    if done.broken or done.refused:
        raise typer.Exit(1)


@commands.command("list")
def list_(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Files that were sent up in the browser, and how far they are."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/history/imports")
    if json_:
        as_json(found)
        return
    rows = [
        (
            one["id"],
            one["file"],
            one["source"],
            one["problem"] or one["state"],
            f"{one['read']:.0%}",
            one["counts"]["added"],
            one["counts"]["broken"],
        )
        for one in found
    ]
    columns = ("id", "file", "source", "state", "read", "added", "broken")
    table(columns, rows, "No file was sent up.")


def sentence(broken: dict[str, Any]) -> str:
    said = SENTENCES[broken["code"]]
    what = f"{broken['field']} {said}" if broken["field"] else f"the row {said}"
    return f"line {broken['line']:,}: {what}" + (f": {broken['value']}" if broken["value"] else "")


def _mapped(said: list[str]) -> dict[str, str]:
    pairs = dict(one.partition("=")[::2] for one in said)
    if not all(field and column for field, column in pairs.items()):
        raise CommandFailed("--map is FIELD=COLUMN", 2)
    return pairs


def _tell(done: Brought, *, dry_run: bool) -> None:
    for file, why in done.refused.items():
        say(cut(f"{file} was not read: {why}", 600))
    for file, broken in done.broken[:MOST_SHOWN]:
        say(cut(f"{file}, {sentence(broken)}", 400))
    if len(done.broken) > MOST_SHOWN:
        say(f"… and {len(done.broken) - MOST_SHOWN:,} more; --json lists all")
    for file, line, number in done.twice[:MOST_SHOWN]:
        say(f"{file}, line {line:,}: {number} stood there before; the first one counts")
    counted = [f"{n:,} {what}" for what, n in done.counts.items() if n]
    say(", ".join(counted) or "no ticket was found")
    if dry_run and done.example:
        say("the first one was read so:")
        table(("field", "says"), done.example.items(), "")
