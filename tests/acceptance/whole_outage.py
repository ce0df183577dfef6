"""One major incident from two alerts of the real Alertmanager to the actions of its review: whoever is woken, reads,
subscribes, reports what is known already, or was told something wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from api.auth.secret_values import hashed
from pipeline.access import Token
from pipeline.domain.directory import Directory, Language, Quiet
from pipeline.domain.incident import Incident
from pipeline.domain.report import Edition, Section, SectionText
from pipeline.flow.drain import drain
from pipeline.ports import Search
from tests.alertmanager import Alertmanager, required, running, until
from tests.browser import Visit, free_port, serving, visiting

from .outage import group, outage, person, words
from .story import Desk, Mail

SECRET = "hg_a-token-of-the-tests"
MONDAY = datetime(2025, 8, 25, 1, 0, tzinfo=UTC)
"""Nine in the morning in Beijing. A day of the past: the real Alertmanager has the real clock, and refuses alerts that begin later."""
ANNA: dict[Language, str] = {"en": "anna@example.net", "zh": "wu@example.net"}
YES = {"en": "Yes, tell me", "zh": "确认订阅"}
NETWORK = words("网络改动", "a change of the network")
DATABASE = words("数据库连接耗尽", "the database ran out of connections")
WHY = words("日志显示网络改动在故障之后", "the logs show that the change came after the failure")
FOUND: dict[Language, str] = {
    "zh": "登录服务与数据库的连接数用尽，新的登录请求排不上队。",
    "en": "The sign-in service ran out of database connections, so new sign-ins queued up.",
}
LESSONS: dict[Language, str] = {
    "zh": "连接数改为按负载调整。",
    "en": "The number of connections now follows the load.",
}


@dataclass(kw_only=True)
class Played:
    """`shown` is what the public pages said, in the browser, when the story came by."""

    desk: Desk
    shown: dict[str, str] = field(default_factory=dict)

    def mails(self, name: str) -> list[Mail]:
        return self.desk.mails(name if "@" in name else f"{name}@example.org")

    @property
    def major(self) -> Incident:
        found = [i for i in _tickets(self.desk) if i.source == "prometheus"]
        assert len(found) == 1
        return found[0]


def _tickets(desk: Desk) -> list[Incident]:
    return list(desk.app.queries.incidents(Search()).incidents)


def sleepers() -> Directory:
    """Two of the users work at night, and are not disturbed from nine to six."""
    quiet = Quiet(since=time(9), until=time(18))
    night = (person("ada", "en"), person("bao", "zh"))
    asleep = tuple(one.model_copy(update={"quiet": quiet}) for one in night)
    staff = group("staff", members=("li", "tom", "ada", "bao"))
    return Directory(people=(*asleep, person("guest", "zh")), groups=(staff,))


@contextmanager
def whole_outage(folder: Path, browser: Browser) -> Iterator[Played]:
    program, listening = required(), free_port()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with (
        outage(folder / "data", public_url=base, start=MONDAY) as desk,
        serving(desk.app, listening),
        running(program, folder, f"{base}/api/v1/webhooks/alertmanager", SECRET) as manager,
        visiting(browser, base, language="en", width="phone") as phone,
        visiting(browser, base, language="zh", width="desktop") as screen,
    ):
        desk.app.acts.load_directory(sleepers())
        desk.app.access.add_token(_token(desk))
        played = Played(desk=desk)
        _subscribed(played, {"en": phone, "zh": screen})
        _alerted(played, manager)
        _led(played, screen)
        _restored(played, manager, phone)
        _reviewed(played)
        yield played


def _token(desk: Desk) -> Token:
    return Token(
        id="tok-1",
        name="prometheus",
        secret_hash=hashed(SECRET),
        scopes=frozenset({"events:write"}),
        sources=frozenset({"prometheus"}),
        created_at=desk.app.clock.now(),
    )


def _subscribed(played: Played, visits: dict[Language, Visit]) -> None:
    """Two outsiders ask to be told, one on a phone, one at a desk; a mail asks back, and they say yes."""
    for language, visit in visits.items():
        visit.open(f"/status/subscribe?lang={language}")
        visit.page.locator("input[name=address]").fill(ANNA[language])
        visit.page.locator(f"input[name=language][value={language}]").check()
        visit.page.locator("form button.primary").click()
        visit.page.wait_for_load_state()
        drain(played.desk.app.steps)
        [asked] = played.mails(ANNA[language])
        found = re.search(r"http://127\S+/status/confirm/\S+", asked.text)
        assert found is not None
        visit.open(found[0])
        visit.press(YES[language])


def _alerted(played: Played, manager: Alertmanager) -> None:
    """The first at 10:02, again on two more machines, and a second signal at 10:04."""
    desk = played.desk.at("10:02")
    manager.post(_alert("LoginErrors", "a:1", "10:02"))
    _until(desk, lambda: bool(_tickets(desk)))
    desk.at("10:03")
    manager.post(_alert("LoginErrors", "b:1", "10:03"), _alert("LoginErrors", "c:1", "10:03"))
    _until(desk, lambda: played.major.signals[0].count > 1)
    desk.at("10:04")
    manager.post(_alert("ProbeFailed", "p:1", "10:04"))
    _until(desk, lambda: played.major.major is not None)


def _alert(name: str, instance: str, began: str, **more: str) -> dict[str, Any]:
    labels = {"alertname": name, "service": "CRM", "severity": "critical", "instance": instance}
    return {
        "labels": labels,
        "annotations": {"summary": f"{name}: crm-app-03.corp is above its limit"},
        "generatorURL": "http://prometheus.example.org/graph",
        "startsAt": f"2025-08-25T{began}:00+08:00",
        **more,
    }


def _until(desk: Desk, holds: Callable[[], bool]) -> None:
    """The alert came over the wire; what it makes due is done here."""
    until(holds)
    drain(desk.app.steps)


def _led(played: Played, screen: Visit) -> None:
    desk, number = played.desk, played.major.number
    desk.at("10:06").record(
        "incident.severity_changed", number, severity="P1", impact="unavailable"
    )
    desk.at("10:07").record("incident.accepted", number, team="app-support")
    scope = words("全部 6,214 个 CRM 账号", "all 6,214 CRM accounts")
    desk.at("10:09").record("incident.scope_changed", number, scope=scope)
    for nth, who in enumerate(("outsider", "guest"), start=1):
        report = {"title": "CRM", "requester": {"id": who}, "service": "crm"}
        desk.at(f"10:1{nth}").send("reported", f"T-{nth}", **report)
    screen.open("/status?lang=zh")
    played.shown["open"] = screen.page.locator("body").inner_text()
    desk.at("10:35").record("incident.phase_changed", number, phase="identified", cause=NETWORK)
    desk.at("10:40").record(
        "incident.change_announced",
        number,
        change="CHG-2041",
        starts_at="2025-08-25T11:00:00+08:00",
        ends_at="2025-08-25T11:10:00+08:00",
        effect=words("登录会中断约 5 分钟", "signing in stops for about 5 minutes"),
    )
    desk.at("10:50").record(
        "incident.corrected", number, attribute="cause", words=DATABASE, why=WHY
    )
    for communication in desk.app.queries.held():
        desk.app.acts.release(communication.id, "lin", "checked with the team")
    desk.at("10:51")


def _restored(played: Played, manager: Alertmanager, phone: Visit) -> None:
    desk, number = played.desk.at("11:17"), played.major.number
    ended = "2025-08-25T11:17:00+08:00"
    manager.post(
        *(_alert("LoginErrors", f"{m}:1", "10:02" if m == "a" else "10:03", endsAt=ended) for m in "abc"),
        _alert("ProbeFailed", "p:1", "10:04", endsAt=ended),
    )  # fmt: skip
    _until(desk, lambda: not played.major.firing)
    played.shown["alerts over"] = (
        "open" if played.major.major and played.major.major.is_open else "over"
    )
    desk.at("11:21").record(
        "incident.restored",
        number,
        restored_at=ended,
        confirmed_role=words("CRM 应用负责人", "the CRM application owner"),
        measures=words(
            "放宽了连接数，重启了登录服务", "the limit was raised and sign-in restarted"
        ),
        limits="none",
        data="intact",
        user_action="none",
    )
    desk.at("11:25")
    phone.open(f"/s/{number}?lang=en")
    played.shown["over"] = phone.page.locator("body").inner_text()
    desk.at("18:05")


def _reviewed(played: Played) -> None:
    desk, acts = played.desk, played.desk.app.reviewing.acts
    desk.app.reviewing.reports.open(played.major, by="lin")
    acts.announce(played.major, review_by=datetime(2025, 9, 1, 10, tzinfo=UTC), by="lin")
    desk.at("18:10").on("2025-08-29T10:00")
    for language in ("zh", "en"):
        _write(played, Section.SUMMARY, language, FOUND[language])
        _write(played, Section.LESSONS, language, LESSONS[language])
    acts.publish(played.major, by="lin", why="read by two people")
    acts.add_action(
        played.major, text="Add an alert at 80 %", owner="ops", due=date(2025, 9, 2), by="lin"
    )
    desk.on("2025-08-29T10:10").on("2025-09-03T18:00")


def _write(played: Played, section: Section, language: Language, text: str) -> None:
    reports = played.desk.app.reviewing.reports
    written = SectionText(
        incident=played.major.id,
        edition=Edition.OUTSIDE,
        section=section,
        language=language,
        revision=1,
        text=text,
        by="lin",
        at=played.desk.app.clock.now(),
    )
    if kept := reports.history(played.major, Edition.OUTSIDE, section, language):
        written = written.model_copy(update={"revision": kept[0].revision + 1})
    reports.write(played.major, written, zone="Asia/Shanghai")
