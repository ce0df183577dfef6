"""So many people report one service at once: those in charge are asked, once, and one tap tells everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.directory import Directory, Names, Service
from pipeline.domain.major_events import Declared, Withdrawn
from pipeline.domain.portal_events import Attached
from tests.acceptance.outage import directory

from .desk import Desk, opened
from .surging import FIVE, SECOND, alert, asked, record, report, reports, surges, ticket


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        found.app.acts.load_directory(directory())
        yield found


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


def test_while_a_major_incident_of_the_service_is_open_nobody_is_asked(desk: Desk) -> None:
    raw = desk.event("declared", "M-1", severity="P1", service="crm")
    desk.accept(raw | {"type": "heliograph.incident.declared.v1"})
    reports(desk, 1, 8)
    assert surges(desk) == []
    assert all(ticket(desk, f"T-{n}").attached_to for n in range(1, 9))


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


def test_a_title_alone_is_enough_for_the_question_and_for_the_button(desk: Desk) -> None:
    """The service stands in the question, so that whoever taps declares it of the CRM."""
    for n in range(1, 6):
        report(desk, n, service=None, title="CRM is down")
    first = ticket(desk, "T-1")
    assert (first.service, first.services, first.severity) == (None, ("crm",), "P2")
    assert "5 tickets on CRM within 15 min: a major incident? (T-1)" in desk.subjects


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
