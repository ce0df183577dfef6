"""`heliograph knowledge import`: files, folders and pages become articles of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .connection import CommandFailed, DataDir, connected
from .output import AsJson, as_json, cut, say

if TYPE_CHECKING:
    from .article_batches import Imported

MOST_SHOWN = 50
LONGEST_LINE = 400


HELP = """Take in articles: Markdown, HTML, DOCX, PDF, plain text, and CSV or JSON exports.

Front matter (or the columns of an export) may say title, products, audience, language, url,
valid_from and valid_until. Importing again changes only what has changed; what somebody changed
here is kept. An import that was interrupted goes on when it is started again. A file that cannot be
read is told with its place, does not stop the others, and makes the command end with 1.

--prune takes what it is given for all that the source has: it retires the rest. It does nothing when
a file could not be read.

Examples:

    heliograph knowledge import handbook/ --audience everybody

    heliograph knowledge import solutions.json --source desk --prune

    heliograph knowledge import https://kb.example.org/vpn --audience group:sales
"""
Places = Annotated[
    list[str], typer.Argument(metavar="PATH|URL…", help="Files, folders, pages of the web.")
]
Source = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="What they are called together. Default: the folder's name, or the page's host.",
    ),
]
Audience = Annotated[
    list[str] | None,
    typer.Option(
        metavar="LABEL",
        help="Who may read those that do not say it: everybody, staff, group:ID, site:ID, "
        "customer:ID; may be repeated. Default: staff.",
    ),
]
Written = Annotated[
    Literal["zh", "en"] | None, typer.Option(help="Of all of them. Default: as each is written.")
]
Prune = Annotated[bool, typer.Option("--prune", help="Retire what the source no longer has.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read everything, send nothing.")]


def add_to(commands: typer.Typer) -> None:
    commands.command("import", help=HELP)(import_)


def import_(
    places: Places,
    source: Source = None,
    audience: Audience = None,
    language: Written = None,
    prune: Prune = False,
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Read here, taken in by the server; see `HELP`."""
    from pipeline.policy.readers import misspelt

    from .article_batches import Batches
    from .article_places import Reading

    for _, sentence in misspelt(audience or ()):
        raise CommandFailed(f"--audience {sentence}", 2)
    reading = Reading(places, source=source, language=language, data_dir=data_dir)
    if prune:
        reading.check_whole()
    if dry_run:
        done = Batches(None, audience).take_in(reading)
    else:
        with connected(data_dir) as send:
            batches = Batches(send, audience)
            done = batches.take_in(reading)
            if prune:
                batches.prune(reading)
    if json_:
        as_json(done.as_values())
    else:
        _tell(done, staff_only=audience is None)
    if done.unreadable:
        raise typer.Exit(1)


def _tell(done: Imported, *, staff_only: bool) -> None:
    for broken in done.unreadable[:MOST_SHOWN]:
        say(cut(f"not read: {broken.place}: {broken.reason}", LONGEST_LINE))
    if len(done.unreadable) > MOST_SHOWN:
        say(f"… and {len(done.unreadable) - MOST_SHOWN:,} more; --json lists all")
    counted = [f"{n:,} {what}" for what, n in done.counts.items() if n]
    say(", ".join(counted) or "no article was found")
    if done.not_pruned:
        say(f"nothing was retired: {done.not_pruned}")
    if staff_only and done.silent:
        say(
            f"{done.silent:,} of them do not say who may read them, so only staff may. "
            "Say --audience everybody if requesters may, too."
        )
