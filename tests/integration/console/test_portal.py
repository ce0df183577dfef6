"""The requester's own page: hers alone, only what she may know, and opening it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.story import Desk, desk

from .conftest import BASE, browser


@pytest.fixture
def fixed(tmp_path: Path) -> Iterator[Desk]:
    """A ticket that was resolved, with an internal note."""
    with desk(tmp_path, requester="zh") as found:
        found.at("10:02").send("reported", title="邮件客户端反复崩溃", requester={"id": "wang.xiaolin"}, priority="P3")  # fmt: skip
        found.at("10:10").send("assigned", assignee={"id": "chen.li"}, group="exchange")
        found.at("10:20").send("noted", text="怀疑邮箱库损坏，先不要告诉用户")
        found.at("11:00").send("resolved", fix_summary="重建了客户端配置")
        yield found


def link(found: Desk) -> str:
    links = re.findall(rf"{BASE}(/t/\S+)\?again=1", found.mails("wang@example.org")[-1].text)
    return str(links[0])


def test_she_sees_her_ticket_and_what_she_was_told(fixed: Desk) -> None:
    answer = browser(fixed.app).get(link(fixed))
    assert answer.status_code == 200
    for words in ("INC-9527", "邮件客户端反复崩溃", "陈立", "6012", "重建了客户端配置", "已收到："):
        assert words in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_she_sees_nothing_internal(fixed: Desk) -> None:
    text = re.sub(r"<[^>]*>", " ", browser(fixed.app).get(link(fixed)).text)
    for words in ("怀疑邮箱库损坏", r"\bP3\b", "分给您"):
        assert re.search(words, text) is None


def test_opening_the_link_changes_nothing(fixed: Desk) -> None:
    """Mail scanners open links."""
    client, path = browser(fixed.app), link(fixed)
    for method in (client.get, client.head, client.options):
        method(f"{path}?again=1")
    incident = fixed.app.queries.incident("INC-9527")
    assert incident is not None
    assert incident.state.value.value == "resolved"


def test_pressing_the_button_twice_reopens_once(fixed: Desk) -> None:
    client, path = browser(fixed.app), link(fixed)
    for _ in range(2):
        answer = client.post(path, data={"reason": "又闪退了"})
        assert answer.status_code == 200
        assert "您的工单已重新打开" in answer.text
    incident = fixed.app.queries.incident("INC-9527")
    assert incident is not None
    assert incident.reopened_times == 1
    assert incident.reopening is not None
    assert incident.reopening.value.reason == "又闪退了"


@pytest.mark.parametrize("spoil", [lambda p: p[:-2], lambda p: p + "x", lambda _: "/t/nonsense"])
def test_a_forged_link_opens_nothing_and_tells_nothing(fixed: Desk, spoil) -> None:  # type: ignore[no-untyped-def]
    answer = browser(fixed.app).get(spoil(link(fixed)))
    assert answer.status_code == 401
    assert "INC-9527" not in answer.text


def test_an_expired_link_opens_nothing(fixed: Desk) -> None:
    path = link(fixed)
    from datetime import timedelta

    from pipeline.flow.drain import advance

    clock = fixed.app.clock
    advance(clock, clock.now() + timedelta(days=31), fixed.app.steps)  # type: ignore[arg-type]
    assert browser(fixed.app).get(path).status_code == 401


def test_another_site_cannot_reopen_for_her(fixed: Desk) -> None:
    answer = browser(fixed.app).post(link(fixed), headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("written", ["", "   \n", "\u200b"])
def test_an_empty_box_is_explained_and_reopens_nothing(fixed: Desk, written: str) -> None:
    """Whoever works on it next would have nothing to go by."""
    answer = browser(fixed.app).post(link(fixed), data={"reason": written})
    assert answer.status_code == 200
    assert "请先用几句话写明现在的情况" in answer.text
    assert "<textarea" in answer.text
    incident = fixed.app.queries.incident("INC-9527")
    assert incident is not None
    assert incident.state.value.value == "resolved"


def test_the_service_desk_is_named_with_its_telephone_also_when_the_link_is_spent(
    fixed: Desk,
) -> None:
    client = browser(fixed.app)
    for path in (link(fixed), "/t/nonsense"):
        text = client.get(path).text
        assert "IT 服务台" in text
        assert '<a href="tel:6000">6000</a>' in text


def test_she_reads_the_page_in_the_language_she_asks_for(fixed: Desk) -> None:
    """Hers at first; the other on the same link, and what she does there is answered in it."""
    client, path = browser(fixed.app), link(fixed)
    hers = client.get(f"{path}?again=1").text
    assert 'lang="zh-CN"' in hers.partition("<head>")[0]
    [other] = re.findall(rf'href="{path}(\?[^"]+)" lang="en"', hers)
    english = client.get(path + other.replace("&amp;", "&")).text
    assert "Not right yet?" in english
    [action] = re.findall(rf'action="({path}\?[^"]+)"', english)
    assert "Your ticket is open again" in client.post(action, data={"reason": "again"}).text


def test_her_page_names_the_zone_of_its_times(fixed: Desk) -> None:
    client, path = browser(fixed.app), link(fixed)
    assert client.get(path).text.count("时间为北京时间") == 1
    assert client.get(f"{path}?lang=en").text.count("Times: Beijing (UTC+8)") == 1
