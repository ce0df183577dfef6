"""One ticket from its report to its silent end: every stage of it, over five days, with its approver and its requester
at a phone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

import pipeline.policy
from api.sample.play import articles
from pipeline.domain.directory import Address, Directory, Group, Language, Names, Person
from pipeline.flow.drain import drain
from tests.browser import Visit, free_port, serving, visiting
from tests.contract.sinks import HttpSink

from .story import Desk, Mail, desk

PACKS = Path(pipeline.policy.__file__).parent / "packs"
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+")
BUTTONS = {
    "zh": {
        "me": "我是孙杰，由我本人决定。",
        "yes": "同意",
        "decided": "您已作出决定。",
        "send": "提交",
        "thanks": "谢谢",
        "reopen": "重新打开工单",
        "reopened": "您的工单已重新打开",
    },
    "en": {
        "me": "I am Jie Sun, and I decide this myself.",
        "yes": "Approve",
        "decided": "You decided this.",
        "send": "Send my answer",
        "thanks": "Thank you",
        "reopen": "Reopen the ticket",
        "reopened": "Your ticket is open again",
    },
}


@dataclass(kw_only=True)
class Told:
    """What everybody got, and what the pages did that were opened on the way."""

    language: Language
    desk: Desk
    room: HttpSink
    opened: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The ticket's version before and after a page was looked at, by the page."""

    def mails(self, name: str) -> list[Mail]:
        return self.desk.mails(f"{name}@example.org")

    def cards(self) -> list[dict[str, Any]]:
        """What the group's room was shown, in order."""
        return [json.loads(call.body) for call in self.room.calls]

    @property
    def version(self) -> int:
        ticket = self.desk.app.queries.incident("INC-9527")
        assert ticket is not None
        return ticket.version


def rules(folder: Path) -> Path:
    """The shipped rules, with the one line that an administrator adds to close what is silent."""
    made = folder / "rules"
    shutil.copytree(PACKS, made)
    levels = made / "service_levels.yaml"
    levels.write_text(levels.read_text(encoding="utf-8") + "\nclose_after: 3d\n", encoding="utf-8")
    return made


def house(language: Language, room: str) -> Directory:
    """An approver who reads what the requester reads, a group in a chat room, and who leads it."""

    def person(name: str, zh: str, en: str) -> Person:
        return Person(
            id=name,
            name=zh,
            names=Names(zh=zh, en=en),
            language=language,
            zone="Asia/Shanghai",
            addresses=(Address(channel="mail", value=f"{name}@example.org"),),
        )

    return Directory(
        people=(person("sun.jie", "孙杰", "Jie Sun"), person("zhou", "周宁", "Ning Zhou")),
        groups=(
            Group(
                id="exchange",
                name=Names(zh="Exchange 组", en="the Exchange group"),
                language=language,
                zone="Asia/Shanghai",
                addresses=(Address(channel="webhook", value=room),),
                managers=("zhou",),
            ),
        ),
    )


@contextmanager
def whole_ticket(folder: Path, language: Language, browser: Browser) -> Iterator[Told]:
    room, listening = HttpSink(), free_port()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    more: dict[str, Any] = {
        "rules_dir": rules(folder),
        "encoder": "none",
        "webhook_secret": "a secret of the tests that signs webhooks",
        "webhook_hosts": (room.host,),
    }
    try:
        with (
            desk(folder / "data", requester=language, public_url=base, **more) as played,
            serving(played.app, listening),
            visiting(browser, base, language=language, width="phone") as visit,
        ):
            played.app.acts.load_directory(house(language, room.url))
            played.app.articles.take_in(articles(), by="admin", audience=())
            drain(played.app.steps)
            told = Told(language=language, desk=played, room=room)
            _play(told, visit)
            yield told
    finally:
        room.close()


def _play(told: Told, visit: Visit) -> None:
    _taken_on(told.desk)
    _late(told.desk)
    _agreed(told, visit)
    _solved_and_back(told, visit)
    _solved_for_good(told.desk)


