"""`heliograph replay --incident`: what was sent about a ticket, and what other rules or texts would send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..named_files import text_of
from .connection import CommandFailed, address, connected
from .output import as_json, line, pairs, say

RulesPlace = Annotated[
    str | None,
    typer.Option("--rules", help="A folder or file of rules, or a version; else those in force."),
]
TemplatesPlace = Annotated[
    Path | None, typer.Option("--templates", help="A folder of texts, laid over those in force.")
]
PATIENCE = 300.0
SIGNS = {
    "added": "+",
    "gone": "-",
    "earlier": "<",
    "later": ">",
    "held": "!",
    "freed": "!",
    "reworded": "~",
    "unclear": "?",
}


def replay(
    incident: str,
    rules: str | None,
    templates: Path | None,
    data_dir: Path | None,
    *,
    json_: bool,
) -> None:
    body: dict[str, Any] = rules_named(rules)
    if templates is not None:
        body["templates"] = texts_in(templates)
    with connected(data_dir) as send:
        found = send("POST", address("incidents", incident, "replay"), body=body, within=PATIENCE)
    as_json(found) if json_ else _show(found)


def rules_named(place: str | None) -> dict[str, Any]:
    """A folder, a file, or a version of the rules; nothing for those in force."""
    if place is None:
        return {}
    path = Path(place)
    if path.is_file():
        return {"files": {path.name: text_of(path)}}
    if path.is_dir():
        return {"files": rules_in(path)}
    if "/" in place or place.endswith((".yaml", ".yml")):
        raise CommandFailed(f"{place} is neither a folder nor a file", 2)
    return {"version": place}


def rules_in(folder: Path) -> dict[str, str]:
    from pipeline.domain.errors import Misconfigured
    from pipeline.policy.loading import read_rules

    try:
        return read_rules(folder)
    except Misconfigured as wrong:
        raise CommandFailed(str(wrong)) from None


def texts_in(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise CommandFailed(f"{folder} is not a folder", 2)
    # A copy of the shipped ones brings what Python left in them.
    found = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    files = sorted(path for path in found if path.is_file())
    return {path.relative_to(folder).as_posix(): text_of(path) for path in files}


def _show(found: dict[str, Any]) -> None:
    show_counts(found)
    if found["played_with"]:
        say(f"Played with tickets that hang together with it: {', '.join(found['played_with'])}")
    for left in found["left_out"]:
        say(left["en"])
    if not found["changes"]:
        say("No message would be another one.")
    for change in found["changes"]:
        line()
        line(f"{SIGNS[change['how']]} {_told(change)}")
        if change["note"]:
            line(f"    {change['note']['en']}")
        for words in change["words"]:
            line(f"    {words}")


def show_counts(found: dict[str, Any]) -> None:
    counts = {how: n for how, n in found["counts"].items() if n}
    pairs({"messages that stay": found["same"], **counts})
    for refused in found["refused"]:
        say(f"{refused['number']}: an event could not be played: {refused['why']}")
    if found.get("cut"):
        say(f"Only the first {len(found['changes'])} changes are shown; the counts are of all.")


def _told(change: dict[str, Any]) -> str:
    before, after = change["before"], change["after"]
    row = after or before
    what = f"{change['how']}: {row['kind']} to {row['name']} ({row['recipient']}, {row['channel']})"
    if before and after and change["how"] in ("earlier", "later"):
        return f"{what}, {_at(before)} -> {_at(after)}"
    return f"{what}, {_at(row)}: {row['subject']}"


def _at(row: dict[str, Any]) -> str:
    return f"{row['at'][:16].replace('T', ' ')} UTC"
