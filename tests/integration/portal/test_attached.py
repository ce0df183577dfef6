"""A hundred people report what is known already: each is answered with how it stands, and hears its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.errors import Hindrance, UnknownIncident, WrongState
from pipeline.domain.incident import Incident
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Detached
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk

DOWN = {"severity": "P1", "impact": "unavailable", "service": "crm"}
OUTSIDER = "outsider@example.org"
"""Uses no service that is on record: what she hears, she hears by her ticket."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path) as found:
        began = "2026-08-24T09:52:00+08:00"
        found.at("10:00").send("incident.declared", CRM, started_at=began, **DOWN)
        yield found.at("10:01")


def report(desk: Desk, number: str = "INC-1", **data: Any) -> Incident:
    told = {"title": "Cannot sign in", "requester": {"id": "outsider"}, **data}
    desk.send("reported", number, **told)
    found = desk.app.queries.incident(number)
    assert found is not None
    return found


def incident(desk: Desk, number: str) -> Incident:
    found = desk.app.queries.incident(number)
    assert found is not None
    return found


def major(desk: Desk) -> Incident:
    return incident(desk, CRM)


def subjects(desk: Desk) -> list[str]:
    return [mail.subject for mail in desk.mails(OUTSIDER)]


def test_who_reports_what_is_known_is_answered_with_it_and_hears_its_end(desk: Desk) -> None:
    """The acknowledgement tells the public state, and no next step of its own."""
    ticket = report(desk, service="crm", priority="P3")
    assert ticket.attached_to == major(desk).id
    [answer] = desk.mails(OUTSIDER)
    for words in ("CRM is unavailable", CRM, "09:52", "10:20", f"https://it.example.org/s/{CRM}"):
        assert words in answer.text
    assert "technician will contact" not in answer.text
    assert [p.what for p in desk.app.queries.promises(ticket.id)] == []
    desk.at("10:21")
    desk.send("incident.restored", CRM)
    desk.at("10:25")
    assert [words in subject for subject, words in zip(subjects(desk)[1:], ("", "is back"), strict=True)] == [True] * 2  # fmt: skip
    assert desk.app.portal.queries.attached(major(desk).id, 10)[0] == 1


def test_the_end_reaches_who_was_attached_after_the_last_update(desk: Desk) -> None:
    """Nothing else told her of it: the answer to her report counts."""
    report(desk, service="crm")
    desk.send("incident.restored", CRM)
    desk.at("10:02")
    assert "is back" in subjects(desk)[-1]


def test_a_reader_of_chinese_is_answered_in_chinese(desk: Desk) -> None:
    report(desk, service="crm", requester={"id": "li"})
    answer = next(m for m in desk.mails("li@example.org") if "INC-1" in m.subject)
    for words in (
        "它属于一起已知的故障：CRM 目前无法使用",
        "开始时间：09:52",
        "下一次通报不晚于：10:20",
    ):
        assert words in answer.text


@pytest.mark.parametrize(
    ("data", "basis"),
    [
        ({"service": "crm"}, "service"),
        ({"service": "crm", "category": "Service-Request"}, None),
        ({"title": "crm is slow"}, "title"),
        ({"title": "我的CRM登不进去"}, "title"),
        ({"title": "Scrmble eggs"}, None),
        ({"title": "CRM report does not print", "service": "printing"}, None),
        ({"title": "Payslip wrong"}, None),
    ],
)
def test_a_ticket_belongs_by_its_service_or_by_a_name_of_it(
    desk: Desk, data: dict[str, str], basis: str | None
) -> None:
    ticket = report(desk, **data)
    assert (ticket.attached.value.basis if ticket.attached else None) == basis
    assert ("known" in desk.mails(OUTSIDER)[0].text) is (basis is not None)


def test_what_is_over_or_was_a_false_alarm_takes_no_ticket(desk: Desk) -> None:
    desk.at("10:05").send("incident.restored", CRM)
    assert report(desk, "INC-1", service="crm").attached_to is None
    desk.at("10:10").send("incident.declared", "INC-2", **DOWN)
    desk.at("10:11").send("incident.withdrawn", "INC-2")
    assert report(desk, "INC-3", service="crm").attached_to is None


def test_a_person_takes_it_away_and_puts_it_back(desk: Desk) -> None:
    """Each is an event with whoever did it; detached, she hears no more of the failure."""
    ticket, by = report(desk, service="crm"), PersonRef(id="lin")
    desk.app.acts.record(ticket.id, Detached(by=by), version=ticket.version)
    assert desk.app.portal.queries.attached(major(desk).id, 10) == (0, [])
    desk.at("10:30").send("incident.severity_changed", CRM, severity="P2")
    assert [s.partition(":")[0] for s in subjects(desk)] == ["We have it", "Looked at separately"]
    again = desk.app.queries.incident("INC-1")
    assert again is not None
    assert again.attached_to is None
    back = Attached(incident=major(desk).id, number=CRM, basis="person", by=by)
    desk.app.acts.record(again.id, back, version=again.version)
    assert desk.app.portal.queries.attached(major(desk).id, 10)[0] == 1


