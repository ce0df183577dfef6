"""`heliograph rules list|save|try|dry-run|activate|rollback`: rules in versions, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer

from .connection import CommandFailed, DataDir, Sends, address, connected
from .output import AsJson, as_json, line, pairs, say, table
from .replay_own import rules_in, rules_named, show_counts

Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept with the act.")]
Expected = Annotated[
    int | None, typer.Option("--expected", help="Refuse unless this activation is in force.")
]
Rules = Annotated[
    str | None,
    typer.Option("--rules", help="A folder or file of rules, or a version; else those in force."),
]
PAUSE = 0.5


def add_to(rules: typer.Typer) -> None:
    rules.command("list")(list_versions)
    rules.command("save")(save)
    rules.command("try")(try_event)
    rules.command("dry-run")(dry_run)
    rules.command("activate")(activate)
    rules.command("rollback")(roll_back)


def list_versions(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """What is in force and why, every activation, and the versions that were written."""
    with connected(data_dir) as send:
        found = {
            "standing": send("GET", "/api/v1/rules/standing"),
            "activations": send("GET", "/api/v1/rules/activations"),
            "versions": send("GET", "/api/v1/rules/versions"),
        }
    if json_:
        as_json(found)
        return
    standing = found["standing"]
    now = standing["in_force"] or {}
    differ = "yes" if standing["files_differ"] else "no"
    pairs(
        {
            "in force": f"{now.get('version', '-')} ({now.get('origin', '-')})",
            "followed otherwise": standing["followed"],
            "the files differ": standing["files_problem"] or differ,
        }
    )
    line()
    rows = [(a["n"], a["version"], a["origin"], a["at"], a["by"], a["reason"]) for a in found["activations"]]  # fmt: skip
    table(("activation", "version", "from", "at", "by", "why"), rows, "Nothing was activated.")
    line()
    kept = [(v["version"], v["saved_at"], v["saved_by"], v["note"]) for v in found["versions"]]
    table(("version", "kept at", "by", "note"), kept, "No version is kept.")


def show_version(version: str, data_dir: Path | None, *, json_: bool) -> None:
    with connected(data_dir) as send:
        found = send("GET", address("rules", "versions", version))
    if json_:
        as_json(found)
        return
    for name, text in found["files"].items():
        line(f"# {name}")
        line(text)
    for doubt in found["doubts"]:
        say(f"{doubt['where']}: {doubt['sentence']['en']}")
    for problem in found["problems"]:
        say(problem)


def save(
    folder: Annotated[Path, typer.Argument(help="Folder with the rules.")],
    note: Annotated[str, typer.Option(help="What is new in it.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Keep a folder's rules as a version. They are not in force by that."""
    if not folder.is_dir():
        raise CommandFailed(f"{folder} is not a folder")
    with connected(data_dir) as send:
        kept = _saved(send, folder, note)
    as_json(kept) if json_ else say(f"kept as {kept['version']}")


def try_event(
    event: Annotated[str, typer.Argument(help="The id of an event, or a file with a CloudEvent.")],
    rules: Rules = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """What would these rules tell of one event, to whom, and why not the rest? Nothing is kept."""
    body = {**rules_named(rules), **_event(event)}
    with connected(data_dir) as send:
        found = send("POST", "/api/v1/rules/trials", body=body)
    if json_:
        as_json(found)
        return
    rows = [
        (one["rule"], one["said"], one["kind"], _readers(one), one["why"]["en"])
        for one in found["rules"]
    ]
    table(("rule", "says", "kind", "to", "why"), rows, f"No rule is about {found['event']}.")
    say(f"{found['elsewhere']} rules are about other events")


def dry_run(
    rules: Annotated[str, typer.Argument(help="A folder of rules, or a version.")],
    tickets: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 100,
    days: Annotated[int, typer.Option(min=1, max=3650, help="Changed in so many days.")] = 30,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Play the past through these rules, and through those in force: what would be more, gone, later?"""
    with connected(data_dir) as send:
        folder = Path(rules)
        version = _saved(send, folder, "")["version"] if folder.is_dir() else rules
        body = {"version": version, "tickets": tickets, "days": days}
        run = _ended(send, send("POST", "/api/v1/rules/dry-runs", body=body))
    if run["state"] == "failed":
        raise CommandFailed(f"the trial failed: {run['failed']}")
    if json_:
        as_json(run)
        return
    result = run["result"]
    say(f"{result['tickets']} tickets; {run['against']} in force, {run['version']} tried")
    show_counts(result)
    rows = [(b["kind"], b["audience"], b["how"], b["messages"]) for b in result["by_kind"]]
    table(("kind", "to", "how", "messages"), rows, "No message would be another one.")


def activate(
    version: Annotated[str, typer.Argument(help="A version, a folder, or `files`.")],
    reason: Reason,
    expected: Expected = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Put rules in force, in every process, from the next event on. `files` follows the files again."""
    body = {"reason": reason, "expected": expected}
    with connected(data_dir) as send:
        if version == "files":
            made = send("POST", "/api/v1/rules/files/activation", body=body)
        else:
            folder = Path(version)
            name = _saved(send, folder, reason)["version"] if folder.is_dir() else version
            made = send("POST", address("rules", "versions", name, "activation"), body=body)
    as_json(made) if json_ else say(f"{made['version']} is in force (activation {made['n']})")


def roll_back(
    reason: Reason, expected: Expected = None, data_dir: DataDir = None, json_: AsJson = False
) -> None:
    """Put the rules from before in force again."""
    body = {"reason": reason, "expected": expected}
    with connected(data_dir) as send:
        made = send("POST", "/api/v1/rules/rollback", body=body)
    as_json(made) if json_ else say(f"{made['version']} is in force (activation {made['n']})")


def _saved(send: Sends, folder: Path, note: str) -> dict[str, Any]:
    body = {"files": rules_in(folder), "note": note}
    kept: dict[str, Any] = send("POST", "/api/v1/rules/versions", body=body)
    return kept


def _event(given: str) -> dict[str, Any]:
    path = Path(given)
    if not path.is_file():
        return {"event_id": given}
    try:
        return {"event": json.loads(path.read_text(encoding="utf-8"))}
    except OSError as unreadable:
        raise CommandFailed(f"{given} cannot be read: {unreadable.strerror}") from None
    except ValueError as wrong:
        raise CommandFailed(f"{given} is no JSON: {wrong}") from None


def _ended(send: Sends, run: dict[str, Any]) -> dict[str, Any]:
    """Asked again until it is over; how far it is goes to stderr."""
    pause = Event()
    while run["state"] in ("waiting", "running"):
        pause.wait(PAUSE)
        said = f"{run['done']} of {run['total']}"
        run = send("GET", address("rules", "dry-runs", run["id"]))
        if run["state"] == "running" and said != f"{run['done']} of {run['total']}":
            say(f"{run['done']} of {run['total']} tickets")
    return run


def _readers(one: dict[str, Any]) -> str:
    reached = [f"{r['name']} ({r['channel']})" for r in one["readers"]]
    return ", ".join([*reached, *(u["en"] for u in one["unreached"])]) or one["audience"]
