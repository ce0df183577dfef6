"""Row A5, from the report to what people see: through real SMTP to those in charge, and through a chat bridge
that keeps one card for each thing, over a moved holiday and a clock that stood still.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.directory import Address, Directory, Group, Names, Person
from tests.contract.sinks import HttpSink

from .story import Desk, Mail, desk

SECRET = "a secret of the tests that signs webhooks"
REPORT: dict[str, Any] = {
    "title": "邮件客户端反复崩溃",
    "requester": {"id": "wang.xiaolin"},
    "service": "mail-client",
}


def directory(bridge: str) -> Directory:
    """The group reads cards in a chat room; its manager gets mail, in Chinese."""
    room = Address(channel="webhook", value=bridge)
    mail = Address(channel="mail", value="liu@example.org")
    return Directory(
        people=(
            Person(
                id="liu.min",
                name="刘敏",
                names=Names(zh="刘敏", en="Liu Min"),
                language="zh",
                zone="Asia/Shanghai",
                addresses=(mail,),
            ),
        ),
        groups=(
            Group(
                id="exchange",
                name=Names(zh="Exchange 组", en="the Exchange group"),
                language="en",
                zone="Europe/London",
                addresses=(room,),
                managers=("liu.min",),
            ),
        ),
    )


@pytest.fixture
def bridge() -> Iterator[HttpSink]:
    sink = HttpSink()
    yield sink
    sink.close()


@pytest.fixture
def told(tmp_path: Path, bridge: HttpSink) -> Iterator[Desk]:
    more: dict[str, Any] = {"webhook_secret": SECRET, "webhook_hosts": (bridge.host,)}
    with desk(tmp_path, requester="zh", **more) as found:
        found.app.acts.load_directory(directory(bridge.url))
        yield found


def cards(bridge: HttpSink) -> dict[str, list[dict[str, Any]]]:
    """What a bridge that replaces a card by its newest form was sent for each."""
    found: dict[str, list[dict[str, Any]]] = {}
    for call in bridge.calls:
        said = json.loads(call.body)
        if "card" in said:
            found.setdefault(said["card"], []).append(said)
    return found


def warnings(told: Desk, to: str) -> list[Mail]:
    return [m for m in told.mails(to) if m.subject.startswith(("还剩", "已过时限"))]


def test_those_in_charge_hear_before_a_deadline_is_missed_on_one_card(
    told: Desk, bridge: HttpSink
) -> None:
    """P2: eight hours, less the time that the requester was waited for."""
    told.at("10:00").send("reported", priority="P2", group="exchange", **REPORT)
    told.at("10:10").send("assigned", assignee={"id": "chen.li"})
    told.at("11:00").send("state_changed", state="waiting", waiting_for="requester")
    told.at("12:05").send("state_changed", state="in_progress")
    told.at("14:35").send("noted", text="重建了客户端配置，仍闪退", tried=True)
    assert (warnings(told, "chen"), cards(bridge)) == ([], {})
    told.at("17:05")
    [first] = warnings(told, "chen")
    assert first.subject == "还剩 2 小时：INC-9527 解决时限 19:05"
    for words in (
        "INC-9527 还剩 2 小时，解决时限是 19:05。",
        "邮件客户端反复崩溃",
        "现状：处理中",
        "处理人：陈立，Exchange 组",
        "服务：邮件客户端",
        "计时：不含暂停的 1 小时 5 分",
        "最近一条记录（14:35）",
        "到 19:05 仍未解决，会告诉支持组主管。",
        "https://help.example.org/incidents/",
        "以上时间为 8 月 24 日（周一），北京时间",
    ):
        assert words in first.text
    assert warnings(told, "liu") == []
    told.at("19:05")
    [managers] = warnings(told, "liu")
    assert managers.subject == "已过时限：INC-9527 解决时限 19:05"
    assert "请看看是否要加派人手，或转给别的支持组。" in managers.text
    [shown] = cards(bridge).values()
    assert [card["text"].splitlines()[0] for card in shown] == [
        "**2 h left** · INC-9527 · resolution due 12:05",
        "**48 min left** · INC-9527 · resolution due 12:05",
        "**The resolution deadline 12:05 passed just now** · INC-9527",
    ]
    assert len({card["thread"] for card in shown}) == 1
    threads = {str(m.message["References"]) for m in warnings(told, "chen")}
    assert len(threads) == 1


def test_nothing_is_told_once_the_ticket_is_solved_and_a_reopening_begins_anew(
    told: Desk, bridge: HttpSink
) -> None:
    told.at("10:00").send("reported", priority="P2", group="exchange", **REPORT)
    told.at("10:10").send("assigned", assignee={"id": "chen.li"})
    told.at("15:30").send("resolved", fix_summary="迁移了邮箱")
    told.at("22:00")
    assert (warnings(told, "chen"), cards(bridge)) == ([], {})
    told.tomorrow("09:00").send("reopened", by={"id": "wang.xiaolin"}, reason="又闪退了")
    told.tomorrow("15:00")
    assert [m.subject for m in warnings(told, "chen")] == ["还剩 2 小时：INC-9527 解决时限 17:00"]
    assert len(cards(bridge)) == 1


def test_the_requester_never_hears_of_a_deadline(told: Desk) -> None:
    """Neither in the warning nor in anything else about the ticket."""
    told.at("10:00").send("reported", priority="P2", group="exchange", **REPORT)
    told.tomorrow("09:00")
    assert warnings(told, "wang") == []
    assert not any("时限" in m.words for m in told.mails("wang"))


def test_a_moved_holiday_moves_the_deadline(told: Desk) -> None:
    """Reported on the last afternoon before the National Day: the Saturday after it is worked, and counts."""
    told.on("2026-09-30T16:00").send("reported", priority="P3", group="exchange", **REPORT)
    told.send("assigned", assignee={"id": "chen.li"})
    told.on("2026-10-10T07:00")
    assert warnings(told, "chen") == []
    told.on("2026-10-10T17:00")
    subjects = [m.subject for m in warnings(told, "chen")]
    assert subjects[0] == "还剩 6 小时 45 分：INC-9527 解决时限 16:00"
    assert subjects[-1] == "已过时限：INC-9527 解决时限 16:00"
    assert "计时：工作日 09:00–18:00" in warnings(told, "chen")[0].text
