"""Who speaks: the one who asked for help, those who work on it, or somebody of whom nobody knows?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ....domain.directory import Bilingual
from ....domain.facts import Brief, Fact
from ....domain.prose import Quoted
from ...marks import one_line
from ..contract.quoting import named

_AFFIX = re.compile(r"\s*[(（\[【<].*$")
_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]+")
_INSIDE = re.compile(r"[(（\[【<]([^)）\]】>@]{2,40})[)）\]】>]")
_ROLE_ALONE = re.compile(
    r"requester|agent|customer|caller|user|technician|engineer|support|reporter|报障人|申请人|用户|客户|坐席|工程师|技术员|处理人",
    re.IGNORECASE,
)
_BOT = re.compile(r"bot\b|告警|监控|机器人|alert|monitor|pager|system", re.IGNORECASE)
_MARKS = {
    "requester": re.compile(
        r"报障人|申请人|用户|客户|requester|customer|caller|end user|\buser\b", re.I
    ),
    "staff": re.compile(
        r"工程师|技术|支持|运维|服务台|网管|\bIT\b|support|service ?desk|help ?desk|engineer|admin"
        r"|technician|agent|\bops\b|\bnoc\b|\bsre\b|\bdba\b",
        re.IGNORECASE,
    ),
}


class Who(StrEnum):
    """What a speaker is to the ticket."""

    REQUESTER = "requester"
    STAFF = "staff"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`known` is the fact of the record that names the person, where one does; `guessed` says that only the
    conversation's order speaks for it, which sorts sentences and is never told."""

    who: Who
    known: Fact | None = None
    guessed: bool = False


@dataclass(frozen=True)
class Speakers:
    """By name as the log writes it."""

    by_name: dict[str, Speaker]

    def of(self, line: Quoted) -> Speaker:
        return self.by_name.get(line.speaker, Speaker(Who.UNKNOWN))


def speakers_of(lines: Sequence[Quoted], brief: Brief, problem_by: str | None) -> Speakers:
    """The record's word first; then what stands in the name itself; then, of a log alone, that whoever
    first told the problem (`problem_by`) is the one who asks, and others are not."""
    requester, assignee = brief.find("requester_name"), brief.find("assignee")
    found: dict[str, Speaker] = {}
    for name in {line.speaker for line in lines if line.speaker}:
        if requester is not None and _is(name, requester):
            found[name] = Speaker(Who.REQUESTER, requester)
        elif assignee is not None and _is(name, assignee):
            found[name] = Speaker(Who.STAFF, assignee)
        elif marked := _marked(name):
            found[name] = Speaker(marked)
    asks = any(speaker.who is Who.REQUESTER for speaker in found.values())
    if not asks and problem_by:
        found.setdefault(problem_by, Speaker(Who.REQUESTER, guessed=True))
    return Speakers(found)


def shown(name: str) -> str:
    """A speaker's name as people say it, without address or office: `Tom (IT)`, `Requester (Paul Reyes)`."""
    bare = _AFFIX.sub("", name).strip()
    inside = _INSIDE.search(name)
    if inside and _ROLE_ALONE.fullmatch(bare):
        return named(inside[1].strip())
    return named(one_line(bare or name))


def signs(speaker: str, text: str) -> bool:
    """Whether the words are only the speaker's own name, as below a letter."""
    words = _WORD.findall(text.lower())
    return bool(words) and set(words) <= set(_WORD.findall(speaker.lower()))


def may_ask(name: str) -> bool:
    """Whether somebody of this name may be the one who asks: no program, and nobody of the desk."""
    return bool(name) and not _BOT.search(name) and _marked(name) is not Who.STAFF


def _is(name: str, fact: Fact) -> bool:
    value = fact.value
    names = (value.zh, value.en) if isinstance(value, Bilingual) else (str(value),)
    return _words(name) in [_words(one) for one in names]


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+|[\u3400-\u9fff]+", shown(name).lower()))


def _marked(name: str) -> Who | None:
    for who, pattern in _MARKS.items():
        if pattern.search(name):
            return Who(who)
    return None
