"""`heliograph report`: the post-incident report of a major incident, as text or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say

HELP = """The post-incident report of a major incident, in Markdown.

It is drafted from the record the first time it is asked for. What code computed is as the record is now;
what people wrote in the console stands beside it. Each edition is cut for its readers.

Examples:

    heliograph report INC-9602

    heliograph report INC-9602 --edition executives --language zh

    heliograph report INC-9602 --to report.pdf
"""


def add_to(app: typer.Typer) -> None:
    app.command("report", help=HELP)(report)


def report(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Its number or id.")],
    edition: Annotated[
        Literal["engineers", "executives", "outside"], typer.Option(help="For whom it is cut.")
    ] = "engineers",
    language: Annotated[Literal["zh", "en"], typer.Option(help="Of its text.")] = "en",
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it there; .md, .html, .docx or .pdf."),
    ] = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """See `HELP`."""
    ending = to.suffix.removeprefix(".").lower() if to else "md"
    if ending not in ("md", "html", "docx", "pdf"):
        raise CommandFailed(f"{to}: a report ends with .md, .html, .docx or .pdf", 2)
    wanted = {"edition": edition, "language": language}
    with connected(data_dir) as send:
        path = address("incidents", incident, "report")
        send("POST", path, body={})
        if json_:
            as_json(send("GET", path, params=wanted))
            return
        content = send("GET", f"{path}/file", params={**wanted, "format": ending})
    if to is None:
        say(content.decode())
        return
    to.write_bytes(content)
    say(f"written: {to}")
