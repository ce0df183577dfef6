"""So many people report one service at once: those in charge are asked, once, and one tap tells everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import Declared, Withdrawn
from pipeline.domain.payload import Payload, PersonRef
from pipeline.domain.portal_events import Attached, Detached
from pipeline.domain.surge_events import TicketsSurged
from pipeline.policy.loading import SHIPPED, read_rules
from tests.acceptance.outage import directory

from .desk import Desk, opened

SECOND = 1 / 60


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        found.app.acts.load_directory(directory())
        yield found


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Desk]:
    """By rules with a hold-down for tickets of the CRM."""
    line = "    - {count: 5, within: 15m, severity: P2, second_signal: true}\n"
    own = "    - {service: crm, count: 3, within: 10m, severity: P1, hold_down: 20m}\n"
    files = read_rules(SHIPPED)
    files["major_incident.yaml"] = files["major_incident.yaml"].replace(line, line + own)
    assert own in files["major_incident.yaml"]
    rules = tmp_path / "rules"
    rules.mkdir()
    for name, text in files.items():
        (rules / name).write_text(text, encoding="utf-8")
    with opened(tmp_path / "data", rules_dir=rules) as found:
        found.app.acts.load_directory(directory())
        yield found


def report(desk: Desk, n: int, by: str | None = None, **more: Any) -> None:
    """The n-th ticket, of the n-th person unless it is said otherwise."""
    data = {"title": "Cannot sign in", "service": "crm", "requester": {"id": by or f"u{n}"}}
    desk.report(f"T-{n}", **data | more)
    desk.settle()


def reports(desk: Desk, first: int, last: int, **more: Any) -> None:
    for n in range(first, last + 1):
        report(desk, n, **more)


def alert(desk: Desk, number: str = "A-1", **more: Any) -> None:
    usual = {"signal": "errors", "title": "errors", "service": "crm", "severity": "P1"}
    raw = desk.event("alerted", number, **usual | more)
    desk.accept(raw | {"type": "heliograph.incident.alerted.v1"})
    desk.settle()


def ticket(desk: Desk, number: str) -> Incident:
    found = desk.app.queries.incident(number)
    assert found is not None
    return found


def record(desk: Desk, number: str, data: Payload) -> None:
    found = ticket(desk, number)
    desk.app.acts.record(found.id, data, version=found.version)
    desk.settle()


def surges(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    """On which ticket it was asked, and about which."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for number in (*(f"T-{n}" for n in range(1, 20)), "A-1"):
        incident = desk.app.queries.incident(number)
        stream: list[Event] = desk.app.queries.stream(incident.id) if incident else []
        found += [(number, e.data.tickets) for e in stream if isinstance(e.data, TicketsSurged)]
    return found


def asked(desk: Desk) -> list[str]:
    """Who was asked, in the order in which it happened."""
    words = ("within 15 min", "15 分钟内")
    return [m.address for m in desk.mail.sent if any(one in m.subject for one in words)]


FIVE = ("T-1", "T-2", "T-3", "T-4", "T-5")


def test_the_fifth_ticket_asks_once_and_further_ones_do_not(desk: Desk) -> None:
    """Whoever is in charge is asked about the first of them, with the numbers of all."""
    reports(desk, 1, 4)
    assert surges(desk) == []
    reports(desk, 5, 9)
    assert surges(desk) == [("T-1", FIVE)]
    assert sorted(asked(desk)) == ["lin@example.org", "ops@example.org"]


@pytest.mark.parametrize(("minutes", "expected"), [(15, 1), (15 + SECOND, 0)])
def test_both_ends_of_the_time_count(desk: Desk, minutes: float, expected: int) -> None:
    """A quarter of an hour is a quarter of an hour, and a second more is not."""
    report(desk, 1)
    desk.wait(minutes)
    reports(desk, 2, 5)
    assert len(surges(desk)) == expected


def test_one_person_is_one_however_often_she_reports(desk: Desk) -> None:
    for n in range(1, 6):
        report(desk, n, by="u1")
    reports(desk, 6, 8)
    assert surges(desk) == []
    report(desk, 9)
    assert surges(desk) == [("T-1", ("T-1", "T-6", "T-7", "T-8", "T-9"))]


