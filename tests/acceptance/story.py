"""A service desk on a clock that is moved by hand, whose mails go to a real SMTP server."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.bootstrap import Heliograph, open_simulated
from pipeline.domain.cloudevents import Incoming, parse
from pipeline.domain.directory import (
    Address,
    Directory,
    Group,
    Language,
    Names,
    Person,
    Role,
    Service,
)
from pipeline.flow.drain import Settable, advance, drain
from pipeline.settings import Settings
from tests.contract.sinks import MailSink

MORNING = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
"""Ten in the morning in Beijing, a Monday."""


class Desk:
    """Sends events as a source would, and reads what arrived."""

    def __init__(
        self, app: Heliograph, clock: Settable, sink: MailSink, start: datetime = MORNING
    ) -> None:
        self.app, self.clock, self.sink = app, clock, sink
        self._day = start.astimezone(ZoneInfo("Asia/Shanghai")).date()
        self.count = 0

    def at(self, time: str) -> Desk:
        """Move the clock to a time of the day in Beijing; what falls due on the way is done."""
        return self.on(f"{self._day}T{time}")

    def tomorrow(self, time: str) -> Desk:
        return self.on(f"{self._day + timedelta(days=1)}T{time}")

    def on(self, moment: str) -> Desk:
        """Another day in Beijing: `2026-10-10T09:00`."""
        advance(self.clock, datetime.fromisoformat(f"{moment}:00+08:00"), self.app.steps)
        return self

    def send(self, type_: str, number: str = "INC-9527", **data: Any) -> None:
        self.app.intake.accept([self._parsed(type_, number, data)])
        drain(self.app.steps)

    def record(self, type_: str, number: str, **data: Any) -> None:
        """What a person records here, whoever the ticket's source is."""
        incident = self.app.queries.incident(number)
        assert incident is not None
        said = self._parsed(type_, number, data).data
        self.app.acts.record(incident.id, said, version=incident.version)
        drain(self.app.steps)

    def _parsed(self, type_: str, number: str, data: dict[str, Any]) -> Incoming:
        self.count += 1
        raw = {
            "specversion": "1.0",
            "id": f"story-{self.count}",
            "source": "service-desk",
            "type": f"heliograph.{type_ if '.' in type_ else f'ticket.{type_}'}.v1",
            "subject": number,
            "time": self.clock.now().isoformat(),
            "data": data,
        }
        return parse(raw, now=self.clock.now())

    def mails(self, to: str) -> list[Mail]:
        """What this address got, in order."""
        found = [_opened(letter.content) for letter in self.sink.letters]
        return [mail for mail in found if to in mail.to]

    def reasons(self, number: str = "INC-9527") -> list[tuple[str, str, str, str]]:
        """(kind, audience, state, code of the outcome) of every communication, oldest first."""
        incident = self.app.queries.incident(number)
        assert incident is not None
        return [
            (c.kind.value, c.audience, c.state.value, c.outcome.code if c.outcome else "")
            for c in reversed(self.app.queries.communications(incident.id))
        ]


class Mail:
    """A mail as its reader sees it."""

    def __init__(self, content: bytes) -> None:
        parsed = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.message = parsed
        self.subject, self.to = str(parsed["Subject"]), str(parsed["To"])
        plain, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
        assert plain is not None
        self.text = plain.get_content().replace("\r\n", "\n")
        self.html = html.get_content() if html is not None else ""
        """Empty for a card in both languages."""

    @property
    def words(self) -> str:
        return f"{self.subject}\n{self.text}"


@lru_cache(maxsize=4096)
def _opened(content: bytes) -> Mail:
    """Each once: a story asks for all of an address again and again."""
    return Mail(content)


@contextmanager
def desk(
    folder: Path,
    *,
    requester: Language,
    public_url: str = "https://help.example.org",
    **more: Any,
) -> Iterator[Desk]:
    """A desk whose requester reads `requester`; the technicians are mixed. `more` are settings."""
    sink = MailSink()
    settings = Settings(
        data_dir=folder,
        smtp_url=sink.url,
        desk_name="IT 服务台",
        desk_phone="6000",
        secret_key="a secret of the tests, and of nothing else",
        public_url=public_url,
        **more,
    )
    app, clock = open_simulated(settings, MORNING)
    try:
        app.acts.load_directory(people(requester))
        yield Desk(app, clock, sink)
    finally:
        app.close()
        sink.close()


def people(requester: Language) -> Directory:
    def mail(name: str) -> tuple[Address, ...]:
        return (Address(channel="mail", value=f"{name}@example.org"),)

    zone = "Asia/Shanghai" if requester == "zh" else "Europe/London"
    return Directory(
        people=(
            Person(
                id="wang.xiaolin",
                name="王晓琳" if requester == "zh" else "Xiaolin Wang",
                names=Names(zh="王晓琳", en="Xiaolin Wang"),
                language=requester,
                zone=zone,
                addresses=mail("wang"),
            ),
            Person(
                id="chen.li",
                name="陈立",
                names=Names(zh="陈立", en="Chen Li"),
                language="zh",
                zone="Asia/Shanghai",
                phone="6012",
                role=Role.TECHNICIAN,
                addresses=mail("chen"),
            ),
            Person(id="liu.min", name="Liu Min", zone=zone, addresses=mail("liu")),
        ),
        groups=(
            Group(id="desktop-support", name=Names(zh="桌面支持组", en="Desktop Support")),
            Group(
                id="exchange",
                name=Names(zh="Exchange 组", en="the Exchange group"),
                language="en",
                zone="Europe/London",
                addresses=mail("exchange"),
                managers=("liu.min",),
            ),
        ),
        services=(Service(id="mail-client", name=Names(zh="邮件客户端", en="Mail client")),),
    )


def mail_client(desk: Desk) -> None:
    """One person's mail client keeps crashing: reported at 10:02, reopened the next morning."""
    desk.at("10:02").send(
        "reported",
        title="邮件客户端反复崩溃",
        description="邮件客户端一打开就闪退，今天第四次了",
        requester={"id": "wang.xiaolin"},
        service="mail-client",
        priority="P3",
    )
    desk.at("10:15").send(
        "assigned",
        assignee={"id": "chen.li"},
        group="desktop-support",
        expected_at="2026-08-24T17:03:00+08:00",
        expected_from="technician",
    )
    desk.send("state_changed", state="in_progress")
    desk.at("11:00").send("noted", text="停用了全部加载项，仍闪退", tried=True)
    desk.at("14:35").send(
        "handed_over",
        group="exchange",
        tried=["重建了客户端配置，仍闪退"],
        reason="换一台电脑也一样，问题跟着邮箱走",
    )
    desk.at("14:50").send(
        "state_changed",
        state="waiting",
        waiting_for="approval",
        message="迁移邮箱需要邮件平台负责人同意",
    )
    desk.at("15:30").send("state_changed", state="waiting", waiting_for="approval")
    desk.at("16:20").send(
        "resolved",
        fix_summary="把您的邮箱迁移到了新的邮箱库，并重建了客户端配置",
        user_action="请退出客户端，再打开一次",
        close_at="2026-08-27T18:00:00+08:00",
        reopen_days=7,
    )
    desk.tomorrow("09:10").send("closed", silent=True)
    desk.tomorrow("09:40").send(
        "reopened", by={"id": "wang.xiaolin"}, reason="今天早上又闪退了两次"
    )
    desk.tomorrow("12:00")
