"""Five people cannot sign in to the CRM, and no monitor has noticed: those in charge are asked, and one tap tells everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.secret_values import hashed
from api.auth.sign_in import make_link
from pipeline.access import Token
from pipeline.domain.directory import Directory, Language, Person, Role
from pipeline.flow.drain import drain

from .outage import outage, person
from .story import Desk

BASE = "https://it.example.org"
SECRET = "hg_a-token-of-the-tests"
WHO: dict[str, Language] = {"ann": "en", "bo": "zh", "cai": "zh", "dan": "en", "eva": "en"}


def reporters() -> Directory:
    """None of them is listed as a user of the CRM."""
    people = [person(name, language) for name, language in WHO.items()]
    boss = Person(id="boss", name="boss", role=Role.INCIDENT_MANAGER, language="en")
    return Directory(people=(*people, boss))


class Door:
    """What a desk sends, and what a person in charge presses."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = TestClient(create_app(desk.app), base_url=BASE, follow_redirects=False)
        token = Token(
            id="tok_1",
            name="desk",
            secret_hash=hashed(SECRET),
            scopes=frozenset({"events:write"}),
            sources=frozenset({"service-desk"}),
            created_at=desk.app.clock.now(),
        )
        desk.app.access.add_token(token)

    def report(self, n: int, who: str, **more: Any) -> None:
        event = {
            "specversion": "1.0",
            "id": f"report-{n}",
            "source": "service-desk",
            "type": "heliograph.ticket.reported.v1",
            "subject": f"SD-{n}",
            "time": self.desk.app.clock.now().isoformat(),
            "data": {"title": "登录报错 500", "service": "crm", "requester": {"id": who}} | more,
        }
        headers = {"Authorization": f"Bearer {SECRET}"}
        answer = self.client.post("/api/v1/events", json=event, headers=headers)
        assert answer.status_code == 202, answer.text
        drain(self.desk.app.steps)

    def page(self, number: str) -> str:
        """As somebody in charge sees it."""
        link = make_link(self.desk.app, "boss").removeprefix(BASE)
        assert self.client.post(link).status_code == 303
        return self.client.get(f"/incidents/{number}").text

    def tap(self, number: str) -> None:
        """The one button that the page offers, as it stands there."""
        form = re.search(
            r'<form method="post" action="([^"]*/acts/declare)">(.*?)</form>',
            self.page(number),
            re.DOTALL,
        )
        assert form
        given = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
        assert self.client.post(form[1], data=given).status_code == 303
        drain(self.desk.app.steps)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with outage(Path(tmp_path_factory.mktemp("surge"))) as desk:
        desk.app.acts.load_directory(reporters())
        found = Door(desk)
        for n, who in enumerate(WHO, 1):
            desk.at(f"10:0{n}")
            found.report(n, who)
        yield found


def test_those_in_charge_read_how_many_in_how_long_on_what(door: Door) -> None:
    """In Chinese and in English; and nobody else is asked."""
    [zh], [en] = (
        [m for m in door.desk.mails(f"{who}@") if "SD-1" in m.subject] for who in ("lin", "ops")
    )
    assert zh.subject == "CRM：15 分钟内 5 张工单，是不是重大事件？（SD-1）"
    assert en.subject == "5 tickets on CRM within 15 min: a major incident? (SD-1)"
    for words in (
        "15 分钟内有 5 人报告 CRM 有问题，请确认 SD-1 是不是重大事件。",
        "最早报告：",
        "10:01",
        "工单 SD-1 SD-2 SD-3 SD-4 SD-5",
        "登录报错 500",
        "级别（按规则暂定）：P2",
        "宣布之前不会通知用户",
        "选了“误报”，再有同样多的新工单才会再问",
    ):
        assert words in zh.text
    for words in (
        "5 people reported CRM within 15 min. Please say whether SD-1 is a major incident.",
        "First report: ",
        "Tickets: SD-1 SD-2 SD-3 SD-4 SD-5",
        "Severity, by the rules: P2",
        "Once it is declared, these tickets belong to it and their reporters are told.",
    ):
        assert words in en.text
    assert "监控" not in zh.text
    assert "monitor" not in en.text
    for who in WHO:
        assert not any("major incident" in m.words for m in door.desk.mails(f"{who}@"))


def test_the_page_offers_both_answers(door: Door) -> None:
    page = door.page("SD-1")
    assert "Declare major now" in page
    assert "/acts/withdraw" in page
    assert "Declare major now" not in door.page("SD-2")


def test_one_tap_declares_it_and_each_reporter_hears_of_the_failure(door: Door) -> None:
    """They are users of the CRM in no list, and hear because they reported it."""
    before = {who: len(door.desk.mails(f"{who}@")) for who in WHO}
    door.tap("SD-1")
    major = door.desk.app.queries.incident("SD-1")
    assert major is not None
    assert major.major is not None
    assert (major.severity, major.major.declared.value.basis) == ("P2", "person")
    for who, language in WHO.items():
        if who == "ann":
            continue
        [told] = door.desk.mails(f"{who}@")[before[who] :]
        assert "CRM" in told.subject
        assert ("再通报" if language == "zh" else "Next update") in told.words
        assert "登录报错" not in told.text
    for n in range(2, 6):
        ticket = door.desk.app.queries.incident(f"SD-{n}")
        assert ticket is not None
        assert ticket.attached_to == major.id


def test_the_page_tells_the_question_and_the_tickets_that_belong_to_it(door: Door) -> None:
    page = door.page("SD-1")
    assert "many tickets at once" in page
    assert "5 tickets within 15 min" in page
    assert "SD-1, SD-2, SD-3, SD-4, SD-5" in page
    assert "Declare major now" not in page


def test_the_sixth_reporter_is_answered_with_what_is_known(door: Door) -> None:
    door.desk.at("10:08")
    door.report(6, "tom")
    ticket = door.desk.app.queries.incident("SD-6")
    assert ticket is not None
    assert ticket.attached_to
    assert len([m for m in door.desk.mails("ops@") if "a major incident?" in m.subject]) == 1