@pytest.mark.parametrize(
    "otherwise",
    [
        {"category": "Service Request"},
        {"category": "服务请求"},
        {"title": "Please reset my password"},
        {"title": "请帮我开通 CRM 权限"},
        {"service": "mail"},
        {"service": None, "title": "My mouse is broken"},
    ],
    ids=["request", "request-zh", "asks", "asks-zh", "another-service", "no-service"],
)
def test_what_says_of_no_failure_of_this_service_is_not_counted(
    desk: Desk, otherwise: dict[str, Any]
) -> None:
    report(desk, 1, **otherwise)
    reports(desk, 2, 5)
    assert surges(desk) == []
    report(desk, 6)
    assert surges(desk) == [("T-2", ("T-2", "T-3", "T-4", "T-5", "T-6"))]


def test_a_security_incident_takes_no_ticket_that_came_before_it(desk: Desk) -> None:
    """Its requester would learn by that that there is one."""
    reports(desk, 1, 3)
    report(desk, 4, title="Strange mails")
    raw = desk.event("classified", "T-4", incident_type="security")
    desk.accept(raw)
    desk.settle()
    record(desk, "T-4", Declared(severity="P1", service="crm", basis="person"))
    assert [ticket(desk, f"T-{n}").attached_to for n in (1, 2, 3)] == [None] * 3


def test_a_ticket_that_is_solved_meanwhile_is_not_counted(desk: Desk) -> None:
    reports(desk, 1, 4)
    desk.send("resolved", "T-2", fix_summary="Restarted")
    report(desk, 5)
    assert surges(desk) == []


def test_a_request_that_waits_for_an_approval_is_not_counted(desk: Desk) -> None:
    reports(desk, 1, 4)
    desk.send("approval_asked", "T-2", approval="a1", what="a licence", approvers=[{"id": "lin"}])
    report(desk, 5)
    assert surges(desk) == []


def test_a_service_that_stands_in_the_title_alone_is_counted(desk: Desk) -> None:
    """People who write a mail choose no service from a list."""
    for n, title in enumerate(("CRM 打不开", "crm is down", "登录不了CRM", "CRM: error 500"), 1):
        report(desk, n, service=None, title=title)
    report(desk, 5)
    assert surges(desk) == [("T-1", FIVE)]
    record(desk, "T-1", Declared(severity="P1", service="crm"))
    attached = [ticket(desk, f"T-{n}").attached for n in range(2, 6)]
    assert [a.value.basis for a in attached if a] == ["title", "title", "title", "service"]


def test_after_it_was_said_to_be_none_only_as_many_new_ones_ask_again(desk: Desk) -> None:
    reports(desk, 1, 5)
    first = asked(desk)
    record(desk, "T-1", Withdrawn())
    reports(desk, 6, 9)
    assert surges(desk) == [("T-1", FIVE)]
    report(desk, 10)
    assert surges(desk)[1:] == [("T-6", ("T-6", "T-7", "T-8", "T-9", "T-10"))]
    assert len(asked(desk)) == 2 * len(first)
    assert ticket(desk, "T-1").severity is None


def test_one_tap_declares_it_and_those_before_belong_to_it(desk: Desk) -> None:
    """Also what one of them reported twice, and what came after the question; not what was solved."""
    reports(desk, 1, 5)
    report(desk, 6, by="u2")
    report(desk, 7)
    report(desk, 8, service="mail")
    desk.send("resolved", "T-4", fix_summary="Restarted")
    record(desk, "T-1", Declared(severity="P1", service="crm"))
    major = ticket(desk, "T-1")
    belongs = {n for n in range(1, 9) if ticket(desk, f"T-{n}").attached_to == major.id}
    assert belongs == {2, 3, 5, 6, 7}
    count, _ = desk.app.portal.queries.attached(major.id, 10)
    assert count == 5


def test_an_incident_that_was_declared_otherwise_takes_those_before_it_too(desk: Desk) -> None:
    """Three people were quicker than the person who declared it; and one of the day before had another trouble."""
    report(desk, 1)
    desk.wait(16)
    reports(desk, 2, 4)
    raw = desk.event("declared", "M-1", severity="P1", service="crm")
    desk.accept(raw | {"type": "heliograph.incident.declared.v1"})
    desk.settle()
    major = ticket(desk, "M-1")
    assert [ticket(desk, f"T-{n}").attached_to for n in range(1, 5)] == [None, *[major.id] * 3]


def test_while_a_major_incident_of_the_service_is_open_nobody_is_asked(desk: Desk) -> None:
    raw = desk.event("declared", "M-1", severity="P1", service="crm")
    desk.accept(raw | {"type": "heliograph.incident.declared.v1"})
    reports(desk, 1, 8)
    assert surges(desk) == []
    assert all(ticket(desk, f"T-{n}").attached_to for n in range(1, 9))


