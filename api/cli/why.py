"""`heliograph why`: why did this person get this, and not that?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, connected
from .output import AsJson, as_json, say, table


def add_to(app: typer.Typer) -> None:
    app.command()(why)


def why(
    person: Annotated[str, typer.Argument(help="The person's id.")],
    incident: Annotated[str, typer.Argument(help="A ticket; else all of the last days.")] = "",
    since: Annotated[str, typer.Option(help="From when, such as 2026-08-24T00:00:00Z.")] = "",
    until: Annotated[str, typer.Option(help="Until when.")] = "",
    language: Annotated[str, typer.Option("--lang", help="zh or en.")] = "en",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Why did this person get this, and not that? Every decision, also to stay silent, oldest first.

    Examples:

        heliograph why wang INC-9527

        heliograph why wang --since 2026-08-24T00:00:00Z
    """
    asked = {"person": person, "incident": incident, "since": since, "until": until}
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/why", params={k: v for k, v in asked.items() if v})
    if json_:
        as_json(found)
        return
    spoken = "zh" if language == "zh" else "en"
    rows = [_row(one, spoken) for one in found["decisions"]]
    empty = "Nothing that was decided then concerns this person."
    table(("at", "ticket", "what became of it", "kind", "as", "why", "rule"), rows, empty)
    if found["cut"]:
        say("There are more tickets; ask for a shorter time.")


def _row(one: dict[str, Any], language: str) -> tuple[object, ...]:
    rule = f"{one['rule'] or '-'} @ {one['rules'] or '-'}"
    said = " ".join(w[language] for w in (one["why"], one["on_call"], one["without"]) if w)
    return one["at"], one["number"], one["outcome"], one["kind"], one["audience"], said, rule
