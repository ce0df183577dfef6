"""A desk whose texts need agreement: managers to ask, and a pack whose release entries a test names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from pipeline.domain.agreement import Ballot, Voter
from pipeline.domain.communication import Communication, CommunicationState, Kind
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Role, Service
from pipeline.policy.loading import SHIPPED

from .desk import Desk, opened

MANAGERS, BOARD = ("mei", "noor"), ("otto",)
REASON = {"zh": "测试规则", "en": "A rule of the test"}


def _person(name: str, role: Role | None = None, **more: Any) -> Person:
    address = (Address(channel="mail", value=f"{name}@example.org"),)
    return Person(id=name, name=name.title(), role=role, addresses=address, **more)


DIRECTORY = Directory(
    people=(
        *(_person(name, Role.INCIDENT_MANAGER, zone="Asia/Shanghai") for name in MANAGERS),
        *(_person(name) for name in BOARD),
        _person("user", language="zh", zone="Asia/Shanghai"),
        _person("reader"),
        _person("tech", Role.TECHNICIAN),
    ),
    groups=(
        Group(id="incident-managers", name=Names(zh="事件经理", en="Managers"), members=MANAGERS),
        Group(id="board", name=Names(zh="领导", en="Board"), members=BOARD),
        Group(id="users", name=Names(zh="用户", en="Users"), members=("user", "reader")),
    ),
    services=(
        Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("users",)),
        Service(
            id="vault", name=Names(zh="档案库", en="Vault"), users=("users",), category="security"
        ),
    ),
)


@contextmanager
def releasing(folder: Path, *entries: dict[str, Any], **settings: Any) -> Iterator[Desk]:
    """`entries` are those of `release:`, each with a reason of the tests' own."""
    rules = folder / "rules"
    shutil.copytree(SHIPPED, rules)
    pack = {"version": 1, "release": [{"reason": dict(REASON), **one} for one in entries]}
    (rules / "a_release.yaml").write_text(yaml.safe_dump(pack), encoding="utf-8")
    with opened(folder / "data", rules_dir=rules, **settings) as desk:
        desk.app.acts.load_directory(DIRECTORY)
        yield desk


def declared(desk: Desk, service: str = "crm", **more: Any) -> Communication:
    """A major incident, and its first contact to those affected as it stands then."""
    event = desk.event("x", "T-1", severity="P2", impact="unavailable", service=service, **more)
    desk.accept(event | {"type": "heliograph.incident.declared.v1"})
    desk.settle()
    return first_contact(desk)


def first_contact(desk: Desk) -> Communication:
    """The newest to those affected."""
    told = [
        c for c in desk.communications if (c.kind, c.audience) == (Kind.FIRST_CONTACT, "affected")
    ]
    return told[-1]


def vote(desk: Desk, name: str, ballot: Ballot = Ballot.AGREE, why: str = "", **more: Any) -> None:
    voter = Voter(**{"id": name, "via": "console", **more})
    desk.app.releasing.vote(first_contact(desk).id, voter, ballot, why)
    desk.settle()


def state(desk: Desk) -> CommunicationState:
    found = desk.app.queries.communication(first_contact(desk).id)
    assert found is not None
    return found.state


def to_users(desk: Desk) -> list[str]:
    """Addresses of those affected who got a mail."""
    return [
        m.address for m in desk.mail.sent if m.address in ("user@example.org", "reader@example.org")
    ]


def requests(desk: Desk) -> list[str]:
    return [
        m.address
        for m in desk.mail.sent
        if "waiting for your decision" in m.text or "等您决定" in m.text
    ]
