"""Does the machine show? Places that nobody filled, and what a program prints when a value is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.findings import Finding, FindingLevel, Words
from ...domain.payload import ERASED
from ..examined import Examined
from ..masking import unescaped
from ..phrases import Phrases

CHECK = "unfilled"
LEVELS = {Words.TEMPLATE: FindingLevel.BLOCK, Words.PERSON: FindingLevel.HOLD}
_MACHINE = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{[a-z_]+\}|\$\{|%\([a-z_]+\)s"
    r"|\bNone\b(?! of\b)|\bnull\b|\bundefined\b|\bNaN\b|\bN/A\b"
    rf"|{re.escape(ERASED)}|<[A-Za-z_.]+ object at 0x|[\ue000-\uf8ff\ufffd]"
)
_EMPTY = frozenset({"", "none", "null", "undefined", "nan", "n/a", "-", ERASED})


def unfilled(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    found = _MACHINE.search(examined.ours)
    if found:
        level = LEVELS[Words.TEMPLATE]
        yield examined.finding(CHECK, "place-not-filled", level, found[0])
    for value in examined.rendition.values:
        fact = examined.facts.get(value.fact or "")
        whose = examined.speaker(fact) if fact is not None else None
        level_ = LEVELS.get(whose or Words.TEMPLATE)
        words = unescaped(value.text, examined.rendition.form).strip().casefold()
        if level_ and not value.personal and words in _EMPTY:
            yield examined.finding(CHECK, "empty-value", level_, value.slot)
    named = {value.slot for value in examined.rendition.values if value.personal}
    for slot in sorted(examined.marks - named):
        yield examined.finding(CHECK, "unknown-mark", LEVELS[Words.TEMPLATE], slot)
