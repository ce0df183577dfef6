"""An outage, and tickets that belong to it: what is done, and what came of it."""

from __future__ import annotations

from pipeline.domain.communication import Kind
from pipeline.domain.correction import Correction
from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.incident import Incident
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Detached
from pipeline.domain.service_clock import ServiceClock
from pipeline.flow.drain import drain
from tests.acceptance.outage import CRM
from tests.acceptance.story import Desk, Mail

from .test_attached import DOWN, OUTSIDER, incident, major

TOM = "tom@example.org"
TEN = "2026-08-24T10:00:00+08:00"
NINE = "2026-08-24T09:00:00+08:00"

PLAIN = [
    ("Please reset my password for CRM", "", False),
    ("请帮我开通 CRM 权限", "", False),
    ("CRM report", "How do I export it?", False),
    *(
        (title, "", False)
        for title in (
            "Please give me CRM access",
            "I need CRM access",
            "New CRM account for intern",
        )
    ),
    *(
        (title, "", False)
        for title in ("CRM token renewal", "Question about CRM", "需要 CRM 账号", "想用 CRM 接入")
    ),
    ("I need CRM access, it says error 500", "", True),
    ("New error in CRM", "", True),
    ("请问 CRM 怎么打不开了", "", True),
    ("Cannot sign in to CRM, please reset my password", "", True),
    ("Cannot open CRM, please help", "", True),
    ("CRM access request page shows an error", "", True),
    ("CRM 打不开，请处理", "", True),
]


def declare(desk: Desk, number: str = CRM, **more: object) -> None:
    desk.send("incident.declared", number, started_at=TEN, **DOWN | more)


def used_by_nobody(desk: Desk) -> None:
    """A service whose users the register does not name."""
    name = Names(zh="CRM", en="CRM")
    desk.app.acts.load_directory(Directory(services=(Service(id="crm", name=name),)))


def corrections(desk: Desk) -> list[Correction]:
    with desk.app.store.read() as tx:
        return tx.corrections_of(major(desk).id)


def held(desk: Desk) -> list[str]:
    rows = desk.app.queries.communications(major(desk).id)
    return [c.id for c in rows if c.kind is Kind.CORRECTION and c.state.value == "held"]


def release_all(desk: Desk) -> None:
    for name in held(desk):
        desk.app.acts.release(name, "lin")
    drain(desk.app.steps)


def last(desk: Desk, address: str = OUTSIDER) -> Mail:
    return desk.mails(address)[-1]


def attach(desk: Desk, ticket: str, to: Incident) -> None:
    by = PersonRef(id="lin")
    data = Attached(incident=to.id, number=to.number, basis="person", by=by)
    desk.app.acts.record(incident(desk, ticket).id, data, version=incident(desk, ticket).version)
    drain(desk.app.steps)


def detach(desk: Desk, ticket: str) -> None:
    data = Detached(by=PersonRef(id="lin"))
    desk.app.acts.record(incident(desk, ticket).id, data, version=incident(desk, ticket).version)
    drain(desk.app.steps)


def clocks(desk: Desk, number: str) -> list[ServiceClock]:
    with desk.app.store.read() as tx:
        return tx.service_clocks(incident(desk, number).id)


def release_by_two(desk: Desk) -> None:
    rows = desk.app.queries.communications(major(desk).id)
    for waiting in [c for c in rows if c.state.value == "held"]:
        for by in ("lin", "ops"):
            desk.app.acts.release(waiting.id, by)
    drain(desk.app.steps)
