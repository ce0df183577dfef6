"""What does the audience know anyway? Wordings made comparable, so that a find can be excused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..domain.directory import Bilingual
from ..domain.facts import STATEMENT, Fact, Level, ValueKind
from ..domain.findings import Words
from .comparing import squeezed
from .examined import Examined

_PEOPLE = frozenset({"requester_name", "assignee", "reopened_by", "author"})
"""Attributes that hold a person's name."""
_DECISION = "decision_needed"
_UNSHARED = frozenset({"note", _DECISION})
_SENTENCE_END = re.compile(r"[.!?;:](?=\s)|[。！？；：\n]")


class Known:
    """All of the brief. `statements` are the technicians' words in this text, which nobody has
    checked: unlike the rest, they may themselves give something away."""

    def __init__(self, examined: Examined) -> None:
        said = examined.theirs
        self.statements = [squeezed(s.text) for s in said if s.words is Words.PERSON]
        quoted = [squeezed(s.text) for s in said if s.words is Words.QUOTATION]
        settings = [squeezed(v.text) for v in examined.rendition.values if v.fact is None]
        facts = examined.brief.facts
        self._told = [n for f in facts if f.kind is ValueKind.TEXT for n in wordings(f)]
        named = [f for f in facts if f.kind is ValueKind.TEXT and f.attribute != STATEMENT]
        self._recorded = frozenset(n for f in named for n in wordings(f))
        self._rest = [n for f in facts if f.kind is not ValueKind.TEXT for n in wordings(f)]
        self._rest += [*quoted, *settings]

    def vouches(self, needle: str, hidden: Fact) -> bool:
        """Whether the audience may know these very words from elsewhere. Nobody's statement vouches for
        itself; a wording recorded for the audience does for actions and titles, whose words people use
        again, but not for what a machine, somebody else, or one for a closed circle wrote."""
        if needle in self._rest:
            return True
        reused = hidden.kind is ValueKind.TEXT or hidden.attribute == "title"
        kept = is_confined(hidden) or hidden.attribute in _UNSHARED
        return reused and not kept and needle in self._recorded

    def around(self, needle: str, *, in_statements: bool) -> list[str]:
        """Known wordings that hold this one; technicians' statements only when asked for."""
        told = [*self._told, *self.statements] if in_statements else []
        return [wording for wording in (*self._rest, *told) if needle in wording]


def is_confined(fact: Fact) -> bool:
    """Of the narrowest circle, or still open for leaders to decide."""
    return fact.level is Level.RESTRICTED or fact.attribute == _DECISION


def wordings(fact: Fact) -> Iterator[str]:
    """A value in every language, a person's name in every order. Moments, numbers and states are told
    in other words: slots judge them, by the fact that they came from."""
    if fact.kind is ValueKind.STATE:
        return
    value = fact.value
    texts = (value.zh, value.en) if isinstance(value, Bilingual) else (value,)
    for text in dict.fromkeys(text for text in texts if isinstance(text, str)):
        yield squeezed(text)
        if fact.attribute in _PEOPLE:
            yield from _other_orders(text.split())


def _other_orders(names: list[str]) -> Iterator[str]:
    """`Hao Sun` is `Sun Hao` and `Sun, Hao` too. A Chinese name has one order, and is one word."""
    if len(names) > 1 and names[0][0] < "\u2e80":
        for at in {1, len(names) - 1}:
            before, after = squeezed("".join(names[at:])), squeezed("".join(names[:at]))
            yield from (f"{before}{after}", f"{before},{after}")


def sentences(fact: Fact) -> Iterator[str]:
    """The sentences of free text, if it has several: a part of it gives it away too."""
    if fact.kind in (ValueKind.TEXT, ValueKind.QUOTE) and isinstance(fact.value, str):
        parts = [part for part in map(squeezed, _SENTENCE_END.split(fact.value)) if part]
        yield from parts if len(parts) > 1 else ()
