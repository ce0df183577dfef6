"""`heliograph similar`: what was like this before, and what fixed it?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, say, table


def add_to(app: typer.Typer) -> None:
    app.command("similar")(similar)


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


def _fixed(one: dict[str, Any]) -> str:
    cause = f"cause: {one['cause']}" if one["cause"] else ""
    return "; ".join(part for part in (one["fixed_by"], cause) if part)


def _signs(reasons: list[dict[str, object]]) -> str:
    """As the page says it."""
    from ..console.words import word

    return ", ".join(word("en", f"sign:{reason['sign']}") for reason in reasons[:4])
