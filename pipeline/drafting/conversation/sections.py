"""Which lines of a message did its writer say, and which are quotation, signature or small print?

Nothing is taken away: each piece is marked for what it is. A piece is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from .heads import is_full_name
from .line import Part
from .words import any_of, folded, words

LONGEST = 4_000
"""Characters of one piece; a longer paragraph becomes several."""
_MOST_SIGNED = 15
"""Lines below a signature's rule."""
_MOST_CLOSED = 8
_SHORT = 80
_RULE = re.compile(r"^(?:--|—|__+|--+)\s*$")
_DASHES = re.compile(r"^(?:[-—–]\s?){3,}$")
_QUOTE = re.compile(r"^\s{0,3}(?:>|＞|&gt;)\s?")
_BESIDE = re.compile(r"\s[|｜·•]\s|[|｜]")
_NUMBER = re.compile(r"\d{3,}|@[A-Za-z0-9-]+\.")
_ENDS = " ,，.。!！~、;；"


@dataclass(frozen=True, slots=True)
class Section:
    part: Part
    quoted: bool
    text: str


def sections(text: str, part: Part, *, is_mail: bool) -> list[Section]:
    """The paragraphs of one message, in order. A part that is known for the whole stays."""
    if part is not Part.SAID or not is_mail:
        plain = _QUOTE.match(text) is None and "\n" not in text and len(text) <= LONGEST
        if plain and not _begins(text, "disclaimers") and not _begins(text, "auto_replies"):
            return [Section(part, quoted=False, text=text.strip())] if text.strip() else []
    lines = text.split("\n")
    if part is Part.SAID and _begins(text.strip()[:80], "auto_replies"):
        part = Part.AUTO_REPLY
    marked = _quotations(lines)
    parts = [part] * len(lines)
    if part is Part.SAID:
        own = [n for n, quoted in enumerate(marked) if not quoted]
        _small_print(lines, own, parts)
        if is_mail:
            _signature(lines, own, parts)
    return list(_pieces(lines, parts, marked))


def _quotations(lines: list[str]) -> list[bool]:
    """Lines behind a mark, and what chats put between corner brackets above a row of dashes."""
    marked = [_QUOTE.match(line) is not None for line in lines]
    if lines and lines[0].lstrip().startswith("「"):
        for n, line in enumerate(lines[:40]):
            if line.rstrip().endswith("」") and n + 1 < len(lines) and _DASHES.match(lines[n + 1]):
                marked[: n + 2] = [True] * (n + 2)
                break
    return marked


def _small_print(lines: list[str], own: list[int], parts: list[Part]) -> None:
    running = False
    for n in own:
        line = lines[n].strip(" *_[【(（")
        running = bool(line) and (running or _begins(line, "disclaimers"))
        if running:
            parts[n] = Part.DISCLAIMER


def _signature(lines: list[str], own: list[int], parts: list[Part]) -> None:
    """From a rule, a device's line or a closing on, when little and short lines follow."""
    told = [n for n in own if parts[n] is Part.SAID and lines[n].strip()]
    last = told[-_MOST_SIGNED - 1 :]
    for place, n in enumerate(last):
        below = last[place + 1 :]
        if _signs(lines[n].strip(), [lines[b] for b in below]):
            for b in (n, *below):
                parts[b] = Part.SIGNATURE
            return
    _contact_details(lines, told, parts)


def _contact_details(lines: list[str], told: list[int], parts: list[Part]) -> None:
    """At the end, without a rule or a closing: lines that only say where somebody is found, and the name
    above them. A mail of nothing else says just that."""
    first = len(told)
    while first and _is_contact(lines[told[first - 1]].strip()):
        first -= 1
    if first == len(told):
        return
    if first and is_full_name(lines[told[first - 1]].strip()):
        first -= 1
    if first:
        for n in told[max(first, len(told) - _MOST_CLOSED) :]:
            parts[n] = Part.SIGNATURE


def _is_contact(line: str) -> bool:
    """An office and a number beside a rule, or what is labelled as an address or a number."""
    if len(line) > _SHORT or line.endswith(("?", "？", "。", "!", "！")):
        return False
    if _contact_labels().match(line) is not None:
        return True
    beside = [each.strip() for each in _BESIDE.split(line)]
    return len(beside) > 1 and all(beside) and any(_NUMBER.search(each) for each in beside)


@cache
def _contact_labels() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words()['contacts'])})\s*[:：]\s*\S", re.IGNORECASE)


def _signs(line: str, below: list[str]) -> bool:
    short = all(len(each) <= _SHORT for each in below)
    if _RULE.match(line):
        return 0 < len(below) <= _MOST_SIGNED and short
    if len(below) > _MOST_CLOSED or not short:
        return False
    if _begins(line, "devices") and len(line) <= _SHORT:
        return True
    return line.rstrip(_ENDS).casefold() in _closings()


@cache
def _closings() -> frozenset[str]:
    return frozenset(closing.rstrip(_ENDS) for closing in folded("closings"))


def _begins(text: str, of: str) -> bool:
    return text[:_SHORT].casefold().startswith(folded(of))


def _pieces(lines: list[str], parts: list[Part], marked: list[bool]) -> Iterator[Section]:
    rows = [
        (part, quoted, bool(line.strip()), line)
        for line, part, quoted in zip(lines, parts, marked, strict=True)
    ]
    for (part, quoted, told), group in groupby(rows, key=lambda row: row[:3]):
        if not told:
            continue
        said = [_QUOTE.sub("", row[3], count=1) if quoted else row[3] for row in group]
        for text in cut("\n".join(line.rstrip() for line in said).strip("\n")):
            yield Section(part, quoted, text)


def cut(text: str) -> Iterator[str]:
    """In pieces of at most LONGEST characters, parted at a space where there is one."""
    start = 0
    while start < len(text):
        end = start + LONGEST
        if end < len(text):
            half = start + LONGEST // 2
            end = max(text.rfind(" ", half, end), text.rfind("\n", half, end)) + 1 or end
        if piece := text[start:end].strip():
            yield piece
        start = end
