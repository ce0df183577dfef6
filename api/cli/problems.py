"""`heliograph problems`: what is looked into, what helps meanwhile, and what mended it?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .connection import DataDir, address, connected
from .output import AsJson, as_json, say, table

problems = typer.Typer(no_args_is_help=True, help="What is looked into.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(problems, name="problems")


@problems.command("list")
def list_(
    after: Annotated[str, typer.Option(help="The number of the last one that you saw.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The newest first, 200 at a time."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/problems", params={"after": after} if after else None)
    if json_:
        as_json(found)
        return
    rows = [(p["number"], p["state"], p["priority"], p["owner"], p["title"]) for p in found]
    table(("number", "state", "priority", "owner", "title"), rows, "No problem is open.")


@problems.command()
def show(
    number: Annotated[str, typer.Argument(help="The problem's number.")],
    data_dir: DataDir = None,
) -> None:
    """All that is recorded of it, as JSON."""
    with connected(data_dir) as send:
        as_json(send("GET", address("problems", number)))


@problems.command()
def record(
    number: Annotated[str, typer.Argument(help="The problem's number.")],
    workaround: Annotated[str | None, typer.Option(help="What helps meanwhile.")] = None,
    cause: Annotated[str | None, typer.Option(help="Why it was, as confirmed.")] = None,
    fix: Annotated[
        str | None, typer.Option(help="What mended it; then quiet is waited for.")
    ] = None,
    owner: Annotated[str | None, typer.Option(help="A group's or person's id.")] = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Write down what is known; an empty text takes it away."""
    said = {"workaround": workaround, "cause": cause, "fix": fix, "owner": owner}
    body = {name: text for name, text in said.items() if text is not None}
    with connected(data_dir) as send:
        done = send("POST", address("problems", number), body=body)
    _tell(done, json_)


@problems.command()
def close(
    number: Annotated[str, typer.Argument(help="The problem's number.")],
    reason: Annotated[str, typer.Option(help="Why it needs no proof of quiet.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Close it without proof; its cases stay together."""
    with connected(data_dir) as send:
        done = send("POST", f"{address('problems', number)}/closing", body={"reason": reason})
    _tell(done, json_)


@problems.command()
def article(
    number: Annotated[str, typer.Argument(help="The problem's number.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Make a draft article of its workaround, which nobody but editors may read yet."""
    with connected(data_dir) as send:
        done = send("POST", f"{address('problems', number)}/article")
    if json_:
        as_json(done)
    else:
        say(f"draft article: {done['article']}")


def _tell(done: dict[str, Any], json_: bool) -> None:
    if json_:
        as_json(done)
    else:
        say(f"{done['number']}: {done['state']}")