def test_an_alert_beside_the_tickets_is_the_second_signal(desk: Desk) -> None:
    """The monitor's incident is declared, and the tickets belong to it, the asked one too."""
    reports(desk, 1, 5)
    desk.wait(1)
    alert(desk)
    major = ticket(desk, "A-1").major
    assert major is not None
    assert (major.declared.value.basis, major.severity.value) == ("second_signal", "P1")
    homes = {ticket(desk, name).attached_to for name in FIVE}
    assert homes == {ticket(desk, "A-1").id}


def test_tickets_beside_an_alert_are_the_second_signal(desk: Desk) -> None:
    """They need not wait for the end of its hold-down."""
    alert(desk)
    desk.wait(1)
    reports(desk, 1, 4)
    assert ticket(desk, "A-1").major is None
    report(desk, 5)
    major = ticket(desk, "A-1").major
    assert major is not None
    assert major.declared.value.basis == "second_signal"
    assert surges(desk) == [("A-1", FIVE)]
    assert ticket(desk, "T-1").attached_to == ticket(desk, "A-1").id


@pytest.mark.parametrize(
    "slight", [{"severity": "P3"}, {"service": "mail"}], ids=["slight", "another-service"]
)
def test_not_every_alert_confirms_the_tickets(desk: Desk, slight: dict[str, Any]) -> None:
    reports(desk, 1, 5)
    alert(desk, **slight)
    assert ticket(desk, "A-1").major is None
    assert ticket(desk, "T-1").is_surging


def test_an_alert_on_the_asked_ticket_itself_confirms_it(desk: Desk) -> None:
    reports(desk, 1, 5)
    alert(desk, "T-1")
    major = ticket(desk, "T-1").major
    assert major is not None
    assert major.declared.value.basis == "second_signal"


def test_a_hold_down_declares_what_as_many_people_still_wait_for(held: Desk) -> None:
    """On its minute, with the severity of the rule, and once; three are enough for this service."""
    reports(held, 1, 3)
    assert surges(held) == [("T-1", ("T-1", "T-2", "T-3"))]
    held.wait(20 - SECOND)
    assert ticket(held, "T-1").major is None
    held.wait(SECOND)
    major = ticket(held, "T-1").major
    assert major is not None
    assert (major.declared.value.basis, major.severity.value) == ("hold_down", "P1")
    assert major.started_at is None
    assert ticket(held, "T-2").attached_to == ticket(held, "T-1").id


def test_a_hold_down_declares_nothing_once_somebody_is_helped_or_says_no(held: Desk) -> None:
    reports(held, 1, 3)
    held.send("resolved", "T-3", fix_summary="Restarted")
    held.wait(60)
    assert ticket(held, "T-1").major is None
    with held.app.store.read() as tx:
        assert tx.next_due("confirmations") is None


def test_the_same_event_twice_is_one_ticket(desk: Desk) -> None:
    reports(desk, 1, 3)
    raw = desk.event("reported", "T-4", title="x", service="crm", requester={"id": "u4"})
    desk.accept(raw)
    desk.settle()
    desk.accept(raw)
    desk.settle()
    assert surges(desk) == []


def test_five_tickets_of_one_batch_ask_once(desk: Desk) -> None:
    """A desk that sends what it has every few minutes."""
    usual = {"title": "x", "service": "crm"}
    batch = [
        desk.event("reported", f"T-{n}", requester={"id": f"u{n}"}, **usual) for n in range(1, 9)
    ]
    desk.accept(*batch)
    desk.settle()
    assert surges(desk) == [("T-1", tuple(f"T-{n}" for n in range(1, 9)))]


def test_old_tickets_that_are_brought_in_ask_nothing(desk: Desk) -> None:
    batch = [
        desk.event("reported", f"T-{n}", title="x", service="crm", requester={"id": f"u{n}"})
        | {"time": "2026-08-23T08:00:00Z"}
        for n in range(1, 9)
    ]
    desk.accept(*batch)
    desk.settle()
    assert surges(desk) == []


def test_the_question_goes_to_those_in_charge_and_not_to_whoever_has_the_ticket(desk: Desk) -> None:
    """He answers for one of five."""
    report(desk, 1)
    desk.send("assigned", "T-1", assignee={"id": "line"})
    reports(desk, 2, 5)
    assert sorted(asked(desk)) == ["lin@example.org", "ops@example.org"]


def test_a_question_that_is_decided_before_it_leaves_is_not_told(desk: Desk) -> None:
    alert(desk)
    reports(desk, 1, 5)
    outcomes = [
        c.outcome.code
        for c in desk.app.queries.communications(ticket(desk, "A-1").id)
        if c.rule == "ask-whether-tickets-are-major" and c.outcome
    ]
    assert outcomes == ["nothing_new"]


