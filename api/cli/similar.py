"""`heliograph similar` and `heliograph chains`: what was like this before, and what keeps coming back?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, say, table

chains = typer.Typer(no_args_is_help=True, help="What keeps coming back.")


def add_to(app: typer.Typer) -> None:
    app.command("similar")(similar)
    app.add_typer(chains, name="chains")


def similar(
    number: Annotated[str, typer.Argument(help="The ticket's number or id.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Earlier tickets like it, why, and what fixed them."""
    with connected(data_dir) as send:
        found = send("GET", f"{address('incidents', number)}/similar")
    if json_:
        as_json(found)
        return
    from ..console.words import word

    verdict = found["verdict"]
    said = word("en", f"verdict:{verdict}") if verdict else "not compared yet"
    say(f"verdict: {said}")
    rows = [
        (
            one["number"] + (" (past)" if one["imported"] else ""),
            # Never certain, as on the page: no likeness proves that two failures are one.
            f"{min(0.99, one['probability']):.0%}",
            one["title"],
            _signs(one["reasons"]),
            _signs(one["differs"]),
            _fixed(one),
        )
        for one in found["similar"]
    ]
    columns = ("number", "same", "title", "because of", "differs in", "fixed by")
    table(columns, rows, "Nothing like it came before.")


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
def decide(
    chain: Annotated[str, typer.Argument(help="The chain's id.")],
    decision: Annotated[str, typer.Argument(help="accepted, watched, refused or merged.")],
    reason: Annotated[str, typer.Option(help="Why; needed for a refusal.")] = "",
    into: Annotated[str, typer.Option(help="The problem or chain that it is merged into.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Decide what becomes of a chain; the first decision stands."""
    body = {"decision": decision, "reason": reason, "into": into}
    with connected(data_dir) as send:
        done = send("POST", f"{address('chains', chain)}/decision", body=body)
    if json_:
        as_json(done)
    else:
        say(f"{done['id']}: {done['state']}")


def _fixed(one: dict[str, Any]) -> str:
    cause = f"cause: {one['cause']}" if one["cause"] else ""
    return "; ".join(part for part in (one["fixed_by"], cause) if part)


def _signs(reasons: list[dict[str, object]]) -> str:
    """As the page says it."""
    from ..console.words import word

    return ", ".join(word("en", f"sign:{reason['sign']}") for reason in reasons[:4])
