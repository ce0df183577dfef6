"""`heliograph ingest`: events from a file, one CloudEvent a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from ..named_files import MOST_LINES, lines_of, opened, whole
from .connection import CommandFailed, DataDir, Sends, connected
from .output import AsJson, as_json, say

BATCH = 200
MOST_SHOWN = 20
LONGEST_LINE = 4 * 1024 * 1024
TOO_LARGE = 413
Line = tuple[int, dict[str, Any]]


def add_to(app: typer.Typer) -> None:
    app.command()(ingest)


def ingest(
    file: Annotated[str, typer.Argument(help="A .jsonl file, or - for standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check every line, send none.")
    ] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Send events from a file, one CloudEvent (JSON) a line. Empty lines are left out.

    Every line is checked before any is sent, and wrong ones are listed. Sending a file twice is safe:
    what was recorded before is answered as a duplicate. It is sent in batches; when one is refused,
    those before it stay recorded, and the command says from which line to go on.

    Examples:

        heliograph ingest events.jsonl

        zcat events.jsonl.gz | heliograph ingest -
    """
    lines = _checked(_read(file))
    if dry_run:
        counted = {"checked": len(lines)}
    else:
        with connected(data_dir) as send:
            counted = _send_all(send, lines)
    if json_:
        as_json(counted)
    else:
        say(", ".join(f"{n:,} {what}" for what, n in counted.items()))


def _read(file: str) -> Iterator[tuple[int, bytes]]:
    with opened(file, MOST_LINES) as stream:
        for number, line in lines_of(stream, LONGEST_LINE):
            if line.strip():
                yield number, line


def _checked(lines: Iterator[tuple[int, bytes]]) -> list[Line]:
    from datetime import UTC, datetime

    from pipeline.domain.cloudevents import parse
    from pipeline.domain.errors import Malformed

    from ..strict_json import read_json

    now = datetime.now(UTC)
    good: list[Line] = []
    bad: list[str] = []
    for number, line in lines:
        try:
            raw = read_json(whole(line, LONGEST_LINE), field="line")
            parse(raw, now=now)
            good.append((number, raw))
        except Malformed as wrong:
            bad.append(f"line {number}: {wrong}")
    if bad:
        more = [f"and {len(bad) - MOST_SHOWN} more"] if len(bad) > MOST_SHOWN else []
        raise CommandFailed("\n  ".join(["nothing was sent", *bad[:MOST_SHOWN], *more]))
    return good


def _send_all(send: Sends, lines: list[Line]) -> dict[str, int]:
    from rich.console import Console
    from rich.progress import track

    counted = {"accepted": 0, "duplicates": 0}
    batches = [lines[n : n + BATCH] for n in range(0, len(lines), BATCH)]
    shown = track(
        batches, "Sending", console=Console(stderr=True), disable=len(batches) < 3, transient=True
    )
    for batch in shown:
        answer = _send_batch(send, batch)
        duplicates = sum(1 for accepted in answer if accepted["duplicate"])
        counted["duplicates"] += duplicates
        counted["accepted"] += len(answer) - duplicates
    return counted


def _send_batch(send: Sends, batch: list[Line]) -> list[dict[str, Any]]:
    """What became of each. A batch that is over the server's limits goes in halves."""
    body = [raw for _, raw in batch]
    try:
        answer: list[dict[str, Any]] = send(
            "POST", "/api/v1/events", body=body, media_type="application/cloudevents-batch+json"
        )
    except CommandFailed as refused:
        if refused.status == TOO_LARGE and len(batch) > 1:
            half = len(batch) // 2
            return _send_batch(send, batch[:half]) + _send_batch(send, batch[half:])
        where = f"lines {batch[0][0]} to {batch[-1][0]} were refused, those before are recorded"
        raise CommandFailed(f"{where}: {refused}", refused.code) from None
    return answer
