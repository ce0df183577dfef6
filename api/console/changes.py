"""What has changed between two states of an article? Its facts, and its text line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.article import ArticleText

AROUND = 2
"""Lines that are shown before and after a change."""
MOST_LINES = 4000
"""Longer texts would take too long to compare."""
_ALIKE = 0.4
"""Lines less alike are shown one below the other, without marks inside."""
_LONGEST_LINE = 1500
_WORD = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
FIELDS = ("title", "language", "products", "audience", "url", "valid_from", "valid_until")
LineKind = Literal["same", "gone", "new", "gap"]
Piece = tuple[bool, str]
"""Whether it differs from the other text, and the words."""


@dataclass(frozen=True, kw_only=True)
class Line:
    kind: LineKind
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Changes:
    """`facts` are (field, before, after); `lines` is None for texts too long to compare."""

    facts: tuple[tuple[str, object, object], ...]
    lines: tuple[Line, ...] | None

    @property
    def any(self) -> bool:
        return bool(self.facts) or self.lines is None or bool(self.lines)


def changes(before: ArticleText, after: ArticleText) -> Changes:
    """From one to the other. Nothing is cut: what is left out between changes is a gap."""
    facts = tuple(
        (name, getattr(before, name), getattr(after, name))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    )
    return Changes(facts=facts, lines=changed_lines(before.body, after.body))


def changed_lines(before: str, after: str) -> tuple[Line, ...] | None:
    """Line by line; None for texts too long to compare."""
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > MOST_LINES:
        return None if old != new else ()
    return tuple(_lines(old, new))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)
    for group in groups:
        if group[0][1] > 0 or group[0][3] > 0:
            yield Line(kind="gap")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (_whole("same", line) for line in old[i1:i2])
            else:
                yield from _replaced(old[i1:i2], new[j1:j2])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that stand for each other come in pairs, with marks at what differs inside."""
    if len(old) != len(new):
        yield from (_whole("gone", line) for line in old)
        yield from (_whole("new", line) for line in new)
        return
    for gone, come in zip(old, new, strict=True):
        yield from _pair(gone, come)


def _pair(gone: str, come: str) -> tuple[Line, Line]:
    if max(len(gone), len(come)) > _LONGEST_LINE:
        return _whole("gone", gone), _whole("new", come)
    a, b = _WORD.findall(gone), _WORD.findall(come)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole("gone", gone), _whole("new", come)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        before.append((tag != "equal", "".join(a[i1:i2])))
        after.append((tag != "equal", "".join(b[j1:j2])))
    return Line(kind="gone", pieces=_said(before)), Line(kind="new", pieces=_said(after))


def _said(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple((differs, words) for differs, words in pieces if words)


def _whole(kind: LineKind, line: str) -> Line:
    return Line(kind=kind, pieces=((False, line),))
