"""Does the text tell what its audience may not know? Law 4; rules N3 and N12: it always blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..domain.directory import Names
from ..domain.facts import Fact, Level, ValueKind
from ..domain.findings import Finding, FindingLevel, Words
from .examined import Examined
from .phrases import Phrases

LEAST_WIDE, LEAST_NARROW = 2, 4
"""Characters of a value that can be told from a chance likeness: Chinese ones say more."""
LEAST_PIECE = 8
"""Characters of a sentence of a note, below which it is a common phrase."""
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\\]+")
_ENDS = re.compile(r"[\n。！？；，,;!?]+|\.\s")
_JUDGED = frozenset({ValueKind.TEXT, ValueKind.NAME, ValueKind.IDENTIFIER, ValueKind.QUOTE})
_TECHNICAL = (
    ("address", re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")),
    (
        "host",
        re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:local|internal|corp|lan|intra)\b", re.I),
    ),
    (
        "trace",
        re.compile(r"Traceback \(most recent|\bat [\w$.]+\([\w.]+:\d+\)|\bException in thread\b"),
    ),
)


def check(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    text = _comparable(examined.whole)
    seen: set[str] = set()
    for fact in examined.hidden:
        for value in _tellable(fact):
            if value in text and value not in seen and not _known(examined, fact, value):
                seen.add(value)
                rule = f"hidden.{fact.attribute}"
                yield examined.finding("disclosure", rule, FindingLevel.BLOCK, excerpt=value)
    if examined.brief.audience.clearance <= Level.AFFECTED:
        yield from _technical(examined)


def _technical(examined: Examined) -> Iterator[Finding]:
    """What belongs to the machine room. In what the requester wrote herself it is no news to her."""
    for rule, pattern in _TECHNICAL:
        found = pattern.search(examined.ours)
        if found:
            yield examined.finding("disclosure", rule, FindingLevel.BLOCK, excerpt=found[0])
        for words, text in examined.said:
            hit = pattern.search(text) if words is Words.PERSON else None
            if hit:
                yield examined.finding("disclosure", rule, FindingLevel.HOLD, excerpt=hit[0])


def _tellable(fact: Fact) -> list[str]:
    """The forms in which a hidden value could be recognised."""
    if fact.kind not in _JUDGED:
        return []
    value = fact.value
    texts = [value.zh, value.en] if isinstance(value, Names) else [str(value)]
    found = [c for t in texts if len(c := _comparable(t)) >= _least(c)]
    if fact.kind is ValueKind.TEXT:
        pieces = (_comparable(piece) for text in texts for piece in _ENDS.split(text))
        found += [piece for piece in pieces if len(piece) >= LEAST_PIECE]
    return found


def _known(examined: Examined, fact: Fact, value: str) -> bool:
    """The audience knows it otherwise. A name or an id that only a technician's sentence gives away is
    still a leak; a sentence that stands in another one written for the audience is none."""
    for known in examined.brief.facts:
        if known.kind is ValueKind.TEXT and fact.kind is not ValueKind.TEXT:
            continue
        spoken = known.value
        texts = [spoken.zh, spoken.en] if isinstance(spoken, Names) else [str(spoken)]
        if any(value in _comparable(text) for text in texts):
            return True
    return False


def _least(comparable: str) -> int:
    return LEAST_WIDE if any(ord(c) >= 0x2E80 for c in comparable) else LEAST_NARROW


def _comparable(text: str) -> str:
    """Without case, width, spaces, invisible characters and Markdown's escapes."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())
