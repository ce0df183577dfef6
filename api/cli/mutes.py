"""`heliograph mutes`: who hears no more of what, and until when?"""

from __future__ import annotations

from typing import Annotated

import typer

from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say, table

mutes = typer.Typer(no_args_is_help=True, help="Who hears no more of what, and until when.")
Whose = Annotated[str, typer.Argument(help="person:ID or group:ID")]
About = Annotated[str, typer.Argument(help="service:ID or incident:NUMBER")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(mutes, name="mutes")


@mutes.command("list")
def list_mutes(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """What lasts; that which ends first comes first."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/mutes")
    if json_:
        as_json(found)
        return
    rows = [
        (f"{m['whose']}:{m['reader']}", f"{m['of']}:{m['about']}", m["until"], m["by"])
        for m in found
    ]
    table(("who", "hears no more of", "until", "set by"), rows, "Nothing is muted.")


@mutes.command()
def add(
    whose: Whose,
    about: About,
    until: Annotated[str, typer.Option(help="2026-08-29T22:00:00+08:00, within ninety days.")],
    data_dir: DataDir = None,
) -> None:
    """Mute a service or a ticket. What a rule says must be told comes all the same.

    Example: `heliograph mutes add group:sales service:crm --until 2026-08-29T22:00:00+08:00`
    """
    reader, thing = _pair(whose, ("person", "group")), _pair(about, ("service", "incident"))
    body = {"whose": reader[0], "reader": reader[1], "of": thing[0], "about": thing[1]}
    with connected(data_dir) as send:
        found = send("POST", "/api/v1/mutes", body={**body, "until": until})
    say(f"muted until {found['until']}")


@mutes.command("end")
def end_mute(whose: Whose, about: About, data_dir: DataDir = None) -> None:
    """Undo it; the next message comes."""
    reader, thing = _pair(whose, ("person", "group")), _pair(about, ("service", "incident"))
    with connected(data_dir) as send:
        send("DELETE", address("mutes", *reader, *thing))
    say("heard of again")


def _pair(written: str, known: tuple[str, str]) -> tuple[str, str]:
    kind, _, name = written.partition(":")
    if kind not in known or not name:
        raise CommandFailed(f"{written} is not {known[0]}:ID or {known[1]}:ID")
    return kind, name
