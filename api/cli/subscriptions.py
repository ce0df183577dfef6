"""`heliograph subscriptions`: who is told what the public page tells?"""

from __future__ import annotations

from typing import Annotated

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, say, table

subscriptions = typer.Typer(no_args_is_help=True, help="Who is told what the public page tells.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(subscriptions, name="subscriptions")


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
    with connected(data_dir) as send:
        send("POST", address("subscriptions", subscription, "suspend"))
    say(f"suspended: {subscription}")


@subscriptions.command()
def resume(subscription: str, data_dir: DataDir = None) -> None:
    """Tell it again, also after its address had failed."""
    with connected(data_dir) as send:
        send("POST", address("subscriptions", subscription, "resume"))
    say(f"told again: {subscription}")


@subscriptions.command()
def revoke(subscription: str, data_dir: DataDir = None) -> None:
    """Remove it. Nothing of it is kept but what was sent."""
    with connected(data_dir) as send:
        send("DELETE", address("subscriptions", subscription))
    say(f"removed: {subscription}")
