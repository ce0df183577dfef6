"""Failures that hit several people, one after the other, in an installation of the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.domain.communication import Communication, Kind
from pipeline.domain.directory import Address, Directory, Group, Names, Service
from pipeline.domain.incident_types import IncidentType
from pipeline.domain.subscription import Choice, Subscription
from pipeline.domain.survey import Survey, SurveyKind
from tests.unit.flow.approvals.approvers import Asking, approving, person

DAY = 24 * 60
NAMES = Names(zh="CRM", en="CRM")
TEAM = Names(zh="应用支持组", en="Application Support")


class Failing(Asking):
    """Each failure begins a while after the one before, so that nobody was asked lately."""

    def fail(self, severity: str = "P1", service: str = "crm", days: int = 31) -> None:
        """So many days after whatever was before; wang, who reports it, is none of those affected."""
        self.wait(days * DAY)
        self.new(service=service)
        self.declare(severity)

    def new(self, **reported: Any) -> None:
        self.number = f"T-{int(self.number[2:]) + 1}"
        self.report(**reported)
        self.settle()

    def fix(self, requester: str) -> None:
        """Another ticket, of one person, that is resolved at once."""
        self.new(requester={"id": requester})
        self.send("resolved", fix_summary="Moved")
        self.wait(1)

    def declare(self, severity: str = "P1") -> None:
        self.about("declared", severity=severity, symptom="Signing in fails")

    def about(self, type_: str, **data: Any) -> None:
        raw = self.event(type_, **data)
        self.accept(raw | {"type": f"heliograph.incident.{type_}.v1"})
        self.settle()

    def over(self) -> None:
        """Restored and closed; whoever is asked is asked a day later."""
        self.wait(30)
        self.about("team_called", team="app-support")
        self.about("restored")
        self.wait(30)
        self.send("closed")
        self.settle()
        self.mail.sent.clear()

    def asked(self) -> list[str]:
        """To whom the question went, by address."""
        found = [m.address.split("@")[0] for m in self.mail.sent if "/v/" in m.text]
        return sorted(found)

    def why_not(self) -> dict[str, str]:
        """Of each who was not asked of this failure, why."""
        found = self.app.deciding.found.unasked(self.incident.id, 100)
        return {one.person: one.reason.code for one in found}

    def questions(self) -> list[Communication]:
        found = self.app.queries.communications(self.incident.id)
        return [c for c in found if c.kind is Kind.SURVEY]

    def surveys(self) -> dict[str, Survey]:
        with self.app.store.read() as tx:
            kept = tx.surveys_on([self.incident.id], SurveyKind.INFORMED)
        return {one.person: one for one in kept}

    def answer(self, who: str, score: int, comment: str = "") -> Survey:
        said = self.app.deciding.surveys.answer(self.surveys()[who].id, score, comment)
        self.settle()
        return said

    def subscribe(self, name: str, address: str) -> None:
        at = Address(channel="mail", value=address)
        choice = Choice(address=at, language="en", zone="UTC", services=())
        now = self.clock.now()
        with self.app.store.write() as tx:
            tx.save_subscription(
                Subscription(id=name, choice=choice, created_at=now, changed_at=now)
            )


@contextmanager
def failing(folder: Path, **settings: Any) -> Iterator[Failing]:
    """CRM has two users, of whom one reads Chinese, and a room."""
    with approving(folder, **settings) as found:
        room = (Address(channel="mail", value="room@example.org"),)
        found.app.acts.load_directory(
            Directory(
                people=(person("li", language="zh"), person("tom"), person("ops")),
                groups=(
                    Group(id="staff", name=NAMES, members=("li", "tom")),
                    Group(id="sales", name=NAMES, addresses=room),
                    Group(id="app-support", name=TEAM, members=("ops",)),
                ),
                services=(
                    Service(id="crm", name=NAMES, users=("staff", "sales")),
                    Service(
                        id="vault", name=NAMES, users=("staff",), category=IncidentType.SECURITY
                    ),
                ),
            )
        )
        yield Failing(found.app, found.clock, found.mail)


def link_to_answer(text: str) -> str:
    """Without our address, and without a score."""
    found = re.search(r"https?://[^/\s]+(/v/[^\s?]+)", text)
    assert found
    return found[1]
