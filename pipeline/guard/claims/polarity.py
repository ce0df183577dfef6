"""Which way does a sentence answer a question: restored or not, lost or not, affected or not?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import Mark
from .reading import Reading, Span, Word
from .tokens import HAN

_REACH_WORDS = 5
_REACH_HAN = 7
_RUN = 4
_MODAL_GAP = 16
"""Characters between `must` or 可以 and the deed that it keeps from being done."""
_PROPOSED = re.compile(
    r"[^,，;；了]{0,16}的?(?:申请|许可(?!证)|批准|请求|计划|决定|批复)"
    r"|[^,;]{0,30} (?:been|was|were|is|are) (?:approved|requested|agreed|planned|scheduled|refused)\b"
)
"""停用该规则的申请: what is only asked for, or planned."""
_BA = re.compile(
    r"将(?:\s?[A-Za-z0-9“(]|[^,，。;；会在于]{2,20}?(?:到|至|为|成|入|出|回|给|从|了|掉))"
)
_LATER = re.compile(
    r"\b(?:tomorrow|tonight|later today|next (?:week|month|monday|tuesday|wednesday|thursday|friday)|on order)\b"
    r"|明天|明日|明早|明晚|后天|下周|下月|稍后|今晚",
    re.IGNORECASE,
)
_CONSIDERED = re.compile(
    r"\b(?:approv|agree|consider|propos|recommend|suggest|allow|permit|plann|discuss|authori[sz]|favou?r)\w* (?:to |the |of |on |with )?$",
    re.IGNORECASE,
)
"""`approved stopping it`: it is not said to have been stopped."""
_LACKS = re.compile(
    r"\b(?:un(?:paid|signed|sent|tested|used|answered|read|changed|touched|claimed|finished|done)|lack\w*|missing|absent|omit\w*)\b|缺(?![陷点])|漏了|漏掉|(?<![不至减多最很缺])少(?![于量数许])",
    re.IGNORECASE,
)
"""Words that deny the having of a thing."""
_CALLED_OFF = re.compile(
    r"(?: \w+){0,2} (?:was |were |is |are |has been |have been )?(?:cancelled|canceled|called off|abandoned|scrapped|aborted)\b|[^,，。;；]{0,4}(?:取消|叫停|作罢|没做|未做)",
    re.IGNORECASE,
)
"""`the purge was called off`: it was not done."""
_NOTHING = re.compile(
    r" (?:nothing|nobody|no one|none|no (?!longer|more|later|fewer|less)\w+)\b", re.IGNORECASE
)
"""`lost nothing`, `affects nobody`."""
_TOLD_TO = re.compile(
    r"\b(?:authori[sz]|allow|permit|ask|instruct|told|request|advis|decid|agree|plan|want|order|remind|invit)\w* (?:\w+ ){0,3}to $",
    re.IGNORECASE,
)
"""`asked to restart it`: it is not said to have been done."""
_OF_THE_SUBJECT = ("no", "none", "nobody", "nothing", "neither")
_REACH_SUBJECT = 8
"""Words from `no` to the verb: `no payment has been seen to fail`."""
_THINGS_OF_IT = (
    *("的时间", "的时候", "时间表", "之前", "之后", "以后", "以前", "方案"),
    *("工作", "进度", "进展", "办法", "措施", "计划"),
)
_SWALLOWS = frozenset({"effects", "neutral", "hedges", "causes", "approximately", "future"})


@dataclass(frozen=True, slots=True)
class Polar:
    """One answer: `sign` after denials; `loose` for what is to come, a condition or a wish."""

    group: str
    key: str
    state: str | None
    sign: int
    start: int
    end: int
    clause: Span
    loose: bool
    denied: bool


_NEAREST = 8
"""Denials before an answer that are looked at: a sentence of nothing else must not take minutes."""


def polars(reading: Reading) -> list[Polar]:
    """Every answer that a sentence gives."""
    marks = [m for m in reading.marks if m.entry.category in ("effects", "acts")]
    marks = [m for m in marks if m.entry.group != "attack" or not is_part(reading, m)]
    return [_polar(reading, mark, marks) for mark in marks]


def _polar(reading: Reading, mark: Mark, marks: list[Mark]) -> Polar:
    clause = reading.clause(mark.start)
    denied = _is_denied(reading, mark, clause, marks)
    entry = mark.entry
    category = "" if entry.category == "effects" else "act:"
    return Polar(
        group=category + entry.group,
        key=entry.key,
        state=entry.state if not denied else None,
        sign=-entry.sign if denied else entry.sign,
        start=mark.start,
        end=mark.end,
        clause=clause,
        loose=is_loose(reading, mark, clause)
        or (denied and entry.sign < 0 and entry.group == "loss"),
        denied=denied,
    )


def subject(reading: Reading, polar: Polar, span: Span) -> list[Word]:
    """The words of a span that are neither this answer nor another one: what it is said of."""
    return [
        w
        for w in reading.words_in(span)
        if not (w.start < polar.end and polar.start < w.end)
        and not any(k.startswith("effects:") for k in w.keys)
    ]


def runs_of(text: str) -> frozenset[str]:
    """Every four Chinese characters in a row, which say the same subject however it is cut."""
    bare = "".join(text.split())
    runs = (bare[n : n + _RUN] for n in range(len(bare) - _RUN + 1))
    return frozenset(run for run in runs if all(HAN.match(c) for c in run))


def _is_denied(reading: Reading, mark: Mark, clause: Span, marks: list[Mark]) -> bool:
    before = [m for m in reading.within(clause, "denying") if m.end <= mark.start]
    denials = before[-_NEAREST:]
    denials = [d for d in denials if not _is_swallowed(reading, d, mark)]
    if mark.entry.category == "acts" and _within_denial(mark, marks):
        return True
    if any(_reaches(reading, denial, mark, marks) for denial in denials):
        return True
    if _NOTHING.match(reading.text, mark.end):
        return True
    if mark.entry.category == "acts" and _CALLED_OFF.match(reading.text, mark.end, clause[1]):
        return True
    return any(
        q.value == 0 and clause[0] <= q.start < clause[1] and abs(q.start - mark.end) < 20
        for q in reading.quantities
    )


def is_denied_in(reading: Reading, clause: Span) -> bool:
    """Whether anything in a clause is denied, an odd number of times."""
    denials = [m for m in reading.within(clause, "denying") if not _is_swallowed(reading, m, None)]
    return (len(denials) + len(_LACKS.findall(reading.text, *clause))) % 2 == 1


def _is_swallowed(reading: Reading, denial: Mark, mark: Mark | None) -> bool:
    """A part of a longer word of the lexicon: 无 in 无法, `not` in `not only`."""
    return any(
        m.entry.category in _SWALLOWS
        and m.start <= denial.start
        and denial.end <= m.end
        and m.end - m.start > denial.end - denial.start
        and not (mark and m.start <= mark.start and mark.end <= m.end)
        for m in reading.marks
    )


def _within_denial(mark: Mark, marks: list[Mark]) -> bool:
    """分派 in 尚未分派, which says that it was not done."""
    return any(
        m.entry.category == "effects"
        and m.entry.state is None
        and m.start < mark.start
        and mark.end <= m.end
        for m in marks
    )


def _reaches(reading: Reading, denial: Mark, mark: Mark, marks: list[Mark]) -> bool:
    between = reading.text[denial.end : mark.start]
    # A verb between takes the denial to itself: `not found, restored`.
    taken = [
        m
        for m in marks
        if denial.end <= m.start and m.end <= mark.start and m.entry.category == "effects"
    ]
    if taken and not between.isascii():
        return False
    if taken and mark.entry.category == "effects" and len(between.split()) > 2:
        return False
    if " " in reading.text[denial.start : denial.end]:
        # `not a single one of the orders was lost`: it denies the whole clause.
        return True
    if reading.text[denial.start : denial.end].lower() in _OF_THE_SUBJECT:
        return len(between.split()) <= _REACH_SUBJECT
    if between.isascii() and between:
        return len(between.split()) <= _REACH_WORDS - 1
    return len(between) <= _REACH_HAN


def _looks_ahead(reading: Reading, mark: Mark) -> bool:
    return mark.entry.key != "not_future" and not is_ba(reading.text, mark)


def is_ba(text: str, mark: Mark) -> bool:
    """将该报文移入队列: 将 that only puts the object first, as 把 does."""
    return text[mark.start : mark.end] == "将" and bool(_BA.match(text, mark.start))


def is_part(reading: Reading, mark: Mark) -> bool:
    """Only a part of a thing's name: 许可 in 许可证, 病毒 in 防病毒."""
    return any(
        m.entry.category in ("nouns", "services", "neutral")
        and m.start <= mark.start
        and mark.end <= m.end
        and m.end - m.start > mark.end - mark.start
        for m in reading.marks
    )


