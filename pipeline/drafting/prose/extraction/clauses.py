"""Does each clause concern those who wait: a service, an effect on it, what they can do, or the next time?

What a colleague did, who left, what is paid and to whom fit no such clause, in whatever words it is told.
"""

from __future__ import annotations

import re

from .cues import TOPIC, Cue, Cues
from .said import Said

_CLAUSE = re.compile(
    r"[，,。.；;：:！!？?\n]+(?!\d)|\s+[-–—]+\s+|\b(?:and|but|so|because|since|while)\b"
)
_OF_CONCERN = frozenset(
    {
        "symptom",
        "failed",
        "worked",
        "suggestion",
        "expected",
        "answer_start",
        "chatter",
        "wait_over",
    }
    | {
        "again",
        "status",
        "deferral",
        "wait",
        "ruled_out",
        "correction",
        "kept",
        "question",
        "request",
    }
)
"""Kinds of cue that make a clause one of these; a promise is judged by what is promised."""
_THING = re.compile(
    r"\b(?:page|site|screen|app|button|form|report|link|tab|window|browser|login|sign-in|sign in|log in|account|order|file"
    r"|version|access|service|system|till|card|sheet|look after it|look into it|on it)s?\b"
    r"|页面|网页|界面|按钮|登录|账号|订单|文件|服务|系统|收银|刷卡|打印|电脑上|浏览器|手机上|已(?:发|处理|完成|清|修|换|重启|恢复|送|装)|进度|掉一次|就掉|分钟就|手工|手写|改用|先用"
)
_AHEAD = re.compile(
    r"\b(?:update|news|word|call you|call back|call everyone|tell you|let you know|inform|report|answer|reply|replies|write to you|back"
    r"|restor\w+|fix\w*|repair\w*|replac\w+|resolv\w+|solv\w+|install\w*|deliver\w*|arriv\w+|visit\w*|come|comes|be there|look after"
    r"|ready|done|available|work\w*|set up|check\w*|test\w*|send you|email you|confirm\w*|post\w*|share\w*|provide\w*|eta|finish\w*)\b"
    r"|更新|通报|答复|回复|通知|告知|告诉|消息|结果|结论|恢复|修|解决|处理|完成|上门|回电|联系|同步|更换|换|送|给您|给你|给大家|好|安装|开通|到货|同事"
)
"""What people who wait can be promised: news, or that it works."""
_OTHERS = re.compile(
    r"\b(?:customers?|clients?|patients?|somebody|someone|a colleague) (?:of|from|at|in) [A-Z]"
    r"|\b(?:ceo|cfo|cto|president|chairman|boss|director)\b|\b(?:pay|paid|salary|dismiss\w*|fired?|ransom|police|cancer|short of staff|understaffed|resign\w*)\b"
    r"|总裁|董事长|总经理|老总|老板|辞职|离职|开除|解雇|工资|赎金|报警|付款给|怀孕|生病|住院|私事|人手",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]")
_SMALL = 3
"""Words, or Chinese characters, that a clause may hold beside a service's name, a time or a greeting."""


def concerns_those_who_wait(text: str, cues: Cues) -> bool:
    if _OTHERS.search(text):
        return False
    return all(
        _is_of_concern(part, cues.find(part)) for part in _CLAUSE.split(text) if part.strip()
    )


def _is_of_concern(clause: str, found: list[Cue]) -> bool:
    kinds = {cue.kind for cue in found}
    if kinds & _OF_CONCERN or _THING.search(clause.lower()):
        return True
    ahead = _AHEAD.search(clause.lower()) is not None
    if kinds & {"promise", "no_promise"}:
        return ahead
    if ahead and any(one.isdigit() for one in clause):
        return True
    named = [cue for cue in found if cue.kind.startswith(TOPIC)]
    covered = {place for cue in named for place in range(cue.start, cue.end)}
    rest = [one for one in _LETTER.finditer(clause) if one.start() not in covered]
    return len([one for one in rest if not one[0].isdigit()]) <= _SMALL


def promises_what_they_wait_for(one: Said) -> bool:
    """ "I will call the police at 14:00" is no next time of anything they wait for."""
    return _AHEAD.search(one.text.lower()) is not None and not _OTHERS.search(one.text)
