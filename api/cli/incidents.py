"""`heliograph incidents`: find tickets, and see what was told about them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, pairs, say, table

commands = typer.Typer(no_args_is_help=True, help="Tickets, and what was told about them.")
MOST = 500


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="incidents")


@commands.command("list")
def list_(
    q: Annotated[str, typer.Argument(help="Words in number, title, requester or service.")] = "",
    state: Annotated[
        list[str] | None, typer.Option(help="Only this state; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="At most so many.")] = 30,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """What is going on, the newest change first.

    Example: `heliograph incidents list printer --state waiting`
    """
    with connected(data_dir) as send:
        params = {"q": q, "limit": limit, **({"state": state} if state else {})}
        found = send("GET", "/api/v1/incidents", params=params)
    if json_:
        as_json(found)
        return
    rows = [
        (i["number"], _stands(i), i["title"], i["assignee"] or i["group"], i["updated_at"])
        for i in found["incidents"]
    ]
    table(("number", "state", "title", "with", "last change"), rows, "No ticket matches.")
    counts = found["counts"]
    left = sum(n for name, n in counts.items() if not state or name in state) - len(rows)
    if found["after"] is not None and left > 0:
        say(f"{left} more: --limit shows up to {MOST}; words or --state find fewer")


def _stands(incident: dict[str, Any]) -> str:
    """The desk's word; of a major incident that the desk says nothing of, how far its repair has come."""
    major = incident["major"]
    if major is None or incident["state"] != "new":
        return str(incident["state"])
    return str(major["phase"] if major["standing"] == "open" else major["standing"])


@commands.command()
def show(
    number: Annotated[str, typer.Argument(help="The ticket's number or id.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """One ticket: its timeline, and every communication with its reason."""
    with connected(data_dir) as send:
        path = address("incidents", number)
        incident = send("GET", path)
        events = send("GET", f"{path}/events")
        communications = send("GET", f"{path}/communications")
    if json_:
        as_json({"incident": incident, "events": events, "communications": communications})
        return
    if incident["major"] is not None:
        incident["major"] = ", ".join(incident["major"].values())
    pairs({k: v for k, v in incident.items() if v is not None and k != "clocks"})
    if incident["clocks"]:
        say("")
        clocks = [
            (c["what"], c["round"], "overdue" if c["overdue"] else c["state"], c["deadline"] or "")
            for c in incident["clocks"]
        ]
        table(("deadline of", "round", "state", "until"), clocks, "")
    say("")
    table(("at", "event"), [(e["occurred_at"], e["type"].split(".")[-2]) for e in events], "")
    say("")
    rows = [
        (c["due_at"], c["kind"], c["audience"], c["state"], (c["outcome"] or c["reason"])["en"])
        for c in reversed(communications)
    ]
    table(("due", "kind", "to", "state", "why"), rows, "Nothing was told about it.")
