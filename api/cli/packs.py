"""`heliograph rules`, `templates`, `reload`: check, look, put in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .connection import CommandFailed, DataDir, connected
from .output import AsJson, as_json, say, table
from .rules import add_to as add_rules
from .rules import show_version

if TYPE_CHECKING:
    from pipeline.policy.rules import RulePack

rules = typer.Typer(no_args_is_help=True, help="Who is told what, when and why.")
templates = typer.Typer(no_args_is_help=True, help="The texts.")
Folder = Annotated[Path, typer.Argument(help="Folder with the files.")]


def add_to(app: typer.Typer) -> None:
    add_rules(rules)
    app.add_typer(rules, name="rules")
    app.add_typer(templates, name="templates")
    app.command()(reload)


@rules.command("check")
def check_rules(folder: Folder) -> None:
    """Are these rules fit to be put in force? Every problem with file, line and field.

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
    for where, sentence in doubts_in(pack):
        say(f"{where}: {sentence}")
    say(f"{len(pack.rules)} rules, all right")


def doubts_in(pack: RulePack) -> list[tuple[str, str]]:
    """What is likely not meant, in words."""
    import prompts
    from pipeline.drafting.reasons import Reasons
    from pipeline.policy.doubts import doubts_of

    reasons = Reasons.load(prompts.read_texts(prompts.ROOT))
    return [(d.where, reasons.sentence(d.reason, "en")) for d in doubts_of(pack)]


@rules.command("show")
def show_rules(
    version: Annotated[str, typer.Argument(help="A version; else what is in force.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The rules in force, or the files of a version with its difference to them."""
    if version:
        show_version(version, data_dir, json_=json_)
        return
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
