"""Whoever reported a failure, or came to it late, hears of it once, and of nothing that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Detached
from pipeline.domain.service_clock import ClockState
from tests.acceptance.outage import CRM, directory, outage
from tests.acceptance.story import Desk

from .late_reports import (
    PLAIN,
    attach,
    clocks,
    declare,
    detach,
    last,
    release_by_two,
    used_by_nobody,
)
from .test_attached import incident, major, report, subjects


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path) as found:
        yield found.at("10:00")


def test_whoever_reported_the_ticket_that_became_a_major_incident_hears_of_it(desk: Desk) -> None:
    """From its first contact to its end, though the register does not count her among the users."""
    desk.send("reported", CRM, title="Cannot sign in", requester={"id": "outsider"}, service="crm")
    desk.at("10:02")
    declare(desk)
    desk.at("10:15").send("incident.restored", CRM)
    desk.at("10:20")
    assert [s for s in subjects(desk) if "CRM is" in s] == [
        "CRM is unavailable. Next update by 10:20 (INC-9602)",
        "CRM is back (INC-9602)",
    ]


def test_that_the_register_names_no_users_is_an_alarm_also_where_its_reporter_is_told(
    desk: Desk,
) -> None:
    used_by_nobody(desk)
    desk.send("reported", CRM, title="Cannot sign in", requester={"id": "outsider"}, service="crm")
    declare(desk)
    assert "CRM is unavailable" in last(desk).subject
    assert "only_reporters_told" in [alarm.code for alarm in desk.app.queries.alarms()]


def test_a_relapse_reaches_those_who_reported_it_late_once(desk: Desk) -> None:
    """Where the register names nobody else: they were told the failure and its end, so no first contact follows."""
    used_by_nobody(desk)
    declare(desk)
    report(desk, service="crm")
    desk.at("10:05").send("incident.restored", CRM)
    desk.at("10:10").send("incident.relapsed", CRM)
    desk.at("10:12")
    assert subjects(desk)[1:] == [
        "CRM is back (INC-9602)",
        "CRM fails again. Next update by 10:30 (INC-9602)",
    ]


def test_a_relapse_reaches_those_too_who_came_since(desk: Desk) -> None:
    """Somebody who uses the service since the recovery is told what all others are told."""
    declare(desk)
    desk.at("10:05").send("incident.restored", CRM)
    name = Names(zh="CRM", en="CRM")
    service = Service(id="crm", name=name, users=("staff", "sales", "app-support"))
    desk.app.acts.load_directory(Directory(services=(service,)))
    desk.at("10:10").send("incident.relapsed", CRM)
    desk.at("10:12")
    assert any("again" in mail.subject for mail in desk.mails("ops@example.org"))


@pytest.mark.parametrize(("title", "description", "belongs"), PLAIN)
def test_what_only_asks_for_something_belongs_to_no_failure(
    desk: Desk, title: str, description: str, belongs: bool
) -> None:
    """A new account is not to wait until the service works again."""
    declare(desk)
    more = {"description": description} if description else {}
    ticket = report(desk, title=title, service="crm", **more)
    assert (ticket.attached_to is not None) is belongs


def test_nobody_learns_of_a_security_incident_by_reporting_something(desk: Desk) -> None:
    declare(desk)
    desk.send("classified", CRM, incident_type="security")
    assert report(desk, service="crm").attached_to is None


def test_a_ticket_that_is_declared_a_major_incident_belongs_to_no_other(desk: Desk) -> None:
    declare(desk)
    report(desk, "INC-1", service="crm")
    assert desk.app.portal.queries.attached(major(desk).id, 10)[0] == 1
    declare(desk, "INC-1")
    assert desk.app.portal.queries.attached(major(desk).id, 10)[0] == 0


def test_whose_ticket_a_person_attaches_hears_what_it_belongs_to(desk: Desk) -> None:
    declare(desk)
    ticket = report(desk, title="Payslip wrong")
    by = PersonRef(id="lin")
    to = Attached(incident=major(desk).id, number=CRM, basis="person", by=by)
    desk.app.acts.record(ticket.id, to, version=ticket.version)
    desk.at("10:05")
    assert last(desk).subject == "Belongs to a known disruption: Payslip wrong (INC-1)"
    for told in (
        "INC-1 (recorded) belongs to a disruption that is already known",
        "CRM is unavailable",
        CRM,
        "10:20",
    ):
        assert told in last(desk).text


def test_whose_ticket_is_taken_away_hears_that_it_is_looked_at_by_itself(desk: Desk) -> None:
    """She was told that she need do nothing more, and would hear of the end of the failure."""
    declare(desk)
    ticket = report(desk, service="crm")
    desk.app.acts.record(ticket.id, Detached(by=PersonRef(id="lin")), version=ticket.version)
    desk.at("10:05")
    assert last(desk).subject == "Looked at separately: Cannot sign in (INC-1)"
    for told in (
        f"INC-1 (recorded) does not belong to the disruption {CRM} after all",
        "Your ticket is looked at separately from now on.",
    ):
        assert told in last(desk).text
    desk.at("10:10").send("incident.restored", CRM)
    desk.at("10:15")
    assert "Looked at separately" in last(desk).subject


@pytest.mark.parametrize(
    ("at", "assigned", "said"),
    [("10:05", False, True), ("10:05", True, False), ("11:30", False, False)],
)
def test_whose_ticket_is_taken_away_hears_when_somebody_contacts_her(
    desk: Desk, at: str, assigned: bool, said: bool
) -> None:
    """While that time lies ahead and nobody has taken the ticket; then it is a promise like any other."""
    declare(desk)
    report(desk, service="crm", priority="P3")
    if assigned:
        desk.send("assigned", "INC-1", assignee={"id": "ops"})
    desk.at(at)
    detach(desk, "INC-1")
    assert ("A technician will contact you by 11:00." in last(desk).text) is said
    kept = [p.what for p in desk.app.queries.promises(incident(desk, "INC-1").id)]
    assert ("first_contact_by" in kept) is said


def test_nobody_learns_of_a_security_incident_when_a_person_attaches_her_ticket(desk: Desk) -> None:
    """Neither then, nor when the ticket is taken away, nor when it is over."""
    declare(desk)
    desk.send("classified", CRM, incident_type="security")
    report(desk, title="Payslip wrong")
    count = len(subjects(desk))
    desk.at("10:05")
    attach(desk, "INC-1", major(desk))
    desk.at("10:10")
    detach(desk, "INC-1")
    desk.at("10:15")
    attach(desk, "INC-1", major(desk))
    desk.at("10:20").send("incident.restored", CRM)
    desk.at("10:25")
    assert subjects(desk)[count:] == []


def test_whose_ticket_turns_out_to_be_of_another_failure_hears_both_in_one_sentence(
    desk: Desk,
) -> None:
    declare(desk)
    other = Service(id="pay", name=Names(zh="工资系统", en="Payroll"), users=("staff",))
    desk.app.acts.load_directory(Directory(services=(*directory().services, other)))
    declare(desk, "INC-9700", service="pay")
    for number, who in (("INC-1", "outsider"), ("INC-2", "li")):
        report(desk, number, service="crm", requester={"id": who})
    desk.at("10:05")
    for number in ("INC-1", "INC-2"):
        attach(desk, number, incident(desk, "INC-9700"))
    assert (
        f"INC-1 (recorded) does not belong to the disruption {CRM} after all, but to another one "
        "that is known: Payroll is unavailable." in " ".join(last(desk).text.split())
    )
    text = next(m.text for m in reversed(desk.mails("li@example.org")) if "INC-2" in m.subject)
    assert (
        f"INC-2（已登记）并不属于故障 {CRM}，而属于另一起已知的故障：工资系统目前无法使用" in text
    )


def test_whose_ticket_is_put_back_hears_that_it_belongs_after_all(desk: Desk) -> None:
    declare(desk)
    report(desk, service="crm")
    desk.at("10:05")
    detach(desk, "INC-1")
    desk.at("10:10")
    attach(desk, "INC-1", major(desk))
    assert last(desk).subject == "Belongs to a known disruption: Cannot sign in (INC-1)"
    desk.at("10:15")
    detach(desk, "INC-1")
    assert last(desk).subject == "Looked at separately: Cannot sign in (INC-1)"


def test_a_false_alarm_sets_its_tickets_free(desk: Desk) -> None:
    """Their deadlines run again, and each reporter hears once that hers goes on; one that is solved stays so."""
    declare(desk)
    report(desk, "INC-1", service="crm", priority="P3")
    report(desk, "INC-2", service="crm", requester={"id": "li"})
    report(desk, "INC-3", service="crm", requester={"id": "ops"})
    desk.send("resolved", "INC-3", fix_summary="ok")
    solved = len(desk.mails("ops@example.org"))
    assert [c.state for c in clocks(desk, "INC-1")] == [ClockState.DROPPED] * 2
    desk.at("10:05").send("incident.withdrawn", CRM)
    desk.at("10:08")
    assert desk.app.portal.queries.attached(major(desk).id, 10) == (0, [])
    assert incident(desk, "INC-3").attached_to is None
    assert [c.state for c in clocks(desk, "INC-1")] == [ClockState.RUNNING] * 2
    assert [s.partition(":")[0] for s in subjects(desk)] == ["We have it", "Looked at separately"]
    for told in (
        f"The disruption {CRM}, to which INC-1 (recorded) belonged, was found to be a false alarm at 10:05.",
        "Your ticket is looked at separately from now on. A technician will contact you by 11:00.",
    ):
        assert told in " ".join(last(desk).text.replace("**", "").split())
    text = next(m.text for m in reversed(desk.mails("li@example.org")) if "INC-2" in m.subject)
    assert "所属的故障 INC-9602 已在 10:05 确认是误报。" in text
    assert "我们会单独处理您的工单。" in text
    new = [m.subject for m in desk.mails("ops@example.org")[solved:]]
    assert not any("INC-3" in subject for subject in new)


def test_one_who_reported_something_hears_only_the_end_of_what_turns_out_to_be_secret(
    desk: Desk,
) -> None:
    """The incident was found to be one of security after she was told that her ticket belongs to it."""
    declare(desk)
    report(desk, service="crm")
    desk.send("classified", CRM, incident_type="security")
    desk.at("10:10").send("incident.severity_changed", CRM, severity="P2")
    release_by_two(desk)
    assert len(subjects(desk)) == 1
    desk.at("10:20").send("incident.restored", CRM)
    release_by_two(desk)
    assert len(subjects(desk)) == 2
