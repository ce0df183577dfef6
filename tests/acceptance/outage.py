"""The CRM outage: a monitor sees it, a second signal confirms it, and it comes back once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.bootstrap import open_simulated
from pipeline.domain.directory import (
    Address,
    Bilingual,
    Directory,
    Group,
    Language,
    Names,
    Person,
    Service,
)
from pipeline.settings import Settings
from tests.contract.sinks import MailSink

from .story import MORNING, Desk

CRM = "INC-9602"
ADVICE = Bilingual(
    zh="请先不要反复登录，也不必重启电脑或重装软件",
    en="Please do not keep retrying, and there is no need to restart or reinstall anything",
)


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


@contextmanager
def outage(
    folder: Path,
    *,
    public_url: str = "https://it.example.org",
    start: datetime = MORNING,
    **more: Any,
) -> Iterator[Desk]:
    """A desk whose CRM is used by a reader of each language and by a room that reads both."""
    sink = MailSink()
    settings = Settings(
        data_dir=folder,
        smtp_url=sink.url,
        desk_name="IT 服务台",
        desk_phone="6000",
        zone="Asia/Shanghai",
        secret_key="a secret of the tests, and of nothing else",
        public_url=public_url,
        **more,
    )
    app, clock = open_simulated(settings, start)
    try:
        app.acts.load_directory(directory())
        yield Desk(app, clock, sink, start)
    finally:
        app.close()
        sink.close()


def directory() -> Directory:
    return Directory(
        people=(
            *(person("li", "zh"), person("tom", "en"), person("outsider", "en")),
            *(person("director", "zh"), person("chief", "en")),
            *(person("phone", "zh"), person("line", "en")),
            *(person("lin", "zh"), person("ops", "en")),
        ),
        groups=(
            group("staff", members=("li", "tom")),
            group("sales", addresses=mail("sales"), mixed=True, zone="Asia/Shanghai"),
            group("leaders", members=("director", "chief")),
            group("front-line", members=("phone", "line")),
            group("incident-managers", members=("lin", "ops")),
            group("app-support", members=("lin", "ops"), name=Names(zh="应用支持组", en="Application Support")),
        ),
        services=(
            Service(id="crm", name=Names(zh="CRM", en="CRM"), users=("staff", "sales"), advice=ADVICE),
        ),
    )  # fmt: skip


def person(name: str, language: Language) -> Person:
    return Person(id=name, name=name, language=language, zone="Asia/Shanghai", addresses=mail(name))


def group(id_: str, **more: Any) -> Group:
    return Group(**{"id": id_, "name": Names(zh=id_, en=id_), **more})


def mail(name: str) -> tuple[Address, ...]:
    return (Address(channel="mail", value=f"{name}@example.org"),)


def crm_outage(desk: Desk) -> None:
    """From the first alert at 10:02 to the second recovery at 12:40."""
    alert = {"service": "crm", "severity": "P1", "impact": "unavailable"}
    desk.at("10:02").send(
        "incident.alerted",
        CRM,
        signal="crm-login-errors",
        title="CRM sign-in errors above 40 %",
        detail="crm-app-03.corp: 42 % of sign-ins failed, threshold 5 %",
        **alert,
    )
    desk.at("10:04").send("incident.alerted", CRM, signal="synthetic", title="probe", **alert)
    desk.send("incident.team_called", CRM, team="app-support")
    desk.at("10:07").send("incident.accepted", CRM, team="app-support")
    desk.at("10:09").send(
        "incident.scope_changed",
        CRM,
        scope=words("全部 6,214 个 CRM 账号", "all 6,214 CRM accounts"),
        not_affected=words("邮件、办公门户和电话", "mail, the office portal and telephones"),
    )
    desk.at("10:50").send(
        "incident.stated",
        CRM,
        text=words("网页版已可登录，手机端仍然报错", "The web version works, the phone app does not"),
    )  # fmt: skip
    desk.at("11:02").send(
        "incident.phase_changed",
        CRM,
        phase="identified",
        cause=words("登录服务与数据库的连接中断", "the sign-in service lost its database"),
    )
    desk.at("11:21").send(
        "incident.restored",
        CRM,
        restored_at="2026-08-24T11:17:00+08:00",
        confirmed_role=words("CRM 应用负责人", "the CRM application owner"),
        measures=words("重启了登录服务", "the sign-in service was restarted"),
        limits=words("报表导出仍停用", "report export is still off"),
        limits_news_by="2026-08-24T14:00:00+08:00",
        data="intact",
        user_action="none",
    )
    desk.at("12:05").send(
        "incident.relapsed", CRM, symptom=words("登录又报错", "signing in fails again")
    )
    desk.at("12:40").send("incident.restored", CRM)
    desk.at("15:00")


def false_alarm(desk: Desk) -> None:
    """Declared by hand at 15:05, and taken back at 15:20."""
    desk.at("15:05").send(
        "incident.declared", "INC-9700", severity="P2", impact="degraded", service="crm"
    )
    desk.at("15:20").send(
        "incident.withdrawn", "INC-9700", reason=words("探针自身出错", "the probe itself failed")
    )
