"""`heliograph chains`: what keeps coming back, and what becomes of it?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say, table

chains = typer.Typer(no_args_is_help=True, help="What keeps coming back.")
ChainId = Annotated[str, typer.Argument(metavar="CHAIN", help="The chain's id.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(chains, name="chains")


@chains.command("list")
def list_(
    after: Annotated[str, typer.Option(help="The id of the last one that you saw.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The latest proposal first, 200 at a time."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/chains", params={"after": after} if after else None)
    if json_:
        as_json(found)
        return
    rows = [
        (one["id"], one["kind"], one["state"], len(one["cases"]), one["cases"][-1]["title"])
        for one in found
    ]
    table(("id", "kind", "state", "cases", "latest case"), rows, "Nothing keeps coming back.")


@chains.command()
def show(chain: ChainId, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Its cases, oldest first, and what was decided."""
    with connected(data_dir) as send:
        found = send("GET", address("chains", chain))
    if json_:
        as_json(found)
        return
    _tell(found, json_)
    if found["reason"]:
        say(found["reason"])
    rows = [(case["number"], case["opened_at"], case["title"]) for case in found["cases"]]
    table(("number", "opened", "title"), rows, "Its cases are with another chain now.")


@chains.command()
def decide(
    chain: ChainId,
    decision: Annotated[str, typer.Argument(help="accepted, watched, refused or merged.")],
    reason: Annotated[str, typer.Option(help="Why; needed for a refusal.")] = "",
    into: Annotated[str, typer.Option(help="The problem or chain that it is merged into.")] = "",
    title: Annotated[str, typer.Option(help="What the problem of an accepted one is called.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Decide what becomes of a chain; the first decision stands until it is undone."""
    body = {"decision": decision, "reason": reason, "into": into, "title": title}
    with connected(data_dir) as send:
        done = send("POST", f"{address('chains', chain)}/decision", body=body)
    _tell(done, json_)


@chains.command()
def undo(chain: ChainId, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Take a decision back: it is a proposal again, with the cases that a merge took."""
    with connected(data_dir) as send:
        done = send("POST", f"{address('chains', chain)}/undo")
    _tell(done, json_)


@chains.command()
def split(
    chain: ChainId,
    tickets: Annotated[list[str], typer.Argument(help="Numbers or ids of its cases that leave.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Part cases from a chain: they are another failure, and stay one."""
    with connected(data_dir) as send:
        known = send("GET", address("chains", chain))["cases"]
        ids = {case[name]: case["id"] for case in known for name in ("number", "id")}
        if strange := [ticket for ticket in tickets if ticket not in ids]:
            raise CommandFailed(f"{strange[0]} is no case of {chain}", 2)
        body = {"cases": [ids[ticket] for ticket in tickets]}
        done = send("POST", f"{address('chains', chain)}/split", body=body)
    if json_:
        as_json(done)
    else:
        say(f"{len(tickets)} of {len(known)} cases are {done['chain']} now")


def _tell(done: dict[str, Any], json_: bool) -> None:
    if json_:
        as_json(done)
    else:
        problem = f", problem {done['problem']}" if done["problem"] else ""
        say(f"{done['id']}: {done['state']}{problem}")