def test_a_second_turn_finds_nothing_to_do(desk: Desk) -> None:
    """Whatever died between two turns leaves nothing that asks again."""
    reports(desk, 1, 5)
    assert not desk.step("surges").turn()
    assert len(surges(desk)) == 1


def test_whoever_declares_another_of_the_tickets_answers_the_question(desk: Desk) -> None:
    """Also when some time has passed: the asked ticket and the others belong to the one that was declared."""
    reports(desk, 1, 5)
    desk.wait(30)
    record(desk, "T-3", Declared(severity="P1", service="crm"))
    homes = {ticket(desk, name).attached_to for name in FIVE if name != "T-3"}
    assert homes == {ticket(desk, "T-3").id}
    assert not ticket(desk, "T-1").is_surging


def test_where_tickets_join_nothing_by_themselves_those_that_were_asked_about_do(
    tmp_path: Path,
) -> None:
    """The question says so before anybody answers it."""
    with opened(tmp_path, attach_tickets=False) as desk:
        desk.app.acts.load_directory(directory())
        reports(desk, 1, 5)
        report(desk, 6, service="mail")
        record(desk, "T-1", Declared(severity="P1", service="crm"))
        assert all(ticket(desk, name).attached for name in FIVE[1:])
        record(desk, "T-6", Declared(severity="P1", service="mail"))
        assert ticket(desk, "T-6").attached is None
        report(desk, 7)
        assert ticket(desk, "T-7").attached is None


def test_a_title_alone_is_enough_for_the_question_and_for_the_button(desk: Desk) -> None:
    """The service stands in the question, so that whoever taps declares it of the CRM."""
    for n in range(1, 6):
        report(desk, n, service=None, title="CRM is down")
    first = ticket(desk, "T-1")
    assert (first.service, first.services, first.severity) == (None, ("crm",), "P2")
    assert "5 tickets on CRM within 15 min: a major incident? (T-1)" in desk.subjects


def test_an_alert_whose_ticket_was_closed_confirms_nothing_and_keeps_nothing_from_being_asked(
    desk: Desk,
) -> None:
    alert(desk)
    desk.send("closed", "A-1")
    reports(desk, 1, 5)
    assert surges(desk) == [("T-1", FIVE)]
    assert ticket(desk, "A-1").major is None


def test_a_title_that_names_two_services_is_a_question_of_each_on_a_ticket_of_its_own(
    desk: Desk,
) -> None:
    """On one ticket the second would take the place of the first, which was never asked then."""
    erp = Service(id="erp", name=Names(zh="ERP", en="ERP"))
    desk.app.acts.load_directory(Directory(services=(erp,)))
    for n in range(1, 6):
        report(desk, n, service=None, title="CRM and ERP are both dead")
    assert surges(desk) == [("T-1", FIVE), ("T-2", FIVE)]
    assert [ticket(desk, name).services for name in ("T-1", "T-2")] == [("crm",), ("erp",)]
    report(desk, 6, service=None, title="CRM and ERP are both dead")
    assert len(surges(desk)) == 2


def test_the_question_is_asked_on_a_ticket_whose_title_is_still_there(desk: Desk) -> None:
    """Of the first, whose reporter was erased, nobody could tell what it is about."""
    reports(desk, 1, 4)
    desk.app.erasure.person(desk.app.erasure.whom("u1"), by="lin")
    report(desk, 5)
    assert surges(desk) == [("T-2", FIVE)]
    assert sorted(asked(desk)) == ["lin@example.org", "ops@example.org"]


def test_a_question_whose_ticket_is_closed_is_asked_on_another(desk: Desk) -> None:
    """At once where enough people still wait; closing one ticket says nothing of the others."""
    reports(desk, 1, 5)
    desk.send("closed", "T-1", silent=True)
    desk.settle()
    assert surges(desk) == [("T-1", FIVE)]
    report(desk, 6)
    assert surges(desk)[1:] == [("T-2", ("T-2", "T-3", "T-4", "T-5", "T-6"))]
    report(desk, 7)
    desk.send("closed", "T-2", silent=True)
    desk.settle()
    assert surges(desk)[2:] == [("T-3", ("T-3", "T-4", "T-5", "T-6", "T-7"))]


def test_a_question_whose_ticket_belongs_elsewhere_is_asked_on_another(desk: Desk) -> None:
    raw = desk.event("declared", "M-1", severity="P1", service="mail")
    desk.accept(raw | {"type": "heliograph.incident.declared.v1"})
    reports(desk, 1, 6)
    record(desk, "T-1", Attached(incident=ticket(desk, "M-1").id, number="M-1", basis="person"))
    assert surges(desk) == [("T-1", FIVE), ("T-2", ("T-2", "T-3", "T-4", "T-5", "T-6"))]


