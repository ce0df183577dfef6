"""`heliograph causes` and `heliograph changes`: what may have caused it, and what was changed before?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, say, table

changes = typer.Typer(no_args_is_help=True, help="Changes to services.")
causes = typer.Typer(no_args_is_help=True, help="Possible causes of an incident.")
Number = Annotated[str, typer.Argument(help="The ticket's number or id.")]
Candidate = Annotated[str, typer.Argument(help="The candidate's key, as `causes show` prints it.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(causes, name="causes")
    app.add_typer(changes, name="changes")


@causes.command()
def show(
    number: Number,
    language: Annotated[str, typer.Option(help="zh or en.")] = "en",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Possible causes, the likeliest first, with what speaks for and against each."""
    with connected(data_dir) as send:
        found = send("GET", f"{address('incidents', number)}/causes")
    if json_:
        as_json(found)
        return
    settled = _confirmed(found)
    odds = "" if settled else f"; none of these: {found['unknown']:.0%}"
    say(f"verdict: {found['verdict']}{odds}")
    rows = [
        (
            _likely(one, settled),
            one["kind"],
            f"{one['name']}: {_words(one['what'], language)}",
            _sentences(one["speaks_for"], language),
            _sentences(one["speaks_against"], language),
            one["key"],
        )
        for one in found["candidates"]
    ]
    table(("likely", "kind", "what", "for", "against", "key"), rows, "Nothing points to a cause.")
    for one in found["decided"]:
        said = _words(one["cause"], language) if one["cause"] else one["reason"]
        say(f"{one['decision']}: {one['candidate']} by {one['by']}: {said}")


def _confirmed(found: dict[str, Any]) -> set[str]:
    """The keys of those that a person confirmed."""
    return {one["candidate"] for one in found["decided"] if one["decision"] == "confirmed"}


def _likely(one: dict[str, Any], confirmed: set[str]) -> str:
    """An estimate says nothing any more once a person has said what it was."""
    if not confirmed:
        return f"{one['probability']:.0%}"
    return "confirmed" if one["key"] in confirmed else ""


@causes.command()
def confirm(
    number: Number,
    candidate: Candidate,
    cause: Annotated[str, typer.Option(help="The cause, in words that may be told.")],
    cause_zh: Annotated[str, typer.Option(help="The same in Chinese.")] = "",
    data_dir: DataDir = None,
) -> None:
    """It was this: from now on it is the cause on record, by your word."""
    said: Any = {"zh": cause_zh, "en": cause} if cause_zh else cause
    _decide(number, {"candidate": candidate, "decision": "confirmed", "cause": said}, data_dir)


@causes.command("rule-out")
def rule_out(
    number: Number,
    candidate: Candidate,
    reason: Annotated[str, typer.Option(help="Why it was not this.")],
    data_dir: DataDir = None,
) -> None:
    """It was not this."""
    body = {"candidate": candidate, "decision": "ruled_out", "reason": reason}
    _decide(number, body, data_dir)


@causes.command()
def undo(number: Number, candidate: Candidate, data_dir: DataDir = None) -> None:
    """Take back what was decided about it."""
    _decide(number, {"candidate": candidate, "decision": "undone"}, data_dir)


def _decide(number: str, body: dict[str, Any], data_dir: Any) -> None:
    with connected(data_dir) as send:
        done = send("POST", f"{address('incidents', number)}/causes", body=body)
    say(f"verdict: {done['verdict']}")


@changes.command("list")
def list_(
    service: Annotated[str | None, typer.Option(help="Of this service alone.")] = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The latest first."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/changes", params={"service": service} if service else None)
    if json_:
        as_json(found)
        return
    rows = [
        (
            one["number"],
            one["state"],
            one["began_at"],
            ", ".join(one["services"]),
            _words(one["what"], "en"),
        )
        for one in found
    ]
    table(("number", "state", "began", "services", "what"), rows, "No change is known.")


@changes.command()
def tell(
    number: Annotated[str, typer.Argument(help="The change's number.")],
    service: Annotated[list[str] | None, typer.Option(help="Once for each service.")] = None,
    what: Annotated[str | None, typer.Option(help="What was changed.")] = None,
    state: Annotated[str, typer.Option(help="done or rolled_back.")] = "done",
    at: Annotated[str | None, typer.Option(help="When, with its zone. Default: now.")] = None,
    source: Annotated[str, typer.Option(help="Who speaks.")] = "changes",
    data_dir: DataDir = None,
) -> None:
    """Say that a change was made, or rolled back."""
    given = {"source": source, "number": number, "services": service, "what": what}
    body = {k: v for k, v in (given | {"state": state, "at": at}).items() if v}
    with connected(data_dir) as send:
        done = send("POST", "/api/v1/changes", body=body)
    say(f"{done['number']}: {done['state']}")


def _words(said: Any, language: str) -> str:
    return str(said[language]) if isinstance(said, dict) else str(said or "")


def _sentences(evidence: list[dict[str, Any]], language: str) -> str:
    return " ".join(str(one["sentence"].get(language, one["code"])) for one in evidence)
