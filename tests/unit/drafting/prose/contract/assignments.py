"""Two incidents as a writer is given them: an outage of the CRM, and one ticket about a mail client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import prompts
from pipeline.domain.directory import Bilingual, Language, Names
from pipeline.domain.facts import Audience, Brief, Fact, FactValue, Level, Status, ValueKind
from pipeline.domain.prose import Length, Prose, Quoted, Sentence, Step
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.prose.assignment import STAKEHOLDER, TECHNICIAN, Assignment
from pipeline.drafting.prose.contract import Contract
from pipeline.drafting.prose.contract.values import States

K, S = ValueKind, Status
START = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
"""10:00 in Beijing, a Monday."""
MINUTE = timedelta(minutes=1)
BEIJING = ZoneInfo("Asia/Shanghai")
ABOVE = Audience(role="leaders", clearance=Level.INTERNAL)


@cache
def texts() -> dict[str, str]:
    return prompts.read_texts(prompts.ROOT)


@cache
def contract() -> Contract:
    return Contract(texts())


@cache
def states() -> States:
    return load_states(texts())


def fact(
    attribute: str,
    kind: ValueKind,
    value: FactValue,
    *,
    status: Status = S.CONFIRMED,
    minute: int = 0,
    n: int | None = None,
) -> Fact:
    return Fact(
        id=f"f.{attribute}" if n is None else f"f.{attribute}.{n}",
        what="inc_1",
        attribute=attribute,
        kind=kind,
        value=value,
        status=status,
        level=Level.PUBLIC,
        at=START + minute * MINUTE,
        event=f"evt_{minute}",
    )


def said(n: int, minute: int | None, speaker: str, text: str, person: str | None = None) -> Quoted:
    at = None if minute is None else START + minute * MINUTE
    return Quoted(id=f"line.{n}", n=n, at=at, speaker=speaker, person=person, text=text)


def assigned(
    facts: Iterable[Fact],
    lines: Iterable[Quoted] = (),
    candidates: Iterable[Fact] = (),
    *,
    kind: str = TECHNICIAN,
    language: Language = "en",
    news: Iterable[str] = (),
    now: int = 60,
    length: Length = Length.NORMAL,
) -> Assignment:
    brief = Brief(
        incident="inc_1",
        number="INC-9527",
        audience=Audience(role="technician", clearance=Level.RESTRICTED),
        facts=tuple(facts),
        news=frozenset(news),
    )
    return Assignment(
        kind=kind,
        brief=brief,
        lines=tuple(lines),
        candidates=tuple(candidates),
        language=language,
        length=length,
        now=START + now * MINUTE,
        zone=BEIJING,
    )


CRM_FACTS = (
    fact("number", K.IDENTIFIER, "INC-9527"),  # F1
    fact("service", K.NAME, Names(zh="客户系统", en="CRM")),  # F2
    fact("impact", K.STATE, "impact.unavailable", minute=5),  # F3
    fact("phase", K.STATE, "phase.mitigating", minute=31),  # F4
    fact("symptom", K.TEXT, Bilingual(zh="登录时报错，已打开的页面无法保存", en="signing in shows an error, and open pages cannot be saved"), minute=6),  # F5
    fact("scope", K.TEXT, Bilingual(zh="全部 6,214 个客户系统账号", en="all 6,214 CRM accounts"), minute=9),  # F6
    fact("started_at", K.TIME, START + 2 * MINUTE, minute=5),  # F7
    fact("cause", K.TEXT, Bilingual(zh="登录服务与数据库之间的连接中断", en="the sign-in service lost its connection to the database"), status=S.SUSPECTED, minute=28),  # F8
    fact("team", K.NAME, Names(zh="应用支持组", en="Application Support"), minute=7),  # F9
    fact("action", K.TEXT, Bilingual(zh="恢复登录服务与数据库的连接", en="restoring the sign-in service's database connection"), minute=31),  # F10
    fact("action_due", K.TIME, START + 90 * MINUTE, minute=31),  # F11
    fact("next_update", K.TIME, START + 77 * MINUTE, minute=31),  # F12
    fact("workaround", K.TEXT, Bilingual(zh="查客户电话可用只读名录", en="for customers' phone numbers, use the read-only directory"), minute=20),  # F13
)  # fmt: skip
CRM_LINES = (
    said(1, 4, "王晓琳", "CRM 登不进去了，一直报错 500，销售这边都停了", "wang"),  # L1 S1
    said(2, 6, "Chen Li", "seeing it too. 42 % of sign-ins failed in 5 min on crm-app-03", "chen"),  # L2 S2
    said(3, 9, "Chen Li", "restarted the sign-in service on crm-app-03. same error", "chen"),
    said(4, 11, "赵敏", "我们组接了，我来看数据库", "zhao"),  # L4 S3
    said(5, 16, "赵敏", "连接池满了，200 个连接全被报表占着，会话都在等锁", "zhao"),
    said(6, 18, "Chen Li", "can we switch off the reports? whose call is that", "chen"),
    said(7, 20, "赵敏", "要刘洋批准，我在等他回", "zhao"),
    said(8, 24, "刘洋", "同意停报表，先保登录", "liu"),  # L8 S4
    said(9, 29, "赵敏", "报表停了，连接降到 60，重启登录服务中", "zhao"),
    said(10, 33, "Chen Li", "first users can sign in on the web, phone app still shows the error", "chen"),
    said(11, 38, "王晓琳", "网页能登了，手机还是不行。什么时候能好？", "wang"),
    said(12, 40, "赵敏", "11:30 前给大家结果，手机端要等网关缓存过期", "zhao"),
)  # fmt: skip
CRM_CANDIDATES = (
    fact("failed_sign_ins", K.TEXT, "42 %", status=S.REPORTED, minute=6, n=1),
    fact("connections", K.NUMBER, 200, status=S.REPORTED, minute=16, n=1),
    fact("result_by", K.TIME, START + 90 * MINUTE, status=S.REPORTED, minute=40, n=1),
)

MAIL_FACTS = (
    fact("number", K.IDENTIFIER, "INC-4410"),  # F1
    fact("title", K.QUOTE, "邮件客户端反复崩溃", status=S.REPORTED),  # F2
    fact("requester_name", K.NAME, Names(zh="王晓琳", en="Xiaolin Wang")),  # F3
    fact("state", K.STATE, "waiting.approval", minute=50),  # F4
    fact("assignee", K.NAME, Names(zh="陈立", en="Chen Li"), minute=3),  # F5
    fact("group", K.NAME, Names(zh="邮件平台组", en="Mail Platform"), minute=45),  # F6
    fact("handed_from", K.NAME, Names(zh="服务台", en="the service desk"), minute=45),  # F7
    fact("handover_reason", K.TEXT, "换一台电脑也一样，问题跟着邮箱走", minute=45),  # F8
    fact("tried", K.TEXT, "停用了全部加载项，仍闪退", minute=20, n=1),  # F9
    fact("tried", K.TEXT, "重建了客户端配置，仍闪退", minute=35, n=2),  # F10
    fact("expected_at", K.TIME, START + 7 * 60 * MINUTE, minute=50),  # F11
    fact("cause", K.TEXT, "邮箱库中的索引损坏", status=S.SUSPECTED, minute=48),  # F12
)  # fmt: skip
MAIL_LINES = (
    said(1, 0, "Xiaolin Wang", "My mail client crashes whenever I open it, the fourth time today. I have a customer call at 15:00 and need the calendar.", "wang"),  # L1 S1
    said(2, 5, "Chen Li", "Thanks. Please start it in safe mode: hold Ctrl and open it.", "chen"),  # L2 S2
    said(3, 12, "Xiaolin Wang", "Opens in safe mode, but crashes once I click the calendar.", "wang"),
    said(4, 20, "Chen Li", "All add-ins are off now. Still crashes.", "chen"),
    said(5, 35, "Chen Li", "New profile, same crash. On PC-0417 and on a loan laptop.", "chen"),
    said(6, 44, "Xiaolin Wang", "Can I use the web version until then?", "wang"),
    said(7, 46, "Chen Li", "Yes, the web version works with your calendar. I hand over to Mail Platform.", "chen"),
    said(8, 48, "Zhao Min", "Looks like the index of this mailbox is damaged. Moving it needs Liu Yang's approval.", "zhao"),  # L8 S3
    said(9, 50, "Zhao Min", "Asked Liu Yang. We do it over lunch and tell you before your call.", "zhao"),
)  # fmt: skip


def crm(**more: Any) -> Assignment:
    usual: dict[str, Any] = {"news": ("phase", "cause", "action"), "now": 45}
    return assigned(CRM_FACTS, CRM_LINES, CRM_CANDIDATES, **usual | more)


def crm_for_leaders(**more: Any) -> Assignment:
    """Without the conversation, which those outside do not read."""
    whole = crm(kind=STAKEHOLDER, **more)
    brief = whole.brief.model_copy(update={"audience": ABOVE})
    return replace(whole, brief=brief, lines=(), candidates=())


def mail(**more: Any) -> Assignment:
    return assigned(MAIL_FACTS, MAIL_LINES, **{"now": 52} | more)


def prose(sentences: tuple[Sentence, ...], language: Language) -> Prose:
    return Prose(language=language, sentences=sentences, step=Step.MODEL)