def is_loose(reading: Reading, mark: Mark, clause: Span) -> bool:
    """Not told as done: it is to come, it is a condition, or the reader is asked to do it."""
    before = (clause[0], mark.start)
    if any(_looks_ahead(reading, m) for m in reading.within(before, "future", "conditions")):
        return True
    near = (max(clause[0], mark.start - _MODAL_GAP), mark.start)
    modals = [m for m in reading.within(near, "modals") if not is_part(reading, m)]
    if mark.entry.category == "acts" and modals:
        return True
    if mark.entry.category == "acts" and _LATER.search(reading.text, *clause):
        return True
    if mark.entry.category == "acts" and _PROPOSED.match(reading.text, mark.end, clause[1]):
        return True
    if mark.entry.category == "acts" and _TOLD_TO.search(reading.text, clause[0], mark.start):
        return True
    gerund = reading.text[mark.start : mark.end].split(" ")[0].endswith("ing")
    if gerund and _CONSIDERED.search(reading.text, clause[0], mark.start):
        return True
    if _names_a_thing(reading.text[mark.end : mark.end + 3].lstrip()):
        return True
    word = reading.text[: mark.start].rstrip().rsplit(" ", 1)[-1].lower()
    return (
        word in ("to", "be")
        and reading.text[mark.start : mark.start + 1].isascii()
        and not _done(reading, mark)
    )


def _names_a_thing(after: str) -> bool:
    """修复前, 修复的时间, 修复方案: what is to come, or a thing that is called after it."""
    if after[:1] in ("前", "后", "时") and not after.startswith(("前后", "时间")):
        return True
    return after.startswith(_THINGS_OF_IT)


def _done(reading: Reading, mark: Mark) -> bool:
    words = reading.text[clause_start(reading, mark) : mark.start].lower()
    return any(
        w in words
        for w in ("has been", "have been", "was ", "were ", "able to", "unable to", "continue")
    )


def clause_start(reading: Reading, mark: Mark) -> int:
    return reading.clause(mark.start)[0]
