"""A Chinese page is Chinese throughout: what was found, why not, what was refused, in which zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.directory import Directory, Person, Role
from pipeline.domain.message import MessageState
from tests.acceptance.story import Desk, desk, mail_client

from .conftest import browser, csrf, signed_in

SENTENCE = re.compile(r"\b[a-z]+(?: [a-z]+){2,}\b")
"""Three plain English words in a row; names, codes and addresses do not look so."""
NOT_TOLD = re.compile(
    r"<(code|pre|script|iframe)\b.*?</\1>|<[^>]*\blang=\"en\"[^>]*>[^<]*|<[^>]*>", re.DOTALL
)
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The story, an answer that is held for four findings, and a promise that was broken."""
    with desk(tmp_path_factory.mktemp("desk"), requester="zh") as found:
        person = Person(
            id="administrator.zh",
            name="林爱达",
            role=Role.ADMINISTRATOR,
            language="zh",
            zone="Asia/Shanghai",
        )
        found.app.acts.load_directory(Directory(people=(person,)))
        mail_client(found)
        found.send("reported", "INC-2", title="没有声音", requester={"id": "wang.xiaolin"}, priority="P2")  # fmt: skip
        found.send("resolved", "INC-2", fix_summary="在 10.20.30.40 上重启了，马上就好，见 https://wiki.corp.local/x")  # fmt: skip
        found.send("reported", "INC-3", title="打印机卡纸", requester={"id": "wang.xiaolin"}, priority="P1")  # fmt: skip
        found.tomorrow("16:00")
        yield found


def words(html: str) -> str:
    return NOT_TOLD.sub(" ", html[html.index("<body") :])


def paths(found: Desk) -> list[str]:
    queries = found.app.queries
    incidents = [i for n in ("INC-9527", "INC-2", "INC-3") if (i := queries.incident(n))]
    communications = [c.id for i in incidents for c in queries.communications(i.id)]
    messages = [m.id for i in incidents for m in queries.messages(incident_id=i.id)]
    return [
        *("/incidents", "/incidents?q=nothing", "/waiting", "/rules", "/sign-in"),
        *(f"/incidents/{i.number}" for i in incidents),
        *(f"/communications/{name}" for name in communications),
        *(f"/messages/{name}" for name in messages),
    ]


def test_no_page_has_an_english_sentence(told: Desk) -> None:
    client = signed_in(told.app, language="zh")
    for path in paths(told):
        answer = client.get(path, headers={"Accept-Language": "zh"})
        assert answer.status_code == 200
        assert SENTENCE.findall(words(answer.text)) == [], path


@pytest.mark.parametrize(
    "path",
    ["/incidents/INC-404", "/communications/none", "/messages/none", "/nowhere", "/incidents?q=" + "x" * 201],
)  # fmt: skip
def test_no_refusal_has_an_english_sentence(told: Desk, path: str) -> None:
    answer = signed_in(told.app, language="zh").get(path, headers=PAGE)
    assert answer.status_code in (400, 404)
    assert SENTENCE.findall(words(answer.text)) == []


def test_an_act_that_is_refused_says_why_in_chinese(told: Desk) -> None:
    client = signed_in(told.app, language="zh")
    [held] = told.app.queries.held()
    token = csrf(client)
    refused = client.post(f"/communications/{held.id}/release", data={"csrf": token}).text
    assert "请写明为什么这些发现在此不要紧" in refused
    [done, *_] = told.app.queries.messages(states=(MessageState.DELIVERED.value,))
    moved = client.post(f"/messages/{done.id}/resend", data={"csrf": token}).text
    assert "它现在的状态已经不同" in moved
    assert [SENTENCE.findall(words(text)) for text in (refused, moved)] == [[], []]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["出现 IP 地址", "有人写的话里带链接", "这不是时间；请写下一次告知的具体钟点"]),
        ("en", ["it shows an IP address", "hold a link", "it is no time"]),
    ],
)
def test_each_finding_is_a_sentence_and_stands_once(
    told: Desk, language: str, sentences: list[str]
) -> None:
    """Both languages of a text have the same findings; nobody reads them twice."""
    [held] = told.app.queries.held()
    client = signed_in(told.app, language="zh")
    text = client.get(f"/communications/{held.id}?lang={language}").text
    findings = text[text.index("<tbody>") : text.index("</tbody>")]
    assert [findings.count(sentence) for sentence in sentences] == [1] * len(sentences)


@pytest.mark.parametrize(
    ("language", "zone"), [("zh", "时间为北京时间"), ("en", "Times: Beijing (UTC+8)")]
)
def test_every_page_with_times_names_their_zone_once(told: Desk, language: str, zone: str) -> None:
    client = signed_in(told.app, language="zh")
    for path in ("/incidents", "/incidents/INC-9527", "/waiting"):
        joint = "&" if "?" in path else "?"
        assert client.get(f"{path}{joint}lang={language}").text.count(zone) == 1


def test_a_broken_promise_is_told_with_its_name_and_time(told: Desk) -> None:
    text = signed_in(told.app, language="zh").get("/waiting").text
    assert "首次联系时间" in text
    assert "first_contact_by" not in text
    assert "+00:00）" not in text


def test_a_page_of_a_ticket_can_be_printed(told: Desk, tmp_path: Path) -> None:
    """On paper there are no dark colours and no shut parts."""
    style = signed_in(told.app, language="zh").get("/static/console.css").text
    assert "@media screen and (prefers-color-scheme: dark)" in style
    assert "::details-content" in style[style.index("@media print") :]


def test_a_fault_of_ours_is_told_in_the_browsers_language(told: Desk) -> None:
    client = browser(told.app)
    client.app.state.heliograph = replace(told.app, signer=None)  # type: ignore[attr-defined,arg-type]
    answer = client.get("/t/any", headers={**PAGE, "Accept-Language": "zh-CN"})
    assert answer.status_code == 500
    assert "已经记入日志" in answer.text
    assert SENTENCE.findall(words(answer.text)) == []


def test_a_rule_that_waits_says_so_in_hours(told: Desk) -> None:
    """A day is no heap of seconds."""
    page = words(signed_in(told.app, language="zh").get("/rules", params={"lang": "zh"}).text)
    assert "24 小时" in page
    assert "86400" not in page


def test_nothing_stands_between_a_chinese_colon_and_its_value(told: Desk) -> None:
    """It is as wide as a character already."""
    client = signed_in(told.app, language="zh")
    for path in (*paths(told), "/status"):
        page = client.get(path, params={"lang": "zh"}).text
        assert "： <" not in page, path
