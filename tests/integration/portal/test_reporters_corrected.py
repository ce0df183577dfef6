"""What was told wrongly to whoever reported a failure is put right, once, and of the failure of which it was told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.payload import PersonRef
from pipeline.domain.portal_events import Detached
from tests.acceptance.outage import CRM, outage, words
from tests.acceptance.story import Desk

from .conftest import BASE
from .late_reports import NINE, TEN, TOM, corrections, declare, held, last, release_all
from .test_attached import major, report


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with outage(tmp_path) as found:
        yield found.at("10:00")


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
