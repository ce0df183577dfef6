"""`heliograph alerts`, `maintenance` and `webhooks`: what monitors see, what is planned, how tools are mapped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..named_files import octets_of
from .connection import CommandFailed, DataDir, address, connected
from .output import AsJson, as_json, say, table

maintenance = typer.Typer(no_args_is_help=True, help="Plan maintenance, move it, take it back.")
webhooks = typer.Typer(no_args_is_help=True, help="The mapping files of webhooks.")
KINDS = ("firing", "unmapped", "held", "flapping", "quiet")
Services = Annotated[list[str], typer.Option("--service", help="Its id; may be given again.")]


def add_to(app: typer.Typer) -> None:
    app.command()(alerts)
    app.add_typer(maintenance, name="maintenance")
    app.add_typer(webhooks, name="webhooks")


def alerts(
    which: Annotated[str, typer.Argument(help=", ".join(KINDS))] = "firing",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Monitors' alerts as they stand, newest change first.

    Examples:

        heliograph alerts

        heliograph alerts unmapped
    """
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/alerts", params={"which": which})
    if json_:
        as_json(found)
        return
    rows = [
        (
            a["alert"]["title"],
            a.get("service") or "-",
            a.get("severity") or "-",
            a["changed_at"],
            a.get("held_number") or found["numbers"].get(a.get("incident")) or "-",
        )
        for a in found["alerts"]
    ]
    table(("alert", "service", "severity", "changed", "ticket"), rows, f"No alert is {which}.")


@maintenance.command("list")
def list_(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """What is planned or under way."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/maintenance")
    if json_:
        as_json(found)
        return
    rows = [
        (m["number"], m["title"], ", ".join(m["services"]), m["starts_at"], m["ends_at"])
        for m in found
    ]
    table(("number", "title", "services", "from", "until"), rows, "Nothing is planned.")


@maintenance.command()
def plan(
    title: Annotated[str, typer.Argument(help="For those who work on it.")],
    service: Services,
    starts: Annotated[str, typer.Option(help="2026-08-29T22:00:00+08:00")],
    ends: Annotated[str, typer.Option(help="2026-08-29T23:30:00+08:00")],
    effect_zh: Annotated[str, typer.Option(help="What users will notice, in Chinese.")] = "",
    effect_en: Annotated[str, typer.Option(help="The same in English.")] = "",
    number: Annotated[str, typer.Option(help="The change's own number.")] = "",
    data_dir: DataDir = None,
    json_: AsJson = False,
) -> None:
    """Plan maintenance: those who use the services are told, and its alerts are held back meanwhile.

    Examples:

        heliograph maintenance plan "CRM upgrade" --service crm --starts 2026-08-29T22:00:00+08:00 --ends 2026-08-29T23:30:00+08:00 --effect-en "CRM cannot be used"
    """
    body: dict[str, Any] = {"title": title, "services": service}
    body |= {"starts_at": starts, "ends_at": ends}
    if (effect := _words(effect_zh, effect_en)) is not None:
        body["effect"] = effect
    if number:
        body["number"] = number
    with connected(data_dir) as send:
        found = send("POST", "/api/v1/maintenance", body=body)
    as_json(found) if json_ else _said("planned", found)


@maintenance.command()
def move(
    number: str,
    starts: Annotated[str, typer.Option(help="Stays as it is when left out.")] = "",
    ends: Annotated[str, typer.Option(help="Stays as it is when left out.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Another time. Those who heard of it are told."""
    given = {"starts_at": starts, "ends_at": ends}
    body = {name: value for name, value in given.items() if value}
    with connected(data_dir) as send:
        found = send("POST", address("maintenance", number, "change"), body=body)
    _said("moved", found)


def _said(done: str, plan: dict[str, Any]) -> None:
    say(f"{done}: {plan['number']}")
    if plan["overlaps"]:
        say(f"at the same time as {', '.join(plan['overlaps'])}, for the same service: see whether that is meant")  # fmt: skip


@maintenance.command()
def cancel(
    number: str,
    reason_zh: Annotated[str, typer.Option(help="Why, in Chinese.")] = "",
    reason_en: Annotated[str, typer.Option(help="Why, in English.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Take it back. Those who heard of it are told; what it held back comes up."""
    reason = _words(reason_zh, reason_en)
    body = {} if reason is None else {"reason": reason}
    with connected(data_dir) as send:
        send("POST", address("maintenance", number, "cancel"), body=body)
    say(f"cancelled: {number}")


@webhooks.command()
def mappings(data_dir: DataDir = None, json_: AsJson = False) -> None:
    """The mapping files, and what is wrong with them."""
    with connected(data_dir) as send:
        found = send("GET", "/api/v1/webhooks/mappings")
    if json_:
        as_json(found)
        return
    table(("mapping", "problems"), [(n, wrong or "-") for n, wrong in found.items()], "None.")


@webhooks.command("try")
def try_(
    mapping: Annotated[str, typer.Argument(help="A name, or a .yaml file that is none yet.")],
    payload: Annotated[Path, typer.Argument(help="A .json file as the tool sends it.")],
    data_dir: DataDir = None,
) -> None:
    """What a payload would become. Nothing is kept, and nobody is told.

    Examples:

        heliograph webhooks try zabbix payload.json

        heliograph webhooks try ./nagios.yaml payload.json
    """
    from pipeline.domain.errors import Malformed

    from ..strict_json import read_json

    try:
        said = read_json(octets_of(payload), field=str(payload))
    except Malformed as wrong:
        raise CommandFailed(f"{payload} {wrong}") from None
    file = Path(mapping)
    with connected(data_dir) as send:
        if file.suffix == ".yaml":
            body = {"mapping": octets_of(file).decode("utf-8", "replace"), "payload": said}
            found = send("POST", "/api/v1/webhooks/try", body=body)
        else:
            found = send("POST", address("webhooks", "generic", mapping, "try"), body=said)
    as_json(found)


def _words(zh: str, en: str) -> Any:
    """Both languages where both are given, else the one that is."""
    return {"zh": zh, "en": en} if zh and en else (zh or en or None)
