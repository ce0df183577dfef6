"""`heliograph replay`: what would have been told of incidents that others have published."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .connection import CommandFailed, DataDir
from .output import AsJson, as_json, pairs, say, table
from .replay_own import RulesPlace, TemplatesPlace
from .replay_own import replay as replay_again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ..replay.reading import Refusal
    from ..replay.rows import Row
    from ..replay.run import Outcome

ROWS = "messages.jsonl"
SCHEMA = "messages.schema.json"
AUDIENCES = "affected,public"
MOST_SHOWN = 20

HELP = """
Run published histories of incidents through today's rules and texts, on a simulated clock.

Takes the form of public status pages: `{"id", "title", "impact", "components", "end", "updates":
[{"at", "status", "text"}]}`, one incident a line. Maintenance is left out. Their words are quoted;
what a history does not record is not claimed. Rules, texts, zone and desk are those of the
settings; nothing is sent, and your data folder is not touched.

DIR/messages.jsonl has a row for each message, DIR/messages.schema.json its JSON Schema. The report
counts messages, findings (in our own words, and in quoted ones), and promises made, kept and broken.

A line that cannot be played is refused, with its number and the reason: one that is no history, has
the id of another, or times that nobody can have meant, as after a slip in a year. The others are
played, and the command ends with 1.

With `--incident` a ticket of your own runs again, with its real readers: what was sent then, and
what these rules and texts would send, message by message. Other rules are a folder, a file or a
version; other texts a folder. Nothing is sent.

Examples:

    heliograph replay incidents.jsonl --to var/replay

    heliograph replay --incident INC-9527 --rules my-rules
