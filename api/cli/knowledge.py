"""`heliograph knowledge`: search articles, look at them, put them aside and back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from knowledge.answer import MOST, percent_of

from ..named_files import text_of
from .connection import CommandFailed, DataDir, address, connected
from .knowledge_import import add_to as add_import
from .output import AsJson, as_json, cut, line, pairs, say, table
from .week_plot import plotted

LONGEST_WHY = 240
HELP = """Articles: take them in, search them, see what they are good for.

Examples:

    heliograph knowledge import handbook/ --audience everybody

    heliograph knowledge search "mail client crashes at start"

    heliograph knowledge use
"""
commands = typer.Typer(no_args_is_help=True, help=HELP)
add_import(commands)
Id = Annotated[str, typer.Argument(metavar="ID", help="As `knowledge list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="As `knowledge list` shows them.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(commands, name="knowledge")


@commands.command()
def search(
    text: Annotated[list[str], typer.Argument(help="What the trouble is; - reads standard input.")],
    for_: Annotated[
        str | None,
        typer.Option("--for", metavar="PERSON", help="Find only what this person may read."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="At most so many.")] = 5,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Which articles help with this? Each with the probability that it does, and why it was found.

    Without --for you see every article, as an editor does.

    Examples:

        heliograph knowledge search "VPN token expired" --for wang

        heliograph knowledge search - < ticket.txt
    """
    asked = text_of("-") if text == ["-"] else " ".join(text)
    with connected(data_dir) as send:
        found = send(
            "POST",
            "/api/v1/knowledge/search",
            body={"text": asked, "limit": limit},
            params={} if for_ is None else {"for": for_},
        )
    if json_:
        as_json(found)
    else:
        _show_answer(found)


@commands.command("list")
def list_(
    query: Annotated[str, typer.Argument(help="Words in title, products or source.")] = "",
    standing: Annotated[str | None, typer.Option(help="Only published, or only retired.")] = None,
    language: Annotated[str | None, typer.Option(help="Only zh, or only en.")] = None,
    source: Annotated[str | None, typer.Option(help="Only of this source.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 30,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Which articles are there? The newest change comes first.

    Example: `heliograph knowledge list vpn --standing retired`
    """
    narrowed = {"standing": standing, "language": language, "source": source}
    params = {"q": query, "limit": limit, **{k: v for k, v in narrowed.items() if v is not None}}
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/knowledge/articles", params=params)
    if json_:
        as_json(found)
        return
    rows = [
        (
            a["id"],
            a["title"],
            a["language"],
            ", ".join(a["audience"]) or "editors",
            a["source"],
            a["standing"],
            f"{a['use']['told']}/{a['use']['solved']}",
        )
        for a in found["articles"]
    ]
    columns = ("id", "title", "language", "for", "source", "standing", "told/solved")
    table(columns, rows, "No article matches.")
    if found["total"] > len(rows):
        say(f"{len(rows):,} of {found['total']:,}")


@commands.command()
def show(id_: Id, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """One article: its text, its use and its changes."""
    with connected(data_dir) as send:
        found = send("GET", address("knowledge", "articles", id_))
    if json_:
        as_json(found)
        return
    told = {
        k: v for k, v in found.items() if k not in ("body", "revisions", "use", "questions")
    } | found["use"]
    listed = {k: ", ".join(v) if isinstance(v, list) else v for k, v in told.items()}
    pairs({k: v for k, v in listed.items() if v not in (None, "")})
    line(f"\n{found['body']}\n")
    if written := found["questions"]:
        line(f"questions by a model ({written['standing']}):")
        for one in [written["title"], *written["zh"], *written["en"]]:
            line(f"  {one}")
    rows = [(r["n"], r["at"], r["what"], r["by"]) for r in found["revisions"]]
    table(("revision", "at", "what", "by"), rows, "")


@commands.command()
def retire(ids: Ids, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """Suggest these no more. They are kept, and no import brings them back."""
    _stand(ids, "retire", "retired", data_dir, json_)


@commands.command()
def restore(ids: Ids, data_dir: DataDir = None, json_: AsJson = False) -> None:
    """These may be suggested again."""
    _stand(ids, "restore", "restored", data_dir, json_)


@commands.command("put-back")
def put_back(
    id_: Id,
    revision: Annotated[int, typer.Argument(metavar="N", help="As `knowledge show` lists it.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Let an article say again what its N-th revision said. Nothing is lost: this is a revision, too."""
    with connected(data_dir) as send:
        path = address("knowledge", "articles", id_, "put-back")
        found = send("POST", path, body={"revision": revision})
    if json_:
        as_json(found)
    else:
        stays = "; the article stays retired" if found["standing"] == "retired" else ""
        say(f"put back; it is revision {found['revision']} now{stays}")


@commands.command()
def use(
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Such as 2026-08-31. Default: 90 days ago.")
    ] = None,
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """What were articles good for? Tickets by week: searched for, answered with articles, solved by one."""
    with connected(data_dir) as send:
        days = send("GET", "/api/v1/knowledge/use", params={"since": since} if since else None)
    if json_:
        as_json(days)
    elif not days:
        say("No ticket was searched for in this time.")
    else:
        for row in plotted(days):
            line(row)


def _stand(ids: list[str], act: str, done: str, data_dir: DataDir, json_: bool) -> None:
    moved: list[dict[str, Any]] = []
    with connected(data_dir) as send:
        for id_ in dict.fromkeys(ids):
            try:
                moved.append(send("POST", address("knowledge", "articles", id_, act)))
            except CommandFailed as failed:
                before = f" ({len(moved)} before it {done})" if moved else ""
                raise CommandFailed(f"{failed}{before}", failed.code) from None
    if json_:
        as_json([{k: a[k] for k in ("id", "title", "standing", "revision")} for a in moved])
    else:
        say(f"{done}: {len(moved):,}")


def _show_answer(found: dict[str, Any]) -> None:
    shown = found["suggestions"]
    if not found["fits"]:
        line("Nothing fits.")
        if shown:
            line(f"The nearest, which probably do not help (below {found['fits_from']:.0%}):")
    for n, one in enumerate(shown):
        if found["fits"] and not one["fits"] and shown[n - 1]["fits"]:
            line(f"\nThese probably do not help (below {found['fits_from']:.0%}):")
        _show_suggestion(one)
    if found["missing"]:
        say(f"Not heard in time: {', '.join(found['missing'])}.")


def _show_suggestion(one: dict[str, Any]) -> None:
    line(f"\n{percent_of(one['probability']):3}%  {cut(one['title'], 200)}  [{one['id']}]")
    passage = one["passage"]
    why = " › ".join([*passage["headings"], passage["text"]])
    line(f"      why    {cut(why, LONGEST_WHY)}")
    line(f"      words  {', '.join(one['matched']) or '-'}")
    line(f"      ranks  {', '.join(f'{who} {n}' for who, n in one['ranks'].items()) or '-'}")
