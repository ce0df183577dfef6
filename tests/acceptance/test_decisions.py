"""An approver and a requester decide by links in real mails, and a mail scanner that opens all of them decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from pipeline.domain.directory import Address, Directory, Group, Language, Names, Person
from tests.acceptance.story import Desk, Mail, desk

BASE = "https://help.example.org"
HEAD = "chief@example.org"
WORDS = {
    "zh": {
        "asked": "请审批：把王晓琳的邮箱迁移到新的邮箱库（INC-9527）",
        "first": "**有一件事需要您审批，时限 今天 17:00**".replace("*", ""),
        "cost": "CNY 300",
        "decided": "审批已同意：邮件客户端反复崩溃（INC-9527）",
        "score": "[5 很满意]",
        "low": "满意度 2 分（满分 5 分）：邮件客户端反复崩溃（INC-9527）",
    },
    "en": {
        "asked": "Please decide: 把王晓琳的邮箱迁移到新的邮箱库 (INC-9527)",
        "first": "Your approval is needed by",
        "cost": "CNY 300",
        "decided": "Approved: 邮件客户端反复崩溃 (INC-9527)",
        "score": "5 Very satisfied",
        "low": "Score 2 of 5: 邮件客户端反复崩溃 (INC-9527)",
    },
}


@pytest.fixture(params=["zh", "en"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Language, Desk]]:
    """A ticket with a technician, in a house in which somebody has to agree."""
    language: Language = request.param
    with desk(tmp_path, requester=language) as found:
        found.app.acts.load_directory(house(language))
        found.at("10:02").send(
            "reported",
            title="邮件客户端反复崩溃",
            requester={"id": "wang.xiaolin"},
            service="mail-client",
        )
        found.at("10:15").send("assigned", assignee={"id": "chen.li"}, group="desktop-support")
        yield language, found


def house(language: Language) -> Directory:
    def leader(name: str, zh: str, en: str) -> Person:
        return Person(
            id=name,
            name=zh,
            names=Names(zh=zh, en=en),
            language=language,
            zone="Asia/Shanghai",
            addresses=(Address(channel="mail", value=f"{name}@example.org"),),
        )

    names = Names(zh="桌面支持组", en="Desktop Support")
    return Directory(
        people=(leader("zhao", "赵敏", "Min Zhao"), leader("chief", "孙杰", "Jie Sun")),
        groups=(Group(id="desktop-support", name=names, managers=("chief",)),),
    )


def scan(client: TestClient, mail: Mail) -> list[str]:
    """All links of a mail, opened as a scanner does: each several times, and without a body."""
    links = sorted(set(re.findall(rf"{re.escape(BASE)}(/[^\s<>\"]+)", mail.text + mail.html)))
    links = sorted({link.replace("&amp;", "&") for link in links})
    for link in links:
        for method in ("HEAD", "GET", "GET"):
            assert client.request(method, link).status_code in (200, 303)
    return links


def test_from_the_question_to_the_score(story: tuple[Language, Desk]) -> None:
    """Asked, scanned, decided, told; fixed, scanned, rated; raised to whoever leads the group; and back by the
    link when it is not right."""
    language, found = story
    words, client = (
        WORDS[language],
        TestClient(create_app(found.app), base_url=BASE, follow_redirects=False),
    )

    found.at("10:30").send(
        "approval_asked",
        approval="apr-1",
        approvers=[{"id": "zhao"}],
        what="把王晓琳的邮箱迁移到新的邮箱库",
        effect="迁移期间约 20 分钟收不到邮件",
        cost="CNY 300",
        due_by="2026-08-24T17:00:00+08:00",
        by={"id": "chen.li"},
    )
    [asked] = found.mails("zhao@example.org")
    assert asked.subject == words["asked"]
    assert words["cost"] in asked.text
    assert words["first"].split("，")[0] in asked.text

    before = version(found)
    links = scan(client, asked)
    assert [link.split("/")[1] for link in links] == ["d", "own"]
    assert version(found) == before
    answer = client.post(links[0], data={"decision": "yes", "me": "yes", "comment": "OK"})
    assert answer.status_code == 200
    found.at("10:40")
    mail = found.mails("wang@example.org")[-1]
    assert mail.subject == words["decided"]
    assert "CNY" not in mail.words
    assert (
        found.mails("chen@example.org")[-1].subject == "审批已同意：邮件客户端反复崩溃（INC-9527）"
    )

    found.at("15:00").send("resolved", fix_summary="迁移了邮箱", reopen_days=7)
    fixed = found.at("15:01").mails("wang@example.org")[-1]
    assert words["score"].strip("[]") in fixed.text
    before = version(found)
    links = scan(client, fixed)
    scores = [link for link in links if link.startswith("/v/")]
    assert [link[-1] for link in scores] == list("12345")
    assert (version(found), found.app.deciding.found.awaited()) == (before, [])
    assert no_answers(found)

    chosen = client.get(scores[1]).text
    assert re.search(r'value="2" required checked', chosen)
    assert (
        client.post(scores[1].split("?")[0], data={"score": "2", "comment": "等了两天"}).status_code
        == 200
    )
    assert found.at("15:05").mails(HEAD) == []
    [low] = found.at("15:30").mails(HEAD)
    assert low.subject == words["low"]
    assert "等了两天" in low.text

    ticket = next(link for link in links if link.startswith("/t/") and "again" in link)
    assert client.post(ticket, data={"reason": "又闪退了"}).status_code == 200
    back = found.at("15:32").mails("chen@example.org")[-1]
    assert "又闪退了" in back.text
    assert "迁移了邮箱" in back.text


def version(found: Desk) -> int:
    ticket = found.app.queries.incident("INC-9527")
    assert ticket is not None
    return ticket.version


def no_answers(found: Desk) -> bool:
    ticket = found.app.queries.incident("INC-9527")
    assert ticket is not None
    with found.app.store.read() as tx:
        return [s.score for s in tx.surveys_on([ticket.id])] == [None]
