"""The requester's page of a ticket that belongs to a major incident: what the public knows of it, and no old promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.promise import PromiseState
from tests.acceptance.outage import CRM, outage
from tests.acceptance.story import Desk

from .conftest import BASE
from .late_reports import attach, declare, detach
from .test_attached import DOWN, OUTSIDER, desk, incident, major, report

__all__ = ["desk"]
LINK = re.compile(rf"{BASE}(/t/[^\s?]+)")


def shown(desk: Desk, language: str = "en") -> str:
    """The page as it is read: without marks."""
    client = TestClient(create_app(desk.app), base_url=BASE)
    [path, *_] = (found for m in desk.mails(OUTSIDER) for found in LINK.findall(m.text))
    return client.get(f"{path}?lang={language}").text


def read(desk: Desk, language: str = "en") -> str:
    body = shown(desk, language).partition('id="outage"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", body.partition(">")[2]).split())


def promises(desk: Desk, ticket: str = "INC-1") -> list[tuple[str, str]]:
    of = desk.app.queries.promises(incident(desk, ticket).id)
    return sorted((p.what, p.state.value) for p in of)


EN = (
    f"The disruption that your ticket belongs to CRM is unavailable ({CRM}) open Next update by 10:20 "
    "effect unavailable phase looking for the cause began 09:52"
)
ZH = (
    f"您的工单所属的故障 CRM 目前无法使用（{CRM}） 进行中 下次通报不晚于 10:20 "
    "影响程度 无法使用 阶段 正在查找原因 开始时间 09:52"
)


@pytest.mark.parametrize(("language", "words"), [("en", EN), ("zh", ZH)])
def test_her_page_tells_how_the_failure_stands(desk: Desk, language: str, words: str) -> None:
    """In the words of the status page, with a link to it, in her language."""
    report(desk, service="crm")
    assert read(desk, language) == words
    assert f'href="/s/{CRM}?lang={language}"' in shown(desk, language)


def test_whoever_reported_what_was_declared_sees_how_it_stands(tmp_path: Path) -> None:
    """Her ticket is the failure."""
    with outage(tmp_path) as desk:
        report(desk.at("10:00"), service="crm")
        desk.at("10:05").send("incident.declared", "INC-1", **DOWN)
        assert "CRM is unavailable (INC-1)" in read(desk.at("10:06"))


def test_her_page_says_that_the_failure_is_over(desk: Desk) -> None:
    report(desk, service="crm")
    desk.at("10:21").send("incident.restored", CRM)
    told = read(desk.at("10:25"))
    assert "It is over. If your own problem is still there, tell the service desk." in told
    assert "Next update" not in told


def test_nothing_leads_to_a_page_that_is_off(tmp_path: Path) -> None:
    """Where the status page is off its feeds and banner may still tell: the number stands without a link."""
    with outage(tmp_path, status_page=False, banner=True) as found:
        declare(found.at("10:00"))
        report(found.at("10:01"), service="crm")
        assert CRM in read(found)
        assert "/s/" not in shown(found)


def test_what_was_announced_for_her_ticket_gives_way_to_the_failure(desk: Desk) -> None:
    """It is watched no more, stands on her page no more, and is told again once her ticket is looked at alone."""
    report(desk, title="Payslip wrong", priority="P3")
    desk.send(
        "state_changed", "INC-1", state="in_progress", expected_at="2026-08-24T15:00:00+08:00"
    )
    desk.at("10:10")
    assert ("expected_at", PromiseState.OPEN) in promises(desk)
    assert "15:00" in shown(desk)
    attach(desk, "INC-1", major(desk))
    assert PromiseState.OPEN not in {state for _, state in promises(desk)}
    page = shown(desk).partition("What we told you")[0]
    assert "15:00" not in page
    assert "10:20" in page
    assert "15:00" not in desk.mails(OUTSIDER)[-1].text
    detach(desk, "INC-1")
    assert ("expected_at", PromiseState.OPEN) in promises(desk)
    assert "15:00" in shown(desk).partition("What we told you")[0]


def test_a_security_incident_takes_no_promise_away_and_stands_on_no_page(desk: Desk) -> None:
    """Nobody learns by her ticket that there is one."""
    report(desk, title="Payslip wrong", priority="P3")
    before = promises(desk)
    desk.send("classified", CRM, incident_type="security")
    attach(desk, "INC-1", major(desk))
    assert promises(desk) == before
    assert 'id="outage"' not in shown(desk)
    page = shown(desk).partition("What we told you")[0]
    assert CRM not in page
    assert "is unavailable" not in page


def test_a_failure_that_was_over_takes_no_promise_away(desk: Desk) -> None:
    """Nothing of it is told any more, so what she was promised stands, on her page too."""
    desk.at("10:21").send("incident.restored", CRM)
    report(desk.at("10:40"), title="Payslip wrong", priority="P3")
    later = {"state": "in_progress", "expected_at": "2026-08-24T15:00:00+08:00"}
    desk.send("state_changed", "INC-1", **later)
    before = promises(desk.at("10:44"))
    assert ("expected_at", PromiseState.OPEN) in before
    attach(desk.at("10:45"), "INC-1", major(desk))
    assert promises(desk) == before
    assert "15:00" in shown(desk).partition("What we told you")[0]


def test_tickets_that_a_declaration_takes_in_break_no_promise(tmp_path: Path) -> None:
    """Nor does the one that is declared: their reporters hear of the failure instead."""
    with outage(tmp_path) as desk:
        desk.at("10:00")
        for n in range(1, 4):
            who = {"id": ("outsider", "li", "tom")[n - 1]}
            report(desk, f"INC-{n}", service="crm", priority="P3", requester=who)
        desk.at("10:05").send("incident.declared", "INC-1", **DOWN)
        assert incident(desk, "INC-2").attached_to == incident(desk, "INC-1").id
        for n in range(1, 4):
            assert ("first_contact_by", PromiseState.OPEN) not in promises(desk, f"INC-{n}")
        desk.at("10:30").send("incident.restored", "INC-1")
        desk.at("13:00")
        for n in range(1, 4):
            assert PromiseState.BROKEN not in {s for _, s in promises(desk, f"INC-{n}")}


def test_a_ticket_that_moves_to_a_secret_is_told_what_any_other_is(desk: Desk) -> None:
    """A time that is missing would give it away."""
    for number, who in (("INC-1", "outsider"), ("INC-2", "tom")):
        report(desk, number, title="Payslip wrong", priority="P3", requester={"id": who})
        attach(desk.at("10:05"), number, major(desk))
    desk.at("10:08").send("incident.declared", "INC-77", severity="P2", impact="degraded")
    desk.send("classified", "INC-77", incident_type="security")
    detach(desk.at("10:10"), "INC-2")
    attach(desk, "INC-1", incident(desk, "INC-77"))
    desk.at("10:20")
    [moved, plain] = (
        next(m.text for m in reversed(desk.mails(to)) if number in m.subject)
        for to, number in ((OUTSIDER, "INC-1"), ("tom@example.org", "INC-2"))
    )
    for told in (moved, plain):
        assert "looked at separately from now on. A technician will contact you by 11:0" in told
    assert promises(desk, "INC-1") == promises(desk, "INC-2")


def test_what_gave_way_to_a_failure_does_not_come_back_with_its_end(desk: Desk) -> None:
    """Nobody watches over the old time any more, so nobody is told it again; a new one counts."""
    report(desk, title="Payslip wrong", priority="P3")
    later = {"state": "in_progress", "expected_at": "2026-08-24T15:00:00+08:00"}
    desk.send("state_changed", "INC-1", **later)
    attach(desk.at("10:10"), "INC-1", major(desk))
    desk.at("10:21").send("incident.restored", CRM)
    desk.at("10:30").send("state_changed", "INC-1", state="waiting", waiting_for="supplier")
    told = desk.at("10:40").mails(OUTSIDER)[-1].text
    assert "waiting for a supplier" in told
    assert "15:00" not in told
    assert ("expected_at", PromiseState.OPEN) not in promises(desk)
    anew = {"state": "in_progress", "expected_at": "2026-08-24T16:00:00+08:00"}
    desk.at("10:50").send("state_changed", "INC-1", **anew)
    assert "16:00" in desk.at("11:00").mails(OUTSIDER)[-1].text
    assert ("expected_at", PromiseState.OPEN) in promises(desk)


EN_WAITS = {
    "requester": ("waiting for your reply", " Work on it goes on once we have your reply."),
    "approval": ("waiting for an approval", " Work on it goes on once the approval is decided."),
    "supplier": ("waiting for a supplier", " Work on it goes on when the supplier answers."),
    "other": ("on hold", ""),
}
ZH_WAITS = {
    "requester": "收到您的回复后接着处理。",
    "approval": "有了审批结果就继续处理。",
    "supplier": "供应商答复后接着处理。",
    "other": "",
}


@pytest.mark.parametrize("waits", EN_WAITS)
def test_whoever_waits_hears_that_her_ticket_belongs_to_a_failure_and_that_it_does_not(
    desk: Desk, waits: str
) -> None:
    """Like any other, and for what it waits; nobody who owes an answer reads that there is nothing to do."""
    report(desk, title="Payslip wrong")
    desk.at("10:05").send("state_changed", "INC-1", state="waiting", waiting_for=waits)
    attach(desk.at("10:10"), "INC-1", major(desk))
    desk.at("10:15")
    (state, goes_on), told = EN_WAITS[waits], desk.mails(OUTSIDER)[-1].text
    assert f"INC-1 ({state}) belongs to a disruption that is already known" in told
    assert ("There is nothing more for you to do" in told) is (waits != "requester")
    detach(desk, "INC-1")
    desk.at("10:20")
    told = desk.mails(OUTSIDER)[-1].text
    assert (
        f"INC-1 ({state}) does not belong to the disruption {CRM} after all. "
        f"Your ticket is looked at separately from now on.{goes_on}\n" in told
    )


@pytest.mark.parametrize("waits", ZH_WAITS)
def test_a_reader_of_chinese_who_waits_hears_the_same(desk: Desk, waits: str) -> None:
    report(desk, title="工资单不对", requester={"id": "li"})
    desk.at("10:05").send("state_changed", "INC-1", state="waiting", waiting_for=waits)
    attach(desk.at("10:10"), "INC-1", major(desk))
    detach(desk.at("10:15"), "INC-1")
    desk.at("10:20")
    told = next(m.text for m in reversed(desk.mails("li@example.org")) if "INC-1" in m.subject)
    assert f"并不属于故障 {CRM}。我们会单独处理您的工单。{ZH_WAITS[waits]}\n" in told
