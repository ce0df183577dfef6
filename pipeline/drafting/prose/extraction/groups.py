"""Which sentences are told as one? Neighbours of a line, a trial with its result, a wait with its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...marks import columns
from .said import Act, Said
from .statements import LONGEST

_SOMEBODY = re.compile(r"\b(?:his|her|their|him|them)\b|他|她|对方", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[，,；;]\s*")


@dataclass(frozen=True)
class Told:
    """`sentences` of one line, next to each other, or a trial with its result behind it."""

    section: str
    sentences: tuple[Said, ...]
    result: Said | None = None

    @property
    def place(self) -> int:
        return self.sentences[0].place

    @property
    def newest(self) -> int:
        return (self.result or self.sentences[-1]).place


def joined(told: Sequence[Told]) -> list[Told]:
    """Neighbours of one line as one."""
    found: list[Told] = []
    for one in told:
        last = found[-1] if found else None
        if last is not None and last.result is None and follows(last, one):
            found[-1] = Told(last.section, (*last.sentences, *one.sentences), one.result)
        else:
            found.append(one)
    return found


def follows(last: Told, one: Told) -> bool:
    before, after = last.sentences[-1], one.sentences[0]
    if before.line.id != after.line.id or after.place != before.place + 1 or after.after_gap:
        return False
    if before.text not in (raw := before.line.text) or "\n" in between(raw, before, after):
        return False
    return columns("".join(s.text for s in (*last.sentences, *one.sentences))) < LONGEST


def between(text: str, before: Said, after: Said) -> str:
    """What stands between two sentences of one line."""
    start = text.find(before.text) + len(before.text)
    return text[start : max(start, text.find(after.text, start))]


def clauses(told: Told) -> list[Told]:
    """ "等网络组查，他说10点前回复": who is waited for, and what was promised, each in its section."""
    one = told.sentences[0]
    if told.section != "promised" or not one.has("wait"):
        return [told]
    cuts = [cut for cut in _CLAUSE_END.finditer(one.text) if cut.end() <= one.at]
    if not cuts:
        return [told]
    wait = replace(one, text=one.text[: cuts[-1].start()], act=Act.WAITS, at=0)
    promise = replace(one, text=one.text[cuts[-1].end() :], at=0)
    return [Told("waits", (wait,)), Told(told.section, (promise,), told.result)]


def with_names(waits: Sequence[Told]) -> list[Told]:
    """ "Waiting for his answer" stands behind the words that say whose."""
    found: list[Told] = []
    for one in waits:
        last, said = (found[-1] if found else None), one.sentences[0]
        own = last is not None and last.sentences[0].line.speaker == said.line.speaker
        if last is not None and own and last.result is None and _SOMEBODY.search(said.text):
            found[-1] = Told(last.section, last.sentences, said)
        else:
            found.append(one)
    return found
