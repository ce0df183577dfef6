"""`heliograph rules`, `templates`, `reload`: check, look, put in force."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import typer

from ..named_files import text_of
from .connection import CommandFailed, DataDir, address, connected
from .deadlines import due, remarks
from .output import AsJson, as_json, say, table
from .rule_doubts import doubts_in, doubts_there
from .rules import add_to as add_rules
from .rules import show_version

rules = typer.Typer(no_args_is_help=True, help="Who is told what, when and why.")
templates = typer.Typer(no_args_is_help=True, help="The texts.")
Name = Annotated[
    str, typer.Argument(help="KIND/AUDIENCE, as `heliograph templates list` shows it.")
]
Why = Annotated[str, typer.Option(help="Kept with it.")]
Folder = Annotated[Path, typer.Argument(help="Folder with the files.")]
Register = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the data: also hold services to its register."),
]
PROVING = 180.0
"""Seconds for a reload: every text is proven anew, which takes a minute on a busy machine."""


def add_to(app: typer.Typer) -> None:
    rules.command()(due)
    add_rules(rules)
    app.add_typer(rules, name="rules")
    app.add_typer(templates, name="templates")
    app.command()(reload)


@rules.command("check")
def check_rules(folder: Folder, data_dir: Register = None) -> None:
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
    doubts = doubts_in(pack) if data_dir is None else doubts_there(folder, data_dir)
    for where, sentence in doubts:
        say(f"{where}: {sentence}")
    policies = len({level.id for level in pack.service_levels})
    say(
        f"{len(pack.rules)} rules, {policies} service levels, {len(pack.calendars)} calendars: "
        + _verdict(len(doubts))
    )
    if data_dir is None and any(rule.service for rule in pack.confirmation.tickets):
        say(
            "Whether the register knows the services that are named was not looked at: --data-dir DIR does that."
        )
    for remark in remarks(pack):
        say(remark)


def _verdict(doubts: int) -> str:
    """What is doubted may be meant: it keeps nothing from coming in force, and is not all right either."""
    if not doubts:
        return "all right"
    one = "1 doubt above" if doubts == 1 else f"{doubts} doubts above"
    return f"fit to be put in force, but {one}: see whether it is meant"


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
    from pipeline.drafting.spoken import delay

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
            delay(timedelta(seconds=r["after_seconds"]), "en") if r["after_seconds"] else "at once",
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
    except UnicodeDecodeError as wrong:
        raise CommandFailed(f"a file in {folder} is not UTF-8 (byte {wrong.start})") from None
    except (Misconfigured, OSError, ValueError) as wrong:
        raise CommandFailed(str(wrong)) from None
    say(f"{len(texts.templates.population)} texts in two languages, all right")


@templates.command("list")
def list_templates(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """All texts in force, and where each comes from."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/templates")
    if json_:
        as_json(found)
        return
    rows = [(t["name"], t["origin"], str(t["version"] or "")) for t in found]
    table(("text", "from", "version"), rows, "There are no texts.")