def test_a_ticket_joins_only_what_is_a_major_incident(desk: Desk) -> None:
    ticket, other = report(desk, "INC-1"), report(desk, "INC-2")
    for wrong in (other.id, ticket.id, "inc_nowhere"):
        with pytest.raises(UnknownIncident):
            desk.app.acts.record(
                ticket.id,
                Attached(incident=wrong, number="INC-2", basis="person"),
                version=ticket.version,
            )


def test_a_major_incident_belongs_to_no_other_unless_it_was_a_false_alarm(desk: Desk) -> None:
    """Its reporter would hear the end of a failure that is not hers."""
    report(desk, "INC-2", service="printing")
    desk.send("incident.declared", "INC-2", **DOWN | {"service": "printing"})
    own = incident(desk, "INC-2")
    to = Attached(incident=major(desk).id, number=CRM, basis="person")
    with pytest.raises(WrongState, match="INC-2 is a major incident itself") as refused:
        desk.app.acts.record(own.id, to, version=own.version)
    assert refused.value.hindrance is Hindrance.IS_MAJOR
    assert desk.app.portal.queries.attached(major(desk).id, 10)[0] == 0
    desk.at("10:05").send("incident.withdrawn", "INC-2")
    own = incident(desk, "INC-2")
    desk.app.acts.record(own.id, to, version=own.version)
    assert incident(desk, "INC-2").attached_to == major(desk).id


def test_nothing_is_attached_to_a_false_alarm(desk: Desk) -> None:
    ticket = report(desk, title="Payslip wrong")
    desk.at("10:05").send("incident.withdrawn", CRM)
    to = Attached(incident=major(desk).id, number=CRM, basis="person")
    with pytest.raises(WrongState, match="was a false alarm"):
        desk.app.acts.record(ticket.id, to, version=ticket.version)


def test_what_is_attached_to_nothing_is_not_detached(desk: Desk) -> None:
    """And its timeline does not say that it was."""
    ticket = report(desk, title="Payslip wrong")
    with pytest.raises(WrongState, match="INC-1 is attached to no major incident"):
        desk.app.acts.record(ticket.id, Detached(), version=ticket.version)
    assert incident(desk, "INC-1").version == ticket.version


def test_nothing_that_was_not_published_is_in_the_answer(tmp_path: Path) -> None:
    """Before the first public word she gets the usual acknowledgement; then what the public has."""
    with outage(tmp_path, status_page=False) as found:
        found.at("10:00").send("incident.declared", CRM, **DOWN)
        ticket = report(found.at("10:01"), service="crm")
        assert ticket.attached_to is not None
        answer = found.mails(OUTSIDER)[0].text
        assert CRM not in answer
        assert "/s/" not in answer


def test_switched_off_no_ticket_is_attached_by_itself(tmp_path: Path) -> None:
    """Where the desk does that itself; a person still can."""
    with outage(tmp_path, attach_tickets=False) as found:
        found.at("10:00").send("incident.declared", CRM, **DOWN)
        assert report(found.at("10:01"), service="crm").attached_to is None


@pytest.mark.parametrize(
    ("at", "more", "belongs"),
    [
        ("10:29", {"service": "crm"}, True),
        ("10:16", {"title": "CRM: error 500"}, True),
        ("10:14", {"service": "crm"}, False),
        ("10:29", {"service": "printing"}, False),
        ("10:29", {"service": "crm", "category": "Service-Request"}, False),
    ],
    ids=["seconds-before", "within-the-time", "too-long-before", "another-service", "a-wish"],
)
def test_what_was_reported_shortly_before_a_relapse_belongs_to_it(
    desk: Desk, at: str, more: dict[str, Any], belongs: bool
) -> None:
    """As before a declaration, and by the same time; its reporter hears that it failed again, once."""
    desk.at("10:05").send("incident.restored", CRM)
    ticket = report(desk.at(at), **more)
    assert ticket.attached_to is None
    desk.at("10:30").send("incident.relapsed", CRM)
    desk.at("10:32")
    assert incident(desk, "INC-1").attached_to == (major(desk).id if belongs else None)
    assert len([s for s in subjects(desk) if "CRM fails again" in s]) == int(belongs)


def test_what_a_person_took_away_from_a_failure_does_not_join_its_relapse(desk: Desk) -> None:
    ticket = report(desk, service="crm")
    by = PersonRef(id="lin")
    desk.app.acts.record(ticket.id, Detached(by=by), version=ticket.version)
    desk.at("10:05").send("incident.restored", CRM)
    desk.at("10:06").send("incident.relapsed", CRM)
    desk.at("10:08")
    assert incident(desk, "INC-1").attached_to is None