def test_what_a_person_detached_joins_that_incident_no_more_by_itself(desk: Desk) -> None:
    """Its requester was told that it is handled by itself."""
    reports(desk, 1, 2)
    record(desk, "T-1", Declared(severity="P1", service="crm"))
    assert ticket(desk, "T-2").attached is not None
    record(desk, "T-2", Detached(by=PersonRef(id="lin")))
    record(desk, "T-1", Withdrawn())
    record(desk, "T-1", Declared(severity="P1", service="crm"))
    assert ticket(desk, "T-2").attached is None
    found = ticket(desk, "T-1")
    record(desk, "T-2", Attached(incident=found.id, number="T-1", basis="person"))
    assert ticket(desk, "T-2").attached_to == found.id
    assert ticket(desk, "T-2").kept_from == ()


def test_a_declaration_that_names_no_service_is_of_the_one_that_was_asked_about(
    desk: Desk,
) -> None:
    """A desk that declares it with its severity alone: those who named the service in their titles hear of it."""
    for n in range(1, 6):
        report(desk, n, service=None, title="CRM is down")
    record(desk, "T-1", Declared(severity="P1"))
    service = ticket(desk, "T-1").service
    assert service is not None
    assert service.value == "crm"
    homes = {ticket(desk, name).attached_to for name in FIVE[1:]}
    assert homes == {ticket(desk, "T-1").id}


def test_newer_slight_alerts_do_not_hide_the_grave_one(desk: Desk) -> None:
    alert(desk)
    for n in range(6):
        desk.wait(SECOND)
        alert(desk, f"LOW-{n}", signal=f"disk-{n}", severity="P4")
    reports(desk, 1, 5)
    assert ticket(desk, "A-1").major is not None


def test_the_same_number_at_two_desks_is_two_people(desk: Desk) -> None:
    """Unless the directory knows her: then she is one, wherever she reports."""
    reports(desk, 1, 4)
    usual = {"title": "Cannot sign in", "service": "crm"}
    at_another = {"source": "another-desk", "id": "other-1"}
    desk.accept(desk.event("reported", "W-1", requester={"id": "u4"}, **usual) | at_another)
    desk.settle()
    assert surges(desk) == [("T-1", (*FIVE[:4], "W-1"))]


def test_whom_the_directory_knows_is_one_person_at_two_desks(desk: Desk) -> None:
    reports(desk, 1, 3)
    report(desk, 4, by="lin")
    usual = {"title": "Cannot sign in", "service": "crm", "requester": {"id": "lin"}}
    at_another = {"source": "another-desk", "id": "other-1"}
    desk.accept(desk.event("reported", "W-1", **usual) | at_another)
    desk.settle()
    assert surges(desk) == []


def test_that_it_is_none_counts_however_the_clock_of_whoever_says_so_goes(desk: Desk) -> None:
    """What was recorded after the question answers it, also when it bears an earlier time."""
    reports(desk, 1, 5)
    raw = desk.event("withdrawn", "T-1", reason={"zh": "否", "en": "no"})
    early = {"type": "heliograph.incident.withdrawn.v1", "time": "2026-08-24T01:59:55Z"}
    desk.accept(raw | early)
    desk.settle()
    assert not ticket(desk, "T-1").is_surging


@pytest.mark.parametrize("together", [False, True], ids=["as-they-come", "all-at-once"])
def test_a_storm_is_marked_and_attached_whole(desk: Desk, together: bool) -> None:
    """More than one look takes in, and more than one transaction attaches."""
    some = 450
    usual = {"title": "Cannot sign in", "service": "crm"}
    raw = [
        desk.event("reported", f"S-{n}", requester={"id": f"u{n}"}, **usual) for n in range(some)
    ]
    turn = desk.step("surges").turn
    for first in range(0, some, 50):
        desk.accept(*raw[first : first + 50])
        while not together and turn():
            pass
    while turn():
        pass
    question = next(i for n in range(some) if (i := ticket(desk, f"S-{n}")).is_surging)
    with desk.app.store.read() as tx:
        assert len(tx.asked_about(question.id)) == some
    declared = Declared(severity="P1", service="crm")
    desk.app.acts.record(question.id, declared, version=question.version)
    attached = desk.app.portal.queries.attached
    assert attached(question.id, 1)[0] == 200
    while turn():
        pass
    assert attached(question.id, 1)[0] == some - 1
