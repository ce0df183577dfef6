"""`heliograph waiting` and what a person does about it."""

from __future__ import annotations

from typing import Annotated

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, say, table

Reason = Annotated[str, typer.Option(help="Why; it is kept.")]
communications = typer.Typer(no_args_is_help=True, help="Release, discard or retry what waits.")
messages = typer.Typer(no_args_is_help=True, help="See a message, or send it again.")
alarms = typer.Typer(no_args_is_help=True, help="Say that an alarm was seen to.")
requests = typer.Typer(no_args_is_help=True, help="What we asked the owning desk to do.")


def add_to(app: typer.Typer) -> None:
    app.command()(waiting)
    app.add_typer(communications, name="communications")
    app.add_typer(messages, name="messages")
    app.add_typer(requests, name="requests")
    app.add_typer(alarms, name="alarms")


def waiting(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """What waits for a person: held texts, failed messages, alarms."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/waiting")
    if json_:
        as_json(found)
        return
    rows = [
        *(
            (c["id"], c["state"], c["kind"], (c["outcome"] or c["reason"])["en"])
            for c in found["communications"]
        ),
        *((m["id"], m["state"], m["channel"], m["recipient"]) for m in found["messages"]),
        *((a["key"], "alarm", a["incident"], a["reason"]["en"]) for a in found["alarms"]),
    ]
    table(("id", "state", "what", "why"), rows, "Nothing waits for you.")


@communications.command()
def release(id_: str, reason: Reason = "", data_dir: DataDir = None) -> None:
    """Agree to a held communication. Findings need a reason."""
    with connected(data_dir) as send:
        now = send("POST", address("communications", id_, "release"), body={"reason": reason})
    say("released" if now["left"] else f"{now['agreed']} of {now['needed']} have agreed")


@communications.command()
def veto(id_: str, reason: Reason = "", data_dir: DataDir = None) -> None:
    """Stop a held communication for good, whoever has agreed to it."""
    _act(address("communications", id_, "veto"), {"reason": reason}, "stopped", data_dir)


@communications.command()
def discard(id_: str, reason: Reason = "", data_dir: DataDir = None) -> None:
    """Do not send a held or parked communication."""
    _act(address("communications", id_, "discard"), {"reason": reason}, "discarded", data_dir)


@communications.command()
def retry(id_: str, data_dir: DataDir = None) -> None:
    """Draft a parked communication again."""
    _act(address("communications", id_, "retry"), None, "planned again", data_dir)


@messages.command()
def show(id_: str, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """A message as it goes to its recipient, with every attempt."""
    with connected(data_dir) as send:
        found = send("GET", address("messages", id_))
    if json_:
        as_json(found)
        return
    say(f"To {found['name']} <{found['address']}>, {found['channel']}: {found['state']}")
    say(f"{found['subject']}\n\n{found['text']}")
    rows = [(a["n"], a["started_at"], a["outcome"], a["detail"]) for a in found["attempts"]]
    table(("attempt", "at", "outcome", "detail"), rows, "Not tried yet.")


@messages.command()
def resend(id_: str, data_dir: DataDir = None) -> None:
    """Queue a failed message again."""
    _act(address("messages", id_, "resend"), None, "queued again", data_dir)


@messages.command("give-up")
def give_up(id_: str, data_dir: DataDir = None) -> None:
    """Put a failed message aside: it will not be sent."""
    _act(address("messages", id_, "give-up"), None, "put aside", data_dir)


@alarms.command()
def clear(
    key: Annotated[str, typer.Argument(help="As `heliograph waiting` shows it.")],
    data_dir: DataDir = None,
) -> None:
    """An alarm was seen to. It is raised again when its cause comes again."""
    with connected(data_dir) as send:
        send("POST", "/api/v1/alarms/clear", params={"key": key})
    say("cleared")


@requests.command("list")
def list_requests(
    all_: Annotated[bool, typer.Option("--all", help="Confirmed ones too.")] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """What the owning desk is asked to do; its next event confirms each."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/requests", params={"all": all_})
    if json_:
        as_json(found)
        return
    rows = [
        (r["id"], r["kind"], r["incident"], r["state"], r["asked_by"], r["text"]) for r in found
    ]
    table(("id", "kind", "ticket", "state", "asked by", "text"), rows, "Nothing was asked.")


def _act(path: str, body: dict[str, str] | None, done: str, data_dir: DataDir) -> None:
    with connected(data_dir) as send:
        send("POST", path, body=body)
    say(done)
