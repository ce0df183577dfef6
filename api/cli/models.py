"""`heliograph models`: which chat models are set, what they took today, and whether they answer."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, Sends, address, connected
from .output import AsJson, as_json, cut, line, say, table

TRIED = 60
"""Characters of an answer that are shown."""
Try = Annotated[bool, typer.Option("--try", help="Ask each of them one small question.")]


def add_to(app: typer.Typer) -> None:
    app.command("models")(models)


def models(try_: Try = False, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Chat models, today's budget, and whether they are asked at present.

    A model that failed again and again rests: its breaker is open. Without a server each command begins anew.
    """
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/models")
        tried = _tried(send, found["models"]) if try_ else {}
    if json_:
        as_json(found | {"tried": tried} if try_ else found)
    else:
        _show(found, tried)
    failed = [step for step, one in tried.items() if one["failed"] or one["unfit"]]
    if failed:
        raise CommandFailed(f"no use of: {', '.join(failed)}")


def _tried(send: Sends, known: list[dict[str, Any]]) -> dict[str, Any]:
    return {m["step"]: send("POST", address("models", m["step"], "trial")) for m in known}


def _show(found: dict[str, Any], tried: dict[str, Any]) -> None:
    rows = [
        (m["step"], m["name"], m["breaker"], m["rests_until"], m["last_failure"])
        for m in found["models"]
    ]
    none = "No chat model is set (HELIOGRAPH_MODEL): texts are written by rules and templates."
    table(("place", "model", "breaker", "rests until", "last failure"), rows, none)
    if not rows:
        return
    spent, day = found["spent_today"], found["budgets"]["day"]
    line()
    line(f"today: {spent['calls']} calls, {_of(spent['tokens'], day['tokens'])} tokens, {_of(spent['money'], day['money'])} money")  # fmt: skip
    for step, one in tried.items():
        line(f"{step}: {_outcome(one)}")
    if not tried:
        say("heliograph models --try asks each of them something.")


def _of(spent: float, limit: float | None) -> str:
    return f"{spent:,.10g}" if limit is None else f"{spent:,.10g} of {limit:,.10g}"


def _outcome(one: dict[str, Any]) -> str:
    if one["failed"]:
        return str(one["failed"])
    answer = f"answered in {one['seconds']:.1f} s: {cut(one['answer'], TRIED)}"
    return f"{answer} - which does not fit: {one['unfit']}" if one["unfit"] else answer