"""


def add_to(app: typer.Typer) -> None:
    app.command(help=HELP)(replay)


def replay(
    history: Annotated[
        Path | None, typer.Argument(help="A .jsonl file, one incident a line.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="An empty folder for what would be told.")
    ] = None,
    until: Annotated[
        str, typer.Option(help="Stop the clock here, such as 2023-05-09T12:00:00Z.")
    ] = "",
    audiences: Annotated[
        str, typer.Option(help="Whom to tell: of affected, public, leaders, front_line, owner.")
    ] = AUDIENCES,
    spoil: Annotated[
        bool, typer.Option("--spoil", help="Spoil it on purpose, to see that the checks find it.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0 for one each processor.")] = 0,
    incident: Annotated[
        str, typer.Option("--incident", help="A ticket of our own, instead of a file.")
    ] = "",
    rules: RulesPlace = None,
    templates: TemplatesPlace = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    if incident:
        replay_again(incident, rules, templates, data_dir, json_=json_)
        return
    if history is None or to is None:
        raise CommandFailed("name a file and `--to DIR`, or a ticket with `--incident INC-…`", 2)
    published(history, to, until, audiences, spoil=spoil, jobs=jobs, json_=json_)


def published(
    history: Path, to: Path, until: str, audiences: str, *, spoil: bool, jobs: int, json_: bool
) -> None:
    """Histories that others have published."""
    from pipeline.settings import Settings

    from ..replay.reading import read
    from ..replay.shards import processors, run
    from ..replay.spoiling import Spoiling

    told, end = _audiences(audiences), _moment(until)
    lines = read(history)
    _refuse_used(to)
    _tell(lines.refused)
    began = time.monotonic()
    with _ending(), _shown(len(lines.histories)) as advance:
        outcome = run(
            lines.histories,
            Settings(),
            audiences=told,
            until=end,
            spoiling=Spoiling() if spoil else None,
            jobs=jobs or processors(),
            progress=advance,
        )
    seconds = time.monotonic() - began
    _write(to, outcome.rows)
    _answer(_report(outcome, lines.refused, seconds), to, json_)


def _answer(report: dict[str, Any], folder: Path, json_: bool) -> None:
    as_json(report) if json_ else _print(report, folder)
    if n := len(report["refused"]):
        lines = "1 line was" if n == 1 else f"{n:,} lines were"
        raise CommandFailed(f"{lines} refused; the others were played")


def _tell(refused: Sequence[Refusal]) -> None:
    """At once: whoever corrects the file need not wait for the others."""
    for refusal in refused[:MOST_SHOWN]:
        say(str(refusal))
    if len(refused) > MOST_SHOWN:
        say(f"and {len(refused) - MOST_SHOWN:,} more; --json names them all")


@contextmanager
def _ending() -> Iterator[None]:
    """Told to end, it leaves no process and no folder behind."""
    from concurrent.futures.process import BrokenProcessPool

    from ..replay.ending import stoppable

    try:
        with stoppable():
            yield
    except BrokenProcessPool:
        raise CommandFailed(
            "a process of this run was ended from outside, as for want of memory; try --jobs 1"
        ) from None


def _moment(text: str) -> datetime | None:
    from pydantic import TypeAdapter, ValidationError

    from pipeline.domain.times import Instant
    from pipeline.domain.unfit_values import in_words

    if not text:
        return None
    try:
        moment: datetime = TypeAdapter(Instant).validate_python(text)
    except ValidationError as wrong:
        sentence = in_words(wrong.errors()[0])
        raise CommandFailed(f"--until {text}: {sentence}", 2) from None
    return moment


def _audiences(text: str) -> tuple[str, ...]:
    from pipeline.policy.audiences import ROLES

    # Those whom major incidents alone concern, and whoever has to act; a replay has no ticket's technician.
    known = [
        name for name, of in ROLES.items() if of.of_major and (not of.of_ticket or name == "owner")
    ]
    chosen = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in chosen:
        if name not in known:
            raise CommandFailed(f"--audiences: {name} is none of {', '.join(known)}", 2)
    if not chosen:
        raise CommandFailed(f"--audiences: names nobody; known: {', '.join(known)}", 2)
    return chosen


def _refuse_used(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        used = any(folder.iterdir())
    except OSError as unusable:
        raise CommandFailed(f"{folder} cannot be used: {unusable.strerror}") from None
    if used:
        raise CommandFailed(f"{folder} is not empty; name an empty or a new folder")


class _shown:  # noqa: N801  used like a function
    """A bar on a terminal, nothing elsewhere."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._total = total

    def __enter__(self) -> Any:
        self._bar.start()
        task = self._bar.add_task("Playing", total=self._total)
        return lambda n: self._bar.advance(task, n)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def _write(folder: Path, rows: Iterable[Row]) -> None:
    """Whole, or not at all."""
    import json

    from ..replay.rows import schema

    lines = "".join(json.dumps(row.as_json(), ensure_ascii=False) + "\n" for row in rows)
    _put(folder / ROWS, lines)
    _put(folder / SCHEMA, json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")


def _put(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _report(outcome: Outcome, refused: Sequence[Refusal], seconds: float) -> dict[str, Any]:
    from collections import Counter

    return {
        "incidents": outcome.incidents,
        "left_out": outcome.left_out,
        "refused": [refusal.as_json() for refusal in refused],
        "messages": dict(sorted(Counter(row.kind for row in outcome.rows).items())),
        "findings": {"ours": dict(outcome.ours), "quoted": dict(outcome.quoted)},
        "promises": {"made": outcome.made, "kept": outcome.kept, "broken": outcome.broken},
        "seconds": round(seconds, 2),
    }


def _print(report: dict[str, Any], folder: Path) -> None:
    promises, findings = report["promises"], report["findings"]
    pairs(
        {
            "incidents": f"{report['incidents']:,}",
            "left out (maintenance, or nothing said)": f"{report['left_out']:,}",
            "lines refused": f"{len(report['refused']):,}",
            "messages": f"{sum(report['messages'].values()):,}",
            "promises": ", ".join(f"{n:,} {what}" for what, n in promises.items()),
            "findings in our own words": f"{sum(findings['ours'].values()):,}",
            "findings in quoted words": f"{sum(findings['quoted'].values()):,}",
            "seconds": report["seconds"],
        }
    )
    say("")
    rows = [("message", kind, n) for kind, n in report["messages"].items()]
    for whose in ("ours", "quoted"):
        rows += [(f"finding ({whose})", rule, n) for rule, n in sorted(findings[whose].items())]
    table(("what", "which", "times"), rows, "Nothing was told.")
    say(f"Every message is in {folder / ROWS}.")
