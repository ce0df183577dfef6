"""`heliograph conversations`: what people said to each other about a ticket."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, address, connected
from .log_files import read_files
from .output import AsJson, as_json, cut, line, say, table

commands = typer.Typer(no_args_is_help=True, help="Logs of mail, chat, desk and calls on a ticket.")
Number = Annotated[str, typer.Argument(metavar="INCIDENT", help="The ticket's number or id.")]
Zone = Annotated[
    str | None, typer.Option(help="Of times that are written without one. Default: the settings'.")
]
Format = Annotated[
    str | None, typer.Option("--format", help="Its format, if it is not recognised: slack, mail, …")
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="conversations")


@commands.command()
def add(
    incident: Number,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="`-` is standard input.")],
    zone: Zone = None,
    format_: Format = None,
    shared: Annotated[
        bool, typer.Option("--shared", help="The ticket's requester saw all of it.")
    ] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Add a log to a ticket: all its files make one conversation.

    Mail threads (.eml, .mbox), exports of Slack and Teams, chats of Feishu, DingTalk and WeCom as text,
    conversations of ServiceDesk Plus, call notes, `[10:32] name: text`, or a zip of them. Adding the same
    log again changes nothing.

    Without --shared only what the log itself marks as shown to the requester is ever told outside.

    Example: `heliograph conversations add INC-9527 bridge.txt --zone Asia/Shanghai`
    """
    body = {"zone": zone, "format": format_, "shared": "true" if shared else None}
    fields = {name: value for name, value in body.items() if value is not None}
    with connected(data_dir) as send:
        path = address("incidents", incident, "conversations")
        made = send("POST", path, body=fields, files=read_files(files))
    if json_:
        as_json(made)
        return
    _told(made)
    if zone is None:
        say(f"Times that name no zone were read in {made['zone']}; --zone says another.")


@commands.command("list")
def list_(incident: Number, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """The conversations of a ticket, as they were added."""
    with connected(data_dir) as send:
        found = send("GET", address("incidents", incident, "conversations"))
    if json_:
        as_json(found)
        return
    rows = [
        (c["id"], c["format"], c["lines"], c["first_at"], c["last_at"], c["name"]) for c in found
    ]
    table(("id", "format", "lines", "from", "to", "file"), rows, "No conversation was added.")


@commands.command()
def show(
    incident: Number,
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """A conversation line by line; what is no speech of its own is marked."""
    with connected(data_dir) as send:
        found = send("GET", address("incidents", incident, "conversations", id_))
    if json_:
        as_json(found)
        return
    rows = [
        (said["n"], said["at"] or said["at_as_written"], said["speaker"], _mark(said), said["text"])
        for said in found["said"]
    ]
    table(("line", "at", "who", "what", "text"), rows, "It holds no line.")


@commands.command()
def remove(
    incident: Number,
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    data_dir: DataDir = None,
) -> None:
    """Take a conversation away with its words. The timeline keeps that it was there."""
    with connected(data_dir) as send:
        send("DELETE", address("incidents", incident, "conversations", id_))
    say("removed")


def _told(made: dict[str, Any]) -> None:
    if not made["added"]:
        say("This log was here already.")
    line(made["id"])
    lines, speakers = _counted(made["lines"], "line"), _counted(made["speakers"], "speaker")
    say(f"{lines} by {speakers}, read as {made['format']}")
    for problem in made["problems"]:
        say(cut(problem["en"], 400))


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _mark(said: dict[str, Any]) -> str:
    if said["repeated"]:
        return "repeated"
    return "quoted" if said["quoted"] and said["part"] == "said" else str(said["part"])