@templates.command("show")
def show_template(
    name: Name,
    ticket: Annotated[str, typer.Option(help="Say which text tells this ticket.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """A text in both languages with its versions; or, with a ticket, which text wins and why."""
    with connected(data_dir) as send:
        if ticket:
            found = send("GET", _at(name, "candidates"), params={"ticket": ticket})
        else:
            found = send("GET", _at(name))
    if json_:
        as_json(found)
    elif ticket:
        rows = [
            (c["name"], "wins" if c["wins"] else c["misfit"] or "less particular") for c in found
        ]
        table(("text", "for this ticket"), rows, "There are no texts.")
    else:
        say(f"{found['zh']}\n\n{found['en']}")
        kept = [
            (str(v["version"]), v["author"], v["saved_at"], v["why"]) for v in found["versions"]
        ]
        table(("version", "by", "saved", "why"), kept, "No version was written here.")


@templates.command("save")
def save_template(
    name: Name,
    folder: Folder,
    why: Why = "",
    data_dir: DataDir = None,
) -> None:
    """Keep both languages from a folder as a new version, which is not in force yet.

    What keeps it from coming in force is told at once; it is kept all the same.
    """
    texts = {language: _text_in(folder, name, language) for language in ("zh", "en")}
    with connected(data_dir) as send:
        seen = send("GET", _at(name))["versions"]
        after = seen[0]["version"] if seen else 0
        saved = send("POST", _at(name, "versions"), body={**texts, "after": after, "why": why})
        problems = send("POST", _at(name, "check"), body=texts)
    version = saved["version"]
    for found in problems:
        say(f"{found['where']}: {found['problem']}" if found["where"] else found["problem"])
    if problems:
        say(
            f"{name}: kept as version {version}, which cannot be put in force like this; "
            "mend the files and save them again"
        )
        return
    then = f"heliograph templates activate {name} {version}"
    say(f"{name}: kept as version {version}; it is in force after `{then}`")


def _text_in(folder: Path, name: str, language: str) -> str:
    """Raises CommandFailed with the place where the text is looked for."""
    kind, _, part = name.partition("/")
    file = folder / "messages" / kind / f"{part}.{language}.jinja"
    if not file.exists():
        raise CommandFailed(
            f"there is no file {file}; a text is kept in both languages, "
            "as FOLDER/messages/KIND/AUDIENCE.zh.jinja and AUDIENCE.en.jinja"
        )
    return text_of(file)


@templates.command("preview")
def preview_template(
    name: Name,
    ticket: Annotated[str, typer.Argument(help="Number or id of a ticket.")],
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """The text in force on a real ticket: every form, both languages, and what the check finds."""
    with connected(data_dir) as send:
        found = send("POST", _at(name, "preview"), body={"ticket": ticket})
    if json_:
        as_json(found)
        return
    for one in found:
        say(f"== {one['language']}, {one['form']} ==\n{one['subject']}\n\n{one['text']}")
        for finding in one["findings"]:
            say(f"! {finding['level']}: {finding['rule']} {finding['excerpt']}")


@templates.command("activate")
def activate_template(
    name: Name,
    version: Annotated[int, typer.Argument(help="0 takes the text of the files.")],
    why: Why = "",
    data_dir: DataDir = None,
) -> None:
    """Put a version in force, without a restart. Refused with every problem."""
    with connected(data_dir) as send:
        try:
            send("POST", _at(name, "activate"), body={"version": version, "why": why})
        except CommandFailed as refused:
            if refused.status == HTTPStatus.BAD_REQUEST:
                then = f"mend it, save it again (heliograph templates save {name} FOLDER)"
                raise CommandFailed(f"{refused}\n  {then}, and put that version in force") from None
            raise
    say(f"{name}: version {version} is in force")


@templates.command("rollback")
def roll_back_template(name: Name, why: Why = "", data_dir: DataDir = None) -> None:
    """Put the one before in force again."""
    with connected(data_dir) as send:
        back = send("POST", _at(name, "rollback"), body={"why": why})
    say(
        f"{name}: version {back['version']} is in force"
        if back["version"]
        else f"{name}: as its file says"
    )


def _at(name: str, *more: str) -> str:
    kind, _, part = name.partition("/")
    return address("templates", kind, part, *more)


def _look(folder: Path) -> None:
    """A mistyped folder must not pass for one with nothing wrong in it."""
    if not folder.is_dir():
        raise CommandFailed(f"{folder} is not a folder")


def reload(data_dir: DataDir = None) -> None:
    """Read rules and templates again and put them in force. Wrong ones are refused whole."""
    with connected(data_dir) as send:
        counted = send("POST", "/api/v1/reload", within=PROVING)
    say(", ".join(f"{n} {what}" for what, n in counted.items()))
