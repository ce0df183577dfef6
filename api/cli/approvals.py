"""`heliograph approvals`, `subscriptions` and `mutes`: who is asked, who is told, and who hears no more of what."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say, table

approvals = typer.Typer(no_args_is_help=True, help="What is to be agreed to, and by whom.")
subscriptions = typer.Typer(no_args_is_help=True, help="Who is told what the public page tells.")
mutes = typer.Typer(no_args_is_help=True, help="Who hears no more of what, and until when.")
Whose = Annotated[str, typer.Argument(help="person:ID or group:ID")]
About = Annotated[str, typer.Argument(help="service:ID or incident:NUMBER")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(approvals, name="approvals")
    app.add_typer(subscriptions, name="subscriptions")
    app.add_typer(mutes, name="mutes")


@approvals.command("list")
def list_approvals(
    incident: Annotated[str, typer.Argument(help="A ticket; else all that wait.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Whose word is awaited, those asked first coming first; of one ticket all its approvals.

    Examples:

        heliograph approvals list

        heliograph approvals list INC-9527
    """
    path = f"{address('incidents', incident)}/approvals" if incident else "/api/v1/approvals"
    with connected(data_dir) as send:
        found = send("GET", path)
    if json_:
        as_json(found)
    elif incident:
        table(
            ("approval", "state", "what", "by"),
            [(a["approval"], a["state"], a["what"], a["decided_by"] or _waiting(a)) for a in found],
            "Nothing is to be agreed to.",
        )
    else:
        table(
            ("ticket", "approval", "waits for", "since", "what"),
            [(a["number"], a["approval"], a["holder"], a["since"], a["what"]) for a in found],
            "Nothing waits.",
        )


@approvals.command()
def decide(
    incident: str,
    approval: str,
    decision: Annotated[str, typer.Argument(help="yes or no")],
    by: Annotated[str, typer.Option(help="Who decided: one of those who are asked.")],
    comment: Annotated[str, typer.Option(help="Told with the decision.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Record a decision that somebody took. The first one counts.

    Example: `heliograph approvals decide INC-9527 apr_1 yes --by zhao.min`
    """
    if decision not in ("yes", "no"):
        raise CommandFailed("a decision is yes or no")
    body = {"approved": decision == "yes", "by": by, "comment": comment}
    with connected(data_dir) as send:
        path = address("incidents", incident, "approvals", approval, "decide")
        found = send("POST", path, body=body)
    say(f"{approval}: {found['state']} by {found['decided_by'] or by}")


@subscriptions.command("list")
def list_subscriptions(
    words: Annotated[str, typer.Argument(help="Words of the address.")] = "",
    state: Annotated[str, typer.Option(help="active or suspended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Who subscribed, newest first.

    Example: `heliograph subscriptions list --state suspended`
    """
    asked = {"q": words, "state": state, "limit": limit}
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/subscriptions", params={k: v for k, v in asked.items() if v})
    if json_:
        as_json(found)
        return
    rows = [
        (s["id"], s["address"], s["state"], s["why"] or "-", ", ".join(s["services"]) or "all")
        for s in found["subscriptions"]
    ]
    table(("id", "address", "state", "why", "services"), rows, "Nobody subscribed.")


@subscriptions.command()
def suspend(subscription: str, data_dir: DataDir = None) -> None:
    """Tell it nothing for now; its owner cannot begin it again."""
    _act(data_dir, "POST", address("subscriptions", subscription, "suspend"))
    say(f"suspended: {subscription}")


@subscriptions.command()
def resume(subscription: str, data_dir: DataDir = None) -> None:
    """Tell it again, also after its address had failed."""
    _act(data_dir, "POST", address("subscriptions", subscription, "resume"))
    say(f"told again: {subscription}")


@subscriptions.command()
def revoke(subscription: str, data_dir: DataDir = None) -> None:
    """Remove it. Nothing of it is kept but what was sent."""
    _act(data_dir, "DELETE", address("subscriptions", subscription))
    say(f"removed: {subscription}")


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
    _act(data_dir, "DELETE", address("mutes", *reader, *thing))
    say("heard of again")


def _pair(written: str, known: tuple[str, str]) -> tuple[str, str]:
    kind, _, name = written.partition(":")
    if kind not in known or not name:
        raise CommandFailed(f"{written} is not {known[0]}:ID or {known[1]}:ID")
    return kind, name


def _act(data_dir: Any, method: str, path: str) -> None:
    with connected(data_dir) as send:
        send(method, path)


def _waiting(approval: dict[str, Any]) -> str:
    waiting = [p["holder"] for p in approval["places"] if p["approved"] is None]
    return f"waits for {', '.join(waiting)}" if approval["state"] == "open" else "-"
