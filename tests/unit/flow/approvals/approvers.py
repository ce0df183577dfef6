"""People who are asked to agree, in an installation of the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipeline.domain.approvals import Approval
from pipeline.domain.directory import (
    Absence,
    Address,
    Directory,
    Group,
    Names,
    Person,
    Role,
)
from pipeline.domain.incident import Incident
from tests.unit.flow.desk import START, Desk, opened

HOUR = 60
DAY = timedelta(days=1)


def person(name: str, **more: Any) -> Person:
    address = Address(channel="mail", value=f"{name}@example.org")
    return Person(id=name, name=name.title(), addresses=(address,), **more)


def away(substitute: str | None) -> tuple[Absence, ...]:
    return (Absence(since=START - DAY, until=START + 300 * DAY, substitute=substitute),)


PEOPLE = (
    person("zhao", groups=("platform",), role=Role.TECHNICIAN),
    person("sun", groups=("platform",)),
    person("boss", role=Role.INCIDENT_MANAGER),
    person("duty"),
    person("away", groups=("platform",), absences=away("sun")),
    person("alone", groups=("platform",), absences=away(None)),
    person("gone", groups=("platform",), active=False),
)
GROUPS = (
    Group(id="platform", name=Names(zh="平台组", en="Platform"), managers=("boss",)),
    Group(id="incident-managers", name=Names(zh="值班", en="Duty"), members=("duty",)),
)


class Asking(Desk):
    """A desk whose ticket is another one for each test: opening an installation takes a second."""

    number = "T-1"

    def event(self, type_: str, number: str = "T-1", **data: Any) -> dict[str, Any]:
        return super().event(type_, self.number if number == "T-1" else number, **data)

    @property
    def incident(self) -> Incident:
        found = self.app.queries.incident(self.number)
        assert found is not None
        return found

    def begin(self) -> None:
        """With a ticket that nobody has done anything about."""
        self.number = f"T-{int(self.number[2:]) + 1}"
        self.report()
        self.settle()
        self.mail.sent.clear()


@contextmanager
def approving(folder: Path, **settings: Any) -> Iterator[Asking]:
    """People who may be asked."""
    with opened(folder, **settings) as desk:
        desk.app.acts.load_directory(Directory(people=PEOPLE, groups=GROUPS))
        yield Asking(desk.app, desk.clock, desk.mail)


def ask(desk: Asking, *approvers: str, name: str = "a1", **more: Any) -> None:
    """As a desk sends it; due in a day unless something else is said."""
    usual = {
        "approval": name,
        "approvers": [{"id": one} for one in approvers],
        "what": "Move the mailbox of Wang Xiaolin",
        "due_by": (desk.clock.now() + DAY).isoformat(),
    }
    desk.send("approval_asked", **usual | more)
    desk.settle()


def decide(desk: Asking, by: str, approved: bool = True, name: str = "a1", **more: Any) -> None:
    """As from the link."""
    desk.app.deciding.approvals.decide(
        desk.incident.id, name, by=by, approved=approved, **{"where": "link", **more}
    )
    desk.settle()


def approval(desk: Asking, name: str = "a1") -> Approval:
    return next(one for one in desk.incident.approvals if one.id == name)


def told(desk: Asking) -> list[str]:
    """Who was sent something since the ticket was reported, in order."""
    return [message.address.split("@")[0] for message in desk.mail.sent]


def alarms(desk: Asking) -> list[str]:
    mine = desk.incident.id
    return sorted(a.code for a in desk.app.queries.alarms() if a.incident == mine)
