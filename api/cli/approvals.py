"""`heliograph approvals`: what is to be agreed to, by whom, and what they said."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say, table

approvals = typer.Typer(no_args_is_help=True, help="What is to be agreed to, and by whom.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(approvals, name="approvals")


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


def _waiting(approval: dict[str, Any]) -> str:
    waiting = [p["holder"] for p in approval["places"] if p["approved"] is None]
    return f"waits for {', '.join(waiting)}" if approval["state"] == "open" else "-"
