"""Whoever reported a failure, or came to it late, hears of it once, and of nothing that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.communication import Kind
from pipeline.domain.correction import Correction
from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.incident import Incident
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Detached
from pipeline.domain.service_clock import ClockState, ServiceClock
from pipeline.flow.drain import drain
from tests.acceptance.outage import CRM, directory, outage, words
from tests.acceptance.story import Desk, Mail

from .conftest import BASE
from .test_attached import DOWN, OUTSIDER, incident, major, report, subjects

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path) as found:
        yield found.at("10:00")


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


def attach(desk: Desk, ticket: str, to: Incident) -> None:
    by = PersonRef(id="lin")
    data = Attached(incident=to.id, number=to.number, basis="person", by=by)
    desk.app.acts.record(incident(desk, ticket).id, data, version=incident(desk, ticket).version)
    drain(desk.app.steps)


def detach(desk: Desk, ticket: str) -> None:
    data = Detached(by=PersonRef(id="lin"))
    desk.app.acts.record(incident(desk, ticket).id, data, version=incident(desk, ticket).version)
    drain(desk.app.steps)


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


def clocks(desk: Desk, number: str) -> list[ServiceClock]:
    with desk.app.store.read() as tx:
        return tx.service_clocks(incident(desk, number).id)


def test_who_was_told_a_wrong_time_in_the_answer_to_her_report_gets_the_correction(
    desk: Desk,
) -> None:
    """One text for all of them, and none for who reported after the time was put right."""
    declare(desk)
    report(desk, "INC-1", service="crm")
    report(desk, "INC-2", service="crm", requester={"id": "ops"})
    desk.at("10:05").send("incident.corrected", CRM, attribute="started_at", at=NINE)
    report(desk, "INC-3", service="crm", requester={"id": "director"})
    told = [{r.id for r in c.recipients} for c in corrections(desk) if c.audience == "affected"]
    assert told == [{"li", "tom", "sales", "outsider", "ops"}]
    release_all(desk)
    assert "Correction" in last(desk).subject
    for said in ("We told you: 10:00", "In fact: 09:00"):
        assert said in last(desk).text


def test_a_correction_that_is_held_stays_when_the_failure_comes_back(desk: Desk) -> None:
    """What was told of the first failure was wrong, whatever happens after it; once put right it is not proposed again."""
    declare(desk)
    desk.at("10:05").send("incident.restored", CRM)
    desk.at("10:10").send("incident.corrected", CRM, attribute="started_at", at=NINE)
    before = held(desk)
    assert before
    desk.at("10:15").send("incident.relapsed", CRM, started_at="2026-08-24T10:14:00+08:00")
    desk.at("10:40")
    assert held(desk) == before
    release_all(desk)
    assert "In fact: 09:00" in [m for m in desk.mails(TOM) if "Correction" in m.subject][-1].text
    desk.at("11:00").send("incident.corrected", CRM, attribute="started_at", at=NINE)
    assert held(desk) == []


def test_what_was_wrong_of_the_first_failure_may_be_right_of_the_second(desk: Desk) -> None:
    """A cause that was told and taken back is told again after the relapse: nobody is owed a correction of that."""
    cause = words("数据库", "the database")
    declare(desk)
    desk.at("10:02").send("incident.phase_changed", CRM, phase="identified", cause=cause)
    desk.at("10:25").send(
        "incident.corrected", CRM, attribute="cause", words=words("网络", "the network")
    )
    release_all(desk)
    count = len(corrections(desk))
    assert count
    desk.at("10:30").send("incident.restored", CRM)
    desk.at("10:35").send("incident.relapsed", CRM)
    desk.at("10:40").send("incident.phase_changed", CRM, phase="identified", cause=cause)
    desk.at("11:30").send("incident.corrected", CRM, attribute="started_at", at=TEN)
    assert all(i.attribute != "cause_confirmed" for c in corrections(desk)[count:] for i in c.items)


def test_a_relapse_of_what_does_not_work_keeps_what_is_owed(desk: Desk) -> None:
    """It moves nothing, and takes no correction away."""
    declare(desk)
    desk.at("10:05").send("incident.relapsed", CRM)
    desk.at("10:10").send("incident.corrected", CRM, attribute="started_at", at=NINE)
    assert {c.audience for c in corrections(desk)} == {
        "affected",
        "public",
        "leaders",
        "front_line",
    }


def test_what_was_taken_back_with_a_false_alarm_is_not_corrected(desk: Desk) -> None:
    """Whoever heard of the false alarm alone was told to disregard it."""
    declare(desk)
    ticket = report(desk, service="crm")
    desk.at("10:10").send("incident.withdrawn", CRM)
    detached = desk.app.queries.incident(ticket.id)
    assert detached is not None
    if detached.attached_to is not None:
        desk.app.acts.record(ticket.id, Detached(by=PersonRef(id="lin")), version=detached.version)
    desk.at("10:30")
    declare(desk)
    desk.at("10:40").send("incident.corrected", CRM, attribute="started_at", at=NINE)
    told = {r.id for c in corrections(desk) if c.audience == "affected" for r in c.recipients}
    assert told == {"li", "tom", "sales"}


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


def release_by_two(desk: Desk) -> None:
    rows = desk.app.queries.communications(major(desk).id)
    for waiting in [c for c in rows if c.state.value == "held"]:
        for by in ("lin", "ops"):
            desk.app.acts.release(waiting.id, by)
    drain(desk.app.steps)


def test_the_status_page_shows_what_a_correction_put_right(desk: Desk) -> None:
    """It names the effect that is so, and not the one that it says was wrong."""
    declare(desk, impact="partial")
    desk.at("10:05").send("incident.corrected", CRM, attribute="impact", impact="unavailable")
    client = TestClient(create_app(desk.app), base_url=BASE)
    told = desk.app.portal.queries.told_to_public([major(desk).id])
    assert told[major(desk).id]["impact"] == "impact.partial"
    release_all(desk)
    told = desk.app.portal.queries.told_to_public([major(desk).id])
    assert told[major(desk).id]["impact"] == "impact.unavailable"
    assert client.get("/status.json").json()["services"][0]["status"] == "outage"


def test_the_same_wrong_value_is_one_correction_whichever_event_told_it(desk: Desk) -> None:
    """Putting one aside for some would put it aside for all."""
    declare(desk)
    desk.at("10:05").send("incident.severity_changed", CRM, severity="P2", impact="unavailable")
    report(desk, service="crm")
    desk.at("10:10").send("incident.corrected", CRM, attribute="impact", impact="partial")
    told = [{r.id for r in c.recipients} for c in corrections(desk) if c.audience == "affected"]
    assert told == [{"li", "tom", "sales", "outsider"}]
