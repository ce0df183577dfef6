"""Where is it played? A throwaway installation whose readers are one of each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import yaml
from pydantic import SecretStr

from pipeline.bootstrap import Heliograph, open_replay
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Service
from pipeline.flow.drain import Settable
from pipeline.policy.audiences import FRONT_LINE, INCIDENT_MANAGERS, LEADERS
from pipeline.policy.loading import SHIPPED, read_rules
from pipeline.settings import Settings

from .ending import own_folder
from .histories import History
from .steps import service_of

USERS = "users"


@contextmanager
def stage(
    histories: Sequence[History], audiences: Sequence[str], settings: Settings, start: datetime
) -> Iterator[tuple[Heliograph, Settable]]:
    """`settings` give rules, texts, zone and desk; data folder and database are new ones."""
    with own_folder() as home:
        rules = home / "rules"
        _write_rules(rules, settings.rules_dir or SHIPPED, audiences)
        own = settings.model_copy(
            update={
                "data_dir": home / "data",
                "database_url": SecretStr(""),
                "rules_dir": rules,
            }
        )
        app, clock = open_replay(own, start)
        try:
            app.acts.load_directory(_directory(histories, audiences, settings.zone))
            yield app, clock
        finally:
            app.close()


def _write_rules(folder: Path, shipped: Path, audiences: Sequence[str]) -> None:
    """The rules in force, less those that tell others than the chosen audiences."""
    folder.mkdir()
    for name, text in read_rules(shipped).items():
        pack = yaml.safe_load(text)
        pack["rules"] = [rule for rule in pack.get("rules", []) if rule["tell"] in audiences]
        (folder / name).write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")


_GROUPS = {
    "affected": USERS,
    "leaders": LEADERS,
    "front_line": FRONT_LINE,
    "owner": INCIDENT_MANAGERS,
}


def _directory(histories: Sequence[History], audiences: Sequence[str], zone: str) -> Directory:
    names = sorted({service for h in histories if (service := service_of(h))})
    readers = (
        Person(id="zh", name="Reader", language="zh", zone=zone, addresses=_mail("zh")),
        Person(id="en", name="Reader", language="en", zone=zone, addresses=_mail("en")),
    )
    groups = tuple(
        Group(id=name, name=Names(zh=name, en=name), members=("zh", "en"))
        for name in (_GROUPS[audience] for audience in audiences if audience in _GROUPS)
    )
    services = tuple(
        Service(id=name, name=Names(zh=name, en=name), users=(USERS,)) for name in names
    )
    return Directory(people=readers, groups=groups, services=services)


def _mail(name: str) -> tuple[Address, ...]:
    return (Address(channel="mail", value=f"{name}@example.org"),)