def _taken_on(desk: Desk) -> None:
    desk.at("10:02").send(
        "reported",
        title="邮件客户端反复崩溃",
        description="邮件客户端一打开就闪退，今天第四次了",
        requester={"id": "wang.xiaolin"},
        service="mail-client",
        priority="P2",
    )
    desk.at("10:15").send(
        "assigned",
        assignee={"id": "chen.li"},
        group="desktop-support",
        expected_at="2026-08-24T17:00:00+08:00",
        expected_from="technician",
    )
    desk.send("state_changed", state="in_progress")
    desk.at("10:40").send("noted", text="停用了全部加载项，仍闪退", tried=True)
    desk.at("11:00").send(
        "state_changed", state="waiting", waiting_for="requester", message="请告诉我们您的电脑编号"
    )
    desk.at("12:05").send("state_changed", state="in_progress")
    desk.at("14:35").send(
        "handed_over",
        group="exchange",
        tried=["重建了客户端配置，仍闪退"],
        reason="换一台电脑也一样，问题跟着邮箱走",
    )


def _late(desk: Desk) -> None:
    """Eight hours less 65 minutes of waiting: warned at 17:05, at 18:17, and at the deadline of 19:07."""
    desk.at("19:06")


def _agreed(told: Told, visit: Visit) -> None:
    """Asked in the evening, opened on a phone the next morning, decided there."""
    told.desk.at("19:10").send(
        "approval_asked",
        approval="apr-1",
        approvers=[{"id": "sun.jie"}],
        what="把王晓琳的邮箱迁移到新的邮箱库",
        effect="迁移期间约 20 分钟收不到邮件",
        cost="CNY 300",
        due_by="2026-08-25T12:00:00+08:00",
        by={"id": "chen.li"},
    )
    told.desk.send("state_changed", state="waiting", waiting_for="approval")
    told.desk.tomorrow("08:30")
    words, before = BUTTONS[told.language], told.version
    visit.open(link(told.mails("sun.jie")[-1], "/d/"))
    told.opened["approval"] = (before, told.version)
    visit.page.get_by_label(words["me"]).check()
    visit.press(words["yes"])
    visit.sees(words["decided"])
    told.desk.tomorrow("08:35").send("state_changed", state="in_progress")


def _solved_and_back(told: Told, visit: Visit) -> None:
    """A low score from the phone, and back by the button of the mail."""
    told.desk.tomorrow("09:30").send(
        "resolved",
        fix_summary="把您的邮箱迁移到了新的邮箱库",
        user_action="请退出客户端，再打开一次",
        reopen_days=7,
    )
    told.desk.tomorrow("09:31")
    words, mail, before = BUTTONS[told.language], told.mails("wang")[-1], told.version
    visit.open(link(mail, "/v/", "score=2"))
    told.opened["survey"] = (before, told.version)
    visit.page.locator("textarea[name=comment]").fill("等了一天")
    visit.press(words["send"])
    visit.sees(words["thanks"])
    told.desk.tomorrow("09:45")
    before = told.version
    visit.open(link(mail, "/t/", "again"))
    told.opened["reopening"] = (before, told.version)
    visit.page.locator("textarea[name=reason]").fill("今天早上又闪退了两次")
    visit.press(words["reopen"])
    visit.sees(words["reopened"])
    told.desk.tomorrow("09:46")


def _solved_for_good(desk: Desk) -> None:
    desk.tomorrow("10:00").send("assigned", assignee={"id": "chen.li"})
    desk.tomorrow("11:00").send("resolved", fix_summary="修复了邮箱里损坏的一个文件夹")
    desk.on("2026-08-28T18:00")


def link(mail: Mail, *parts: str) -> str:
    """The one link of a mail that holds all of these."""
    links: list[str] = LINK.findall(mail.text)
    found = {one for one in links if all(part in one for part in parts)}
    assert len(found) == 1, (parts, found)
    return found.pop()
