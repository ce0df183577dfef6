"""Two records of one outage, written in English and in Chinese, and what is judged against them."""

from __future__ import annotations

from functools import cache
from typing import Any

from pipeline.guard.claims import Index, Judged, Lexicon, Reader, Record, indexed, judge
from prompts import ROOT, read_texts

_DAY = "2026-08-24T"
_ZONE = ":00+08:00"


def at(clock: str) -> str:
    return f"{_DAY}{clock}{_ZONE}"


def fact(
    id_: str, what: str, attribute: str, value: Any, source: str, **more: Any
) -> dict[str, Any]:
    plain = {"unit": None, "status": "confirmed", "level": "affected", "at": at("10:30")}
    return {
        "id": id_,
        "what": what,
        "attribute": attribute,
        "value": value,
        "source": source,
        **plain,
        **more,
    }


def event(id_: str, clock: str, type_: str, role: str, text: str) -> dict[str, Any]:
    return {"id": id_, "at": at(clock), "type": type_, "actor_role": role, "text": text}


ENGLISH: dict[str, Any] = {
    "number": "INC-9602",
    "service": "CRM",
    "service_aliases": ["Customer Hub"],
    "title": "CRM sign-in fails",
    "severity": "P1",
    "state": "in_progress",
    "phase": "investigating",
    "opened_at": at("10:04"),
    "major": True,
    "facts": [
        fact("F1", "CRM", "started_at", at("10:02"), "E1"),
        fact("F2", "CRM accounts", "affected_count", 6214, "E2", unit="accounts"),
        fact("F3", "failed sign-ins", "error_rate", 41.8, "E1", unit="%"),
        fact("F4", "failed sign-ins alarm", "threshold", 5, "E1", unit="%"),
        fact(
            "F5",
            "sign-in service",
            "cause",
            "the session store ran out of memory",
            "E5",
            status="suspected",
        ),
        fact("F6", "CRM", "next_update", at("10:45"), "E6"),
        fact("F7", "restart of auth-03", "not_helped", "sign-in failed again at once", "E4"),
        fact("F8", "saved records", "data_loss", "no records were lost", "E6"),
        fact("F9", "ticket", "team", "Application Support", "E3"),
    ],
    "events": [
        event(
            "E1",
            "10:04",
            "alerted",
            "monitor",
            "Failed sign-ins 41.8 %, threshold 5 %, since 10:02.",
        ),
        event(
            "E2",
            "10:05",
            "declared",
            "incident manager",
            "P1. All 6,214 CRM accounts are affected. Mail is not affected. Next update 10:25.",
        ),
        event("E3", "10:06", "assigned", "service desk", "Application Support, Wei Zhang."),
        event(
            "E4",
            "10:14",
            "noted",
            "technician",
            "Restarted auth-03 at 10:12, sign-in failed again at once.",
        ),
        event(
            "E5",
            "10:20",
            "noted",
            "technician",
            "Perhaps the session store ran out of memory. Not proven. Change CHG-6231 went in on Friday.",
        ),
        event(
            "E6",
            "10:25",
            "stated",
            "incident manager",
            "CRM is still down, the cause is not known. No records were lost. Next update 10:45.",
        ),
        event(
            "E7",
            "10:28",
            "reported",
            "requester",
            "It says \u201csession could not be created\u201d for 320 of us in Leeds.",
        ),
    ],
}
CHINESE: dict[str, Any] = {
    **ENGLISH,
    "service_aliases": ["客户管理系统"],
    "title": "CRM 无法登录",
    "facts": [
        fact("F1", "CRM", "started_at", at("10:02"), "E1"),
        fact("F2", "CRM 账号", "affected_count", 6214, "E2", unit="个"),
        fact("F3", "登录失败", "error_rate", 41.8, "E1", unit="%"),
        fact("F4", "登录失败告警", "threshold", 5, "E1", unit="%"),
        fact("F5", "登录服务", "cause", "会话存储内存耗尽", "E5", status="suspected"),
        fact("F6", "CRM", "next_update", at("10:45"), "E6"),
        fact("F7", "重启 auth-03", "not_helped", "重启后仍然登录失败", "E4"),
        fact("F8", "已保存的记录", "data_loss", "没有丢失", "E6"),
        fact("F9", "工单", "team", "应用支持组", "E3"),
    ],
    "events": [
        event("E1", "10:04", "alerted", "monitor", "登录失败率 41.8 %，阈值 5 %，起始 10:02。"),
        event(
            "E2",
            "10:05",
            "declared",
            "incident manager",
            "宣布 P1。全部 6,214 个 CRM 账号受影响，邮件不受影响。下次通报 10:25。",
        ),
        event("E3", "10:06", "assigned", "service desk", "转应用支持组，张维国接单。"),
        event("E4", "10:14", "noted", "technician", "10:12 重启 auth-03，马上又登录失败，没用。"),
        event(
            "E5",
            "10:20",
            "noted",
            "technician",
            "怀疑是会话存储内存耗尽，还不能确定。周五上过变更 CHG-6231。",
        ),
        event(
            "E6",
            "10:25",
            "stated",
            "incident manager",
            "CRM 仍无法使用，原因不明。已保存的记录没有丢失。下次通报 10:45。",
        ),
        event(
            "E7",
            "10:28",
            "reported",
            "requester",
            "弹出「会话无法建立」，我们利兹这边 320 人都这样。",
        ),
    ],
}


@cache
def reader() -> Reader:
    return Reader(Lexicon.load(read_texts(ROOT)))


@cache
def _index(language: str) -> Index:
    return indexed(Record.read(ENGLISH if language == "en" else CHINESE), reader())


def against(raw: dict[str, Any], text: str) -> list[Judged]:
    return judge(text, indexed(Record.read(raw), reader()))


def judged(language: str, text: str) -> list[Judged]:
    """The sentences of a text, held to the record in the same language."""
    return judge(text, _index(language))


def is_wrong(language: str, text: str) -> bool:
    return any(sentence.is_wrong for sentence in judged(language, text))
