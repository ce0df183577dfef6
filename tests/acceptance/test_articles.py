"""The article in the first message: from the report to the mail that a person reads, and what her word does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.sample.play import articles
from pipeline.flow.drain import drain

from .story import Desk, Mail, desk

PUBLIC = "https://help.example.org"
LINK = re.compile(rf"{PUBLIC}(/a/\S+)")


@pytest.fixture(scope="module", params=["zh", "en"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Desk]]:
    """A library is there; she reports; a technician takes the ticket; an article solves it."""
    folder = tmp_path_factory.mktemp("desk")
    with desk(folder, requester=request.param, encoder="none") as played:
        played.app.articles.take_in(articles(), by="admin", audience=())
        drain(played.app.steps)
        played.at("10:02").send(
            "reported",
            title="邮件客户端反复崩溃",
            description="邮件客户端一打开就闪退，今天第四次了",
            requester={"id": "wang.xiaolin"},
            service="mail-client",
            priority="P3",
        )
        played.at("10:15").send("assigned", assignee={"id": "chen.li"}, group="desktop-support")
        played.at("10:20")
        yield request.param, played


def hers(told: tuple[str, Desk]) -> list[Mail]:
    return told[1].mails("wang@example.org")


WORDS = {
    "zh": (
        "等待时可以先看看。看与不看都不影响处理顺序。",
        "1. 邮件客户端一打开就闪退",
        "有一篇解决了问题，就在它的页面上点“解决了”。",
    ),
    "en": (
        "While you wait, this may help. Reading it or not makes no difference to your place in the queue.",
        "1. 邮件客户端一打开就闪退 (in Chinese)",
        'If one of them solves it, press "This solved it" on its page.',
    ),
}


def test_the_acknowledgement_brings_the_article_that_fits(told: tuple[str, Desk]) -> None:
    """Row A1: with the passage that made it fit, and a link of her own."""
    mail = hers(told)[0]
    for words in WORDS[told[0]]:
        assert words in mail.text
    assert LINK.search(mail.text)


def test_articles_of_other_things_are_not_told(told: tuple[str, Desk]) -> None:
    for words in ("VPN", "打印", "投屏", "printer"):
        assert words not in hers(told)[0].text


def test_what_is_for_staff_reaches_her_nowhere(told: tuple[str, Desk]) -> None:
    """Row E2: neither its title nor a word of it."""
    for mail in hers(told):
        assert "查邮箱库" not in mail.words + mail.html


def test_the_technician_gets_what_is_for_staff_too(told: tuple[str, Desk]) -> None:
    [mail] = told[1].mails("chen@example.org")
    assert "邮件客户端反复崩溃，重建配置后仍闪退：查邮箱库" in mail.text


def test_looking_changes_nothing_and_a_press_closes_the_ticket(told: tuple[str, Desk]) -> None:
    """A mail scanner opens every link; only the button on the page says something."""
    language, played = told
    browser = TestClient(create_app(played.app), base_url=PUBLIC, follow_redirects=True)
    found = LINK.search(hers(told)[0].text)
    assert found is not None
    for method in ("GET", "HEAD"):
        assert browser.request(method, found[1]).status_code == 200
    ticket = played.app.queries.incident("INC-9527")
    assert ticket is not None
    assert ticket.state.value.value == "assigned"
    answer = browser.post(found[1], data={"opinion": "solved"})
    assert answer.status_code == 200
    drain(played.app.steps)
    played.at("10:30")
    again = played.app.queries.incident("INC-9527")
    assert again is not None
    assert again.state.value.value == "closed"
    last = hers(told)[-1]
    said = {"zh": "您说按这篇文章解决了", "en": "You said that this article solved it"}[language]
    assert said in last.text
    assert "邮件客户端一打开就闪退" in last.text
    his = played.mails("chen@example.org")[-1]
    assert "您不必再做什么" in his.text
    assert played.app.found_articles.counts()["published"] == len(articles())
