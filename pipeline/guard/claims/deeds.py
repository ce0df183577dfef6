"""Which deeds does a sentence tell as done, or as being done, and of which part of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .claim import Told
from .lexicon import Mark
from .polarity import is_loose
from .reading import Span, Word

_QUESTION = re.compile(
    r"\b(?:who|whether|how|what|why|which of)\b(?! (?:was|is|has|have|had|were|are) )|谁|是否|怎么|如何|为何",
    re.IGNORECASE,
)
_PART = re.compile(
    r"、|\band\b|\bthen\b|\bbefore\b|\bafter\b|并|然后|随后|再|(?<![最之随然前今以])后(?![台端续来期面门勤])"
)
_OF_NOUNS = (
    *(
        "率",
        "数量",
        "量",
        "值",
        "者",
        "方案",
        "单号",
        "号",
        "组",
        "员",
        "窗口",
        "申请",
        "类",
        "消息",
    ),
    *("短信", "通知", "模板", "任务", "记录", "日志", "按钮", "承包商", "供应商", "专员", "人员"),
)
_NOUN_AFTER = re.compile(
    r"\s?[A-Z]{2,}-?\d|\s(?:plan|window|system|service|team|group|job|task|process|procedure|request|queue|server|pipeline|script|tool|page|list|scan)s?\b"
)
_BY_ITSELF = re.compile(r"\b(?:has|have|had) moved(?: over| on)?$", re.IGNORECASE)
"""`has moved into observation`: nobody moved it."""
_TO_HAVE = re.compile(r"\bto (?:have|get) (?:\w+ ){1,4}$", re.IGNORECASE)
"""`agreed to have it stopped`: not yet done."""
_PASTS = re.compile(
    r"reset|shut|set|put|cut|split|ran|built|wrote|took|sent|told|rang|undid|brought|began|found|got|went|made|gave"
    r"|drew|held|led|left|kept|rebuilt|rerun|swung|swept|stood|withdrew|undone|taken|gone|rewrote|spun|drove|offline|onsite|on"
)
"""Pasts that do not end as others do."""
_SUBJECT = re.compile(
    r"(?:^|\b(?:we|they|you|i|who|and|then|now|also|will|to|did|not|just|already|\w+s|\w+ly|team|staff|people))\W*$",
    re.IGNORECASE,
)
_NOUN_BEFORE = frozenset({"next", "further", "another", "no", "any"})


def deeds(told: Told) -> Iterator[Mark]:
    """Neither asked, advised, denied, nor to come; and no thing that is only named after a deed."""
    for mark in told.reading.within(told.reading.whole, "acts"):
        clause = told.reading.clause(mark.start)
        if told.is_advice(mark.start) or _introduces(told, mark) or _is_asked(told, mark):
            continue
        if _is_noun(told, mark) or is_loose(told.reading, mark, clause):
            continue
        if _BY_ITSELF.search(told.reading.text, 0, mark.end) or _TO_HAVE.search(
            told.reading.text, 0, mark.start
        ):
            continue
        if any(p.denied and p.start == mark.start for p in told.polars):
            continue
        yield mark


def part_of(told: Told, at: int) -> Span:
    """The part of a clause, between `and` or 、, that stands there."""
    clause = told.reading.clause(at)
    cuts = [m.end() for m in _PART.finditer(told.reading.text, *clause)]
    start = max([c for c in cuts if c <= at], default=clause[0])
    return start, min([c for c in cuts if c > at], default=clause[1])


def is_object(told: Told, word: Word, mark: Mark) -> bool:
    """Whether a word says on what the deed was done: not the deed, not who did it."""
    if word.start < mark.end and mark.start < word.end:
        return False
    if word.han and len(word.text) == 1:
        return False
    who = "counts:people" in word.keys or "counts:departments" in word.keys
    return not who and not word.keys & told.index.who


def _introduces(told: Told, mark: Mark) -> bool:
    """排查发现: what follows is the claim."""
    looked = told.reading.within(told.reading.clause(mark.start), "neutral")
    return any(m.entry.key == "looked" and m.start <= mark.start < m.end for m in looked)


def _is_asked(told: Told, mark: Mark) -> bool:
    """`not known who deleted it`, `unable to connect`: nobody is told to have done it."""
    start = told.reading.clause(mark.start)[0]
    if _QUESTION.search(told.reading.text[start : mark.start]):
        return True
    before = [p for p in told.polars if start <= p.start < mark.start and p.sign < 0]
    if any(p.key == "unable" and mark.start - p.end <= 4 for p in before):
        return True
    close = any(p.group in ("health", "known") and mark.start - p.end <= 8 for p in before)
    return close and told.is_chinese


def _is_noun(told: Told, mark: Mark) -> bool:
    """A thing named after the deed (`the update`, `the rollback plan`), or a part of another word."""
    text = told.reading.text
    overlapped = [
        m
        for m in told.reading.marks
        if m is not mark
        and m.entry.category in ("manner", "roles", "services")
        and m.start <= mark.start
        and mark.end <= m.end
    ]
    if overlapped or text.startswith(_OF_NOUNS, mark.end) or _NOUN_AFTER.match(text, mark.end):
        return True
    before = text[: mark.start].rstrip().rsplit(" ", 1)[-1].lower()
    if text[mark.start : mark.end].lower() == "cleared" and told.is_hedged:
        return True  # of suspicion
    if before in _NOUN_BEFORE and mark.start > 0:
        return True
    first = text[mark.start : mark.end].lower().split(" ")[0]
    return _is_bare(first) and not _SUBJECT.search(text, 0, mark.start)


def _is_bare(word: str) -> bool:
    """Neither a past, nor a participle: `a redirect`, `the purge`, `the second switch`."""
    if not word.isascii() or word.endswith(("ed", "ing", "s")) or "-" in word:
        return False
    return not _PASTS.fullmatch(word)
