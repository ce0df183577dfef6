"""Incidents as a brief holds them: a ticket under way, one that is done, and a major incident's phases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pipeline.domain.directory import Names
from pipeline.domain.facts import Fact, Level, Status, ValueKind

from .reading import NOW, fact

K = ValueKind
_HOUR = timedelta(hours=1)
INTERNAL = {"level": Level.INTERNAL}


def ticket(state: str = "in_progress", **more: object) -> list[Fact]:
    """The mail client that crashes, with its technician."""
    facts = [
        fact("number", K.IDENTIFIER, "INC-9527"),
        fact("title", K.QUOTE, "邮件客户端反复崩溃", status=Status.REPORTED),
        fact(
            "description", K.QUOTE, "邮件客户端一打开就闪退，今天第四次了", status=Status.REPORTED
        ),
        fact("requester_name", K.NAME, Names(zh="王晓琳", en="Xiaolin Wang")),
        fact("state", K.STATE, state, at=NOW - _HOUR / 2),
        fact("assignee", K.NAME, Names(zh="陈立", en="Chen Li")),
        fact("group", K.NAME, Names(zh="桌面支持组", en="Desktop Support")),
        fact("service", K.NAME, Names(zh="邮件客户端", en="Mail client")),
        fact("expected_at", K.TIME, NOW + 5 * _HOUR),
        fact("expected_from", K.STATE, "technician"),
    ]
    return [one for one in facts if one.attribute not in more.get("without", ())]  # type: ignore[operator]


def worked_on() -> list[Fact]:
    return [
        *ticket(),
        fact("handed_from", K.NAME, Names(zh="服务台", en="the service desk")),
        fact("handover_reason", K.TEXT, "换一台电脑也一样，问题跟着邮箱走", **INTERNAL),
        fact("tried", K.TEXT, "停用了全部加载项，仍闪退", n=1, **INTERNAL),
        fact("tried", K.TEXT, "重建了客户端配置，仍闪退。", n=2, **INTERNAL),
        fact(
            "note",
            K.TEXT,
            "和邮件平台组确认过，邮箱库索引有损坏的记录，今晚 20:00 窗口迁移邮箱。用户已知情。",
            n=1,
            at=NOW - _HOUR,
            **INTERNAL,
        ),
    ]


def waiting() -> list[Fact]:
    return [
        *ticket("waiting.approval"),
        fact("message", K.TEXT, "迁移邮箱需要邮件平台负责人同意"),
    ]


def resolved() -> list[Fact]:
    return [
        *ticket("resolved"),
        fact("fix_summary", K.TEXT, "把您的邮箱迁移到了新的邮箱库，并重建了客户端配置"),
        fact("user_action", K.TEXT, "请退出客户端，再打开一次"),
        fact("cause", K.TEXT, "邮箱库中的索引损坏"),
        fact("close_at", K.TIME, NOW + 78 * _HOUR),
    ]


def outage() -> list[Fact]:
    """The CRM sign-in, under repair."""
    return [
        fact("number", K.IDENTIFIER, "INC-9602"),
        fact("title", K.QUOTE, "CRM 登不上", status=Status.REPORTED),
        fact("service", K.NAME, Names(zh="CRM", en="CRM")),
        fact("severity", K.STATE, "severity.P1"),
        fact("phase", K.STATE, "phase.mitigating"),
        fact("impact", K.STATE, "impact.unavailable"),
        fact(
            "symptom",
            K.TEXT,
            Names(
                zh="登录时报错，已打开的页面无法保存",
                en="signing in shows an error, and open pages cannot be saved",
            ),
        ),
        fact(
            "scope",
            K.TEXT,
            Names(zh="全部 6,214 个 CRM 账号", en="all 6,214 CRM accounts"),
            level=Level.AFFECTED,
        ),
        fact(
            "not_affected",
            K.TEXT,
            Names(zh="邮件、办公门户和电话", en="mail, the office portal and telephones"),
            level=Level.AFFECTED,
        ),
        fact("started_at", K.TIME, NOW - 2 * _HOUR),
        fact(
            "team", K.NAME, Names(zh="应用支持组", en="Application Support"), level=Level.AFFECTED
        ),
        fact("taken_at", K.TIME, NOW - 1.9 * _HOUR, level=Level.AFFECTED),
        fact(
            "workaround",
            K.TEXT,
            Names(
                zh="查客户电话可用只读名录",
                en="for customers' phone numbers, use the read-only directory",
            ),
            level=Level.AFFECTED,
        ),
        fact(
            "cause_confirmed",
            K.TEXT,
            Names(
                zh="登录服务与数据库之间的连接中断",
                en="the sign-in service lost its connection to the database",
            ),
            level=Level.AFFECTED,
        ),
        fact(
            "done",
            K.TEXT,
            Names(zh="重启了登录服务", en="the sign-in service was restarted"),
            n=1,
            level=Level.AFFECTED,
        ),
        fact(
            "action",
            K.TEXT,
            Names(
                zh="恢复登录服务与数据库的连接",
                en="restoring the sign-in service's database connection",
            ),
            **INTERNAL,
        ),
        fact("action_role", K.TEXT, Names(zh="应用支持组", en="Application Support"), **INTERNAL),
        fact("action_due", K.TIME, NOW + _HOUR / 2, **INTERNAL),
        fact("next_update", K.TIME, NOW + _HOUR / 3),
    ]


def restored() -> list[Fact]:
    return [
        *(
            one
            for one in outage()
            if one.attribute not in ("phase", "next_update", "action", "action_role", "action_due")
        ),
        fact("phase", K.STATE, "phase.resolved"),
        fact("restored_at", K.TIME, NOW - _HOUR / 4),
        fact("duration", K.DURATION, 6300),
        fact("data", K.STATE, "data.checking", level=Level.AFFECTED),
        fact("data_news_by", K.TIME, NOW + 3 * _HOUR, level=Level.AFFECTED),
        fact(
            "measures",
            K.TEXT,
            Names(
                zh="重启了登录服务，并恢复了它与数据库的连接",
                en="the sign-in service was restarted and its database connection restored",
            ),
            level=Level.AFFECTED,
        ),
    ]


def reopened(**more: object) -> list[Fact]:
    """Fixed yesterday, and open again since this morning."""
    yesterday: dict[str, Any] = {"event": "e-fix", "at": NOW - 20 * _HOUR}
    today: dict[str, Any] = {"event": "e-back", "at": NOW - 3 * _HOUR}
    return [
        *ticket("assigned", without=("expected_at", "expected_from"), **more),
        fact("fix_summary", K.TEXT, "rebuilt the profile", **yesterday),
        fact("user_action", K.TEXT, "restart the client once", **yesterday),
        fact("cause", K.TEXT, "a damaged profile", **yesterday),
        fact("close_at", K.TIME, NOW + 50 * _HOUR, **yesterday),
        fact("reopened_by", K.NAME, Names(zh="王晓琳", en="Xiaolin Wang"), **today),
        fact("reopening_reason", K.QUOTE, "it crashed again today.", **today),
        fact("reopened_times", K.NUMBER, 2, **today),
        fact("reopened_at", K.TIME, NOW - 3 * _HOUR, **today),
    ]


def came_back() -> list[Fact]:
    """Restored once, and failing again."""
    return [
        *outage(),
        fact("restored_at", K.TIME, NOW - 26 * _HOUR),
        fact("relapsed_at", K.TIME, NOW - _HOUR),
    ]


def withdrawn() -> list[Fact]:
    """A major incident that was none."""
    return [
        *outage(),
        fact("withdrawn_at", K.TIME, NOW - _HOUR),
        fact(
            "withdrawn_reason",
            K.TEXT,
            Names(zh="系统一直正常", en="the CRM worked throughout"),
            level=Level.AFFECTED,
        ),
    ]


def restored_with_limits() -> list[Fact]:
    return [
        *restored(),
        fact(
            "limits",
            K.TEXT,
            Names(zh="报表导出仍停用", en="report export is still off"),
            level=Level.AFFECTED,
        ),
        fact("limits_news_by", K.TIME, NOW + 2 * _HOUR, level=Level.AFFECTED),
        fact("no_user_action", K.STATE, "checked.no_user_action", level=Level.AFFECTED),
    ]
