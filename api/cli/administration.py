"""`heliograph sign-in`, `token`, `directory`, `sources`: who may do what, and who is who."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..named_files import FILE, octets_of, text_of
from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, pairs, say, table

LARGEST = 64 * 1024 * 1024
"""Characters of a directory: some hundred thousand people."""

token = typer.Typer(no_args_is_help=True, help="API tokens: make, list, revoke.")
directory = typer.Typer(no_args_is_help=True, help="People, groups, services, sites, customers.")
sources = typer.Typer(
    no_args_is_help=True, help="Where events come from, and who owns the tickets."
)


def add_to(app: typer.Typer) -> None:
    app.command("sign-in")(sign_in)
    app.add_typer(token, name="token")
    app.add_typer(directory, name="directory")
    app.add_typer(sources, name="sources")


def sign_in(
    person: Annotated[str, typer.Argument(help="Id of a person with a role.")],
    data_dir: DataDir = None,
) -> None:
    """A link with which this person signs in: once, within fifteen minutes."""
    with connected(data_dir) as send:
        print(send("POST", "/api/v1/sign-ins", body={"person": person})["url"])  # noqa: T201


@token.command()
def create(
    name: Annotated[str, typer.Argument(help="What it is for; shown with what it changes.")],
    scope: Annotated[
        list[str], typer.Option(help="events:write, read, act or admin; may be repeated.")
    ],
    source: Annotated[list[str] | None, typer.Option(help="A source it may speak for.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="How long it works.")] = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Make a token. Its secret is shown this once.

    Example: `heliograph token create desk --scope events:write --source service-desk`
    """
    body = {"name": name, "scopes": scope, "sources": source or [], "days": days}
    with connected(data_dir) as send:
        made = send("POST", "/api/v1/tokens", body=body)
    if json_:
        as_json(made)
    else:
        say(f"Token {made['id']} ({made['name']}). Keep its secret now; it is not shown again:")
        print(made["secret"])  # noqa: T201


@token.command("list")
def list_tokens(
    all_: Annotated[bool, typer.Option("--all", help="Revoked ones too.")] = False,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Tokens that were not revoked, without their secrets."""
    with connected(data_dir) as send:
        found = [t for t in send("GET", "/api/v1/tokens") if all_ or not t["revoked_at"]]
    if json_:
        as_json(found)
        return
    rows = [
        (
            t["id"],
            t["name"],
            " ".join(t["scopes"]),
            " ".join(t["sources"]),
            "revoked" if t["revoked_at"] else (t["expires_at"] or ""),
        )
        for t in found
    ]
    table(("id", "name", "scopes", "sources", "until"), rows, "There are no tokens.")


@token.command()
def revoke(id_: str, data_dir: DataDir = None) -> None:
    """A token stops working with the next request."""
    with connected(data_dir) as send:
        send("DELETE", address("tokens", id_))
    say("revoked")


@directory.command()
def load(
    file: Annotated[
        Path, typer.Argument(help="YAML or JSON: people, groups, services, sites, customers.")
    ],
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is right.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Insert or replace entries; those that the file does not name stay.

    Taken whole, or refused whole with every problem.
    """
    raw = _document(file)
    # YAML knows values that JSON has not, such as dates: what is sent is checked here first.
    _check(raw, file)
    if check:
        say("right")
        return
    with connected(data_dir) as send:
        counted = send("PUT", "/api/v1/directory", body=raw)
    say(", ".join(f"{n} {what}" for what, n in counted.items() if n))


@directory.command("show")
def show_directory(data_dir: DataDir = None) -> None:
    """The whole directory, as JSON that `load` takes."""
    with connected(data_dir) as send:
        as_json(send("GET", "/api/v1/directory"))


@directory.command()
def erase(
    person: Annotated[str, typer.Argument(help="Id in the directory, or in events.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Erase a person for good: from the directory, from events, texts, conversations and what models were asked.

    Tickets, times and decisions stay, under a name that is nobody's. It cannot be taken back.

    Example: `heliograph directory erase wang.xiaolin`
    """
    if not yes and not typer.confirm(f"Erase {person} for good?", err=True):
        raise CommandFailed("nothing was erased")
    with connected(data_dir) as send:
        tickets = send("DELETE", address("directory", "people", person))["tickets"]
    say(f"erased; {tickets} tickets lost words")


@directory.command("unreachable")
def list_unreachable(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Who cannot be reached over any channel, users of critical services first. Exit code 1 when there is
    somebody."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/directory/unreachable")
    if json_:
        as_json(found)
    else:
        from ..console.words import word

        rows = [
            (
                one["id"],
                one["kind"],
                word("en", f"unheard:{one['why']}"),
                "critical" if one["critical"] else "",
                " ".join(one["services"]),
            )
            for one in found
        ]
        table(("who", "kind", "why", "", "services"), rows, "Everybody can be reached.")
    if found:
        raise typer.Exit(1)


@sources.command("set")
def set_source(
    name: Annotated[str, typer.Argument(help="As in the events' `source`.")],
    owner: Annotated[
        str, typer.Option(help="heliograph, or desk: the source owns its tickets.")
    ] = "heliograph",
    thread_token: Annotated[str, typer.Option(help="What its subjects need, with {number}.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Say who owns a source's tickets.

    Example: `heliograph sources set sdp --owner desk --thread-token "[Request ID :##{number}##]"`
    """
    body = [{"name": name, "owner": owner, "thread_token": thread_token}]
    with connected(data_dir) as send:
        pairs(send("PUT", "/api/v1/sources", body=body))


@sources.command("list")
def list_sources(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """All sources that were set."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/sources")
    if json_:
        as_json(found)
        return
    rows = [(s["name"], s["owner"], s["thread_token"]) for s in found]
    table(("name", "owner", "thread token"), rows, "No source was set; all tickets are ours.")


def _check(raw: Any, file: Path) -> None:
    from pydantic import ValidationError

    from pipeline.domain.directory import Directory
    from pipeline.domain.unfit_values import in_words, place_of

    try:
        Directory.model_validate(raw)
    except ValidationError as wrong:
        found = ((place_of(e), in_words(e)) for e in wrong.errors())
        lines = [f"{place}: {said}" if place else said for place, said in found]
        raise CommandFailed("\n  ".join([f"{file} is not right", *lines[:20]])) from None


def _document(file: Path) -> Any:
    from pipeline.domain.errors import Malformed, Misconfigured
    from pipeline.yaml_places import read

    from ..strict_json import read_json

    try:
        if file.suffix == ".json":
            return read_json(octets_of(file), field=str(file))
        return read(str(file), text_of(file), most=LARGEST)[0]
    except Malformed as wrong:
        raise CommandFailed(
            str(wrong) if wrong.field == FILE else f"{file} {wrong.detail}"
        ) from None
    except Misconfigured as wrong:
        raise CommandFailed(str(wrong)) from None
