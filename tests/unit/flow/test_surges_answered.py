"""The question whether so many tickets are one failure is answered: by a tap, an alert, time, or a no; and they belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.major_events import Declared, Withdrawn
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Attached, Detached
from tests.acceptance.outage import directory

from .desk import Desk, opened
from .surging import FIVE, SECOND, alert, held_down, record, report, reports, surges, ticket


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        found.app.acts.load_directory(directory())
        yield found


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Desk]:
    """By rules with a hold-down for tickets of the CRM."""
    with opened(tmp_path / "data", rules_dir=held_down(tmp_path / "rules")) as found:
        found.app.acts.load_directory(directory())
        yield found


def test_a_security_incident_takes_no_ticket_that_came_before_it(desk: Desk) -> None:
    """Its requester would learn by that that there is one."""
    reports(desk, 1, 3)
    report(desk, 4, title="Strange mails")
    raw = desk.event("classified", "T-4", incident_type="security")
    desk.accept(raw)
    desk.settle()
    record(desk, "T-4", Declared(severity="P1", service="crm", basis="person"))
    assert [ticket(desk, f"T-{n}").attached_to for n in (1, 2, 3)] == [None] * 3


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


def test_an_alert_whose_ticket_was_closed_confirms_nothing_and_keeps_nothing_from_being_asked(
    desk: Desk,
) -> None:
    alert(desk)
    desk.send("closed", "A-1")
    reports(desk, 1, 5)
    assert surges(desk) == [("T-1", FIVE)]
    assert ticket(desk, "A-1").major is None


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
