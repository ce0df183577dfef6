"""`heliograph summarize`: a ticket, or a conversation alone, in a few sentences that can be traced."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import typer

from .connection import CommandFailed, DataDir, address, connected
from .log_files import read_files
from .output import AsJson, as_json, cut, line, say

if TYPE_CHECKING:
    from pipeline.domain.directory import Language

WITHIN = 300.0
"""Seconds: each model of the ladder has its time, one after the other."""
USAGE = 2
UNASKED = (
    "No chat model is asked about a log alone by this command, though HELIOGRAPH_MODEL is set: add the log "
    "to a ticket, or send it to POST /api/v1/summaries."
)
HELP = """Write a summary that says what each of its sentences rests on.

Of a ticket, with its record and the conversations that were added to it: the draft is kept, and can be
edited, released and sent in the console. Or with --log of a conversation alone, without a server and
without a data folder; of that nothing is kept, and no chat model is asked, whatever HELIOGRAPH_MODEL
says: its calls are kept, and counted in its budgets, in a data folder. For a model's words add the log to a
ticket, or send it to POST /api/v1/summaries.

Readers are told only what they may know. `technician` answers what was asked, found and tried, what is
open, who waits for whom, and what was promised; `stakeholder` the effect, the state, the next step and
the next time. Of a log alone, people outside are told of lines that it marks as shown to them; where it
marks none, of those in whose words nothing belongs inside.

The text goes to standard output, everything about it to standard error.

Examples:

    heliograph summarize INC-9527

    heliograph summarize INC-9527 --audience technician --language zh --length long

    heliograph summarize --log bridge.txt --zone Asia/Shanghai --audience technician

    heliograph summarize --log export.zip --now 2026-08-24T18:00 --json
"""
Incident = Annotated[
    str | None, typer.Argument(metavar="INCIDENT", help="The ticket's number or id.")
]
Log = Annotated[
    list[str] | None,
    typer.Option("--log", metavar="FILE", help="A log instead of a ticket; `-` is standard input; may be repeated."),
]  # fmt: skip
Audience = Annotated[
    str,
    typer.Option(
        help="stakeholder (those it concerns), technician, requester, group, owner, affected, public, "
        "leaders, front_line."
    ),
]
Written = Annotated[
    Literal["zh", "en"] | None, typer.Option(help="Default: the settings' language.")
]
Length = Annotated[Literal["short", "normal", "long"], typer.Option(help="How much to read.")]
Kind = Annotated[
    Literal["technician", "stakeholder"] | None,
    typer.Option(help="Which questions it answers. Default: the audience's."),
]
Now = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="For --log: the moment at which it is read, in --zone unless it says its own. Default: now."),
]  # fmt: skip
Zone = Annotated[
    str | None,
    typer.Option(help="In which times are told, and meant where a log names none. Default: the settings'."),
]  # fmt: skip
Format = Annotated[
    str | None,
    typer.Option("--format", help="For --log: its format, if it is not recognised: slack, mail, …"),
]


def add_to(app: typer.Typer) -> None:
    app.command(help=HELP)(summarize)


def summarize(
    incident: Incident = None,
    log: Log = None,
    audience: Audience = "stakeholder",
    language: Written = None,
    length: Length = "normal",
    kind: Kind = None,
    now: Now = None,
    zone: Zone = None,
    format_: Format = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    refuse_mixed(incident, log, now, format_)
    wishes: dict[str, Any] = {
        "audience": audience,
        "language": language,
        "length": length,
        "kind": kind,
        "zone": zone,
    }
    if incident is not None:
        with connected(data_dir) as send:
            path = address("incidents", incident, "summaries")
            made = send("POST", path, body=wishes, within=WITHIN)
    else:
        made = of_log(log or [], {**wishes, "now": now, "format": format_})
    if json_:
        as_json(made)
    else:
        show(made)


def refuse_mixed(
    incident: str | None, log: list[str] | None, now: str | None, format_: str | None
) -> None:
    """Raises CommandFailed unless it is clear what is to be summarised."""
    if incident is None and not log:
        raise CommandFailed("name a ticket, or a log with --log FILE", USAGE)
    if incident is not None and log:
        raise CommandFailed(
            "a ticket or --log, not both: `heliograph conversations add` adds a log to a ticket",
            USAGE,
        )
    if incident is not None and (now or format_):
        raise CommandFailed("--now and --format are for --log alone", USAGE)


def of_log(places: list[str], wishes: dict[str, Any]) -> dict[str, Any]:
    """In this process: no folder is opened and no server asked."""
    from pipeline.drafting.conversation import LogFile
    from pipeline.settings import load
    from pipeline.summary_writing import summarise_log

    from ..logs import configure
    from ..resources.log_shapes import valid
    from ..resources.summary_telling import shape_of_log
    from ..resources.summary_wishes import LogSummaryBody

    settings = load()
    configure("warning", settings.log_format)
    wishes = {name: value for name, value in wishes.items() if value is not None}
    at = wishes.pop("now", None)
    body = valid(LogSummaryBody, wishes)
    wanted = body.wanted(settings, None, body.zone)
    now = None if at is None else moment(at, wanted.zone)
    files = tuple(LogFile(name=name, content=content) for name, content in read_files(places))
    brought = body.brought(files, wanted.zone.key)
    found = summarise_log(brought, wanted, settings=settings, now=now)
    if settings.model or settings.second_model:
        say(UNASKED)
    return shape_of_log(found, wanted.zone.key).model_dump(mode="json")


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A time as people write it; one that names no zone is meant in this one. Raises CommandFailed."""
    from pipeline.domain.times import require_aware

    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        raise CommandFailed(
            f"--now is a time such as 2026-08-24T18:00, not {text}", USAGE
        ) from None
    try:
        return require_aware(said if said.tzinfo else said.replace(tzinfo=zone))
    except ValueError as impossible:
        raise CommandFailed(f"--now {text}: {impossible}", USAGE) from None


