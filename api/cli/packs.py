"""`heliograph rules`, `templates`, `reload`: check, look, put in force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .connection import CommandFailed, DataDir, connected
from .deadlines import due, remarks
from .output import AsJson, as_json, say, table

rules = typer.Typer(no_args_is_help=True, help="Who is told what, when and why.")
templates = typer.Typer(no_args_is_help=True, help="The texts.")
Folder = Annotated[Path, typer.Argument(help="Folder with the files.")]


def add_to(app: typer.Typer) -> None:
    rules.command()(due)
    app.add_typer(rules, name="rules")
    app.add_typer(templates, name="templates")
    app.command()(reload)


@rules.command("check")
def check_rules(folder: Folder) -> None:
    """Are these rules fit to be put in force? Every problem with file, line and field.

    Calendars and service levels are checked with them; `heliograph rules due` tries them out.

    Conditions know: event (name, source, data), before and after (state, waiting_for, priority,
    service, group, assignee, requester, site, customer, owner, reopened_times), late, told.
    """
    from pipeline.domain.errors import Misconfigured
    from pipeline.policy.loading import load_pack, read_rules

    try:
        _look(folder)
        pack = load_pack(read_rules(folder))
    except Misconfigured as wrong:
        raise CommandFailed(str(wrong)) from None
    policies = len({level.id for level in pack.service_levels})
    say(
        f"{len(pack.rules)} rules, {policies} service levels, {len(pack.calendars)} calendars, all right"
    )
    for remark in remarks(pack):
        say(remark)


@rules.command("show")
def show_rules(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """The rules in force."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/rules")
    if json_:
        as_json(found)
        return
    rows = [
        (
            r["id"],
            " ".join(r["events"]),
            r["audience"],
            r["kind"],
            f"{r['after_seconds']:g} s",
            r["reason"]["en"],
        )
        for r in found
    ]
    table(("rule", "on", "tells", "kind", "after", "why"), rows, "There are no rules.")


@templates.command("check")
def check_templates(folder: Folder) -> None:
    """Are these texts, laid over the shipped ones, fit to be put in force?

    Each is rendered in both languages with everything known, and with as little as may be.
    """
    import prompts
    from pipeline.domain.errors import Misconfigured
    from pipeline.flow.library import load_texts

    try:
        _look(folder)
        texts = load_texts(prompts.laid_over(folder), True)
    except (Misconfigured, OSError, ValueError) as wrong:
        raise CommandFailed(str(wrong)) from None
    say(f"{len(texts.templates.population)} texts in two languages, all right")


def _look(folder: Path) -> None:
    """A mistyped folder must not pass for one with nothing wrong in it."""
    if not folder.is_dir():
        raise CommandFailed(f"{folder} is not a folder")


def reload(data_dir: DataDir = None) -> None:
    """Read rules and templates again and put them in force. Wrong ones are refused whole."""
    with connected(data_dir) as send:
        counted = send("POST", "/api/v1/reload")
    say(", ".join(f"{n} {what}" for what, n in counted.items()))
