"""`heliograph oncall`: who has it now and next, and the calendars that say so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say, table

commands = typer.Typer(invoke_without_command=True, help="Who is on call now and next.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="oncall")


@commands.callback()
def now(context: typer.Context, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Who is on call now and next, by calendar.

    Example: `heliograph oncall`
    """
    if context.invoked_subcommand is not None:
        return
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/on-call")
    if json_:
        as_json(found)
        return
    rows = [(r["id"], _now(r), _next(r), _read(r)) for r in found]
    table(("calendar", "now", "next", "read"), rows, "There is no on-call calendar.")


@commands.command()
def show(rota: str, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """One calendar: its shifts, and what should be seen to in it."""
    with connected(data_dir) as send:
        found = send("GET", address("on-call", rota))
    if json_:
        as_json(found)
        return
    rows = [(t["starts_at"], t["ends_at"], _who(t)) for t in (*found["now"], *found["next"])]
    table(("from", "until", "on call"), rows, f"Nobody; the group {found['fallback']} is told.")
    for note in (*((found["failed"],) if found["failed"] else ()), *found["notes"]):
        say(note["en"])


@commands.command()
def load(
    rota: Annotated[str, typer.Argument(help="Its name in rules, such as network.")],
    calendar: Annotated[
        str, typer.Argument(help="A file, or an address that begins with https://")
    ],
    fallback: Annotated[str, typer.Option(help="The group that is told while nobody is on call.")],
    name_zh: Annotated[str, typer.Option(help="What people call it, in Chinese.")] = "",
    name_en: Annotated[str, typer.Option(help="The same in English.")] = "",
    zone: Annotated[str, typer.Option(help="Where the calendar names none.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Make or change an on-call calendar, and read it.

    Examples:

        heliograph oncall load network rota.ics --fallback network

        heliograph oncall load network https://calendar.example.org/network.ics --fallback network
    """
    body: dict[str, Any] = {"fallback": fallback}
    body["name"] = {"zh": name_zh or name_en or rota, "en": name_en or name_zh or rota}
    if zone:
        body["zone"] = zone
    if calendar.lower().startswith(("http://", "https://", "webcal://")):
        body["url"] = calendar
    else:
        body["calendar"] = _file(Path(calendar))
    with connected(data_dir) as send:
        found = send("PUT", address("on-call", rota), body=body)
    say(f"{rota}: {_now(found)}")
    for note in found["notes"]:
        say(note["en"])


@commands.command("read")
def read_again(rota: str, data_dir: DataDir = None) -> None:
    """Read it again now."""
    with connected(data_dir) as send:
        found = send("POST", f"{address('on-call', rota)}/read")
    if found["failed"]:
        raise CommandFailed(found["failed"]["en"])
    say(f"{rota}: {_now(found)}")


@commands.command()
def remove(rota: str, data_dir: DataDir = None) -> None:
    """Rules that name it tell their audience from then on."""
    with connected(data_dir) as send:
        send("DELETE", address("on-call", rota))
    say(f"removed: {rota}")


def _file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as unreadable:
        raise CommandFailed(f"{path} cannot be read: {unreadable.strerror}") from None
    except UnicodeDecodeError as wrong:
        raise CommandFailed(f"{path} is not UTF-8 (byte {wrong.start})") from None


def _who(turn: dict[str, Any]) -> str:
    return str(turn["name"] or f"{turn['said']} (not known here)")


def _now(rota: dict[str, Any]) -> str:
    named = ", ".join(f"{_who(t)} until {t['ends_at']}" for t in rota["now"])
    instead = f"group {rota['told_instead']}" if rota["told_instead"] else ""
    return "; ".join(filter(None, (named or "nobody", instead)))


def _next(rota: dict[str, Any]) -> str:
    return next((f"{_who(t)} from {t['starts_at']}" for t in rota["next"]), "-")


def _read(rota: dict[str, Any]) -> str:
    return f"{rota['read_at'] or 'never'}{' (failed since)' if rota['failed'] else ''}"