def show(made: dict[str, Any]) -> None:
    """Sentences under their questions, each with the numbers of what it rests on."""
    from ..console.words import word

    language: Language = made["language"]
    for problem in made["problems"]:
        say(cut(problem[language], 400))
    if not made["enough"]:
        say(word(language, "There is not enough to summarise."))
        _found(made)
        return
    numbers: dict[str, int] = {}
    section = None
    for sentence in made["sentences"]:
        if sentence["section"] != section:
            section = sentence["section"]
            line(word(language, f"section:{section}"))
        named = [numbers.setdefault(e["id"], len(numbers) + 1) for e in sentence["evidence"]]
        line(f"  {sentence['text']} {''.join(f'[{n}]' for n in named)}".rstrip())
    _evidence(made, numbers)
    _about(made)


def _evidence(made: dict[str, Any], numbers: dict[str, int]) -> None:
    known = {e["id"]: e for sentence in made["sentences"] for e in sentence["evidence"]}
    for id_, n in numbers.items():
        one = known[id_]
        at = f", {_clock(one['at'], made)}" if one["at"] else ""
        if one["kind"] == "fact":
            say(cut(f"[{n}] {one['attribute']}: {one['value']} ({one['status']}{at})", 300))
        else:
            say(cut(f"[{n}] {one['speaker']}{at}: {one['text']}", 300))


def _clock(at: str, made: dict[str, Any]) -> str:
    """In the zone in which the text tells its times."""
    from pipeline.drafting.spoken import at_clock

    written = datetime.fromisoformat(made["as_of"])
    return at_clock(datetime.fromisoformat(at), written, made["zone"], made["language"])


def _found(made: dict[str, Any]) -> None:
    findings = [*made["findings"], *(f for s in made["sentences"] for f in s["findings"])]
    for finding in findings:
        say(cut(f"found: {finding['rule']}: {finding['excerpt'] or finding['detail']}", 300))


def _about(made: dict[str, Any]) -> None:
    _found(made)
    for fall in made["falls"]:
        say(cut(f"{fall['step']} fell: {fall['why']}", 300))
    by = f"{made['step']} ({made['model']})" if made["model"] else made["step"]
    say(f"Written by {by} for {made['audience']} in {made['milliseconds']:,} ms.")
    if made["id"]:
        say(f"Draft {made['id']}: nothing is sent before a person releases it.")
