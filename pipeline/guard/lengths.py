"""Does it fit its channel, and a reader's patience? Limits of the form; rule N7 for our sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..domain.findings import Finding, FindingLevel
from .examined import MASK, Examined
from .phrases import Phrases

WORDS, CHARACTERS = 25, 60
"""N7: a longer sentence is read twice."""
MARK_LENGTH = 12
"""What a mark usually becomes: a time, a name."""
_MARK = re.compile("\ue000[a-z_]+\ue001")
_SENTENCE = re.compile(r"[。！？；\n]|[.!?](?:\s|$)")
_WIDE = re.compile(r"[\u4e00-\u9fff]")


def check(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    rendition = examined.rendition
    for name, text in (("subject", rendition.subject), ("text", rendition.text)):
        length = len(_MARK.sub("0" * MARK_LENGTH, text))
        if length > examined.limits[name]:
            yield examined.finding(
                "lengths",
                name,
                FindingLevel.BLOCK,
                detail=f"{length} characters; {examined.limits[name]} are allowed",
            )
    for sentence in _SENTENCE.split(examined.ours):
        if _too_long(sentence):
            yield examined.finding("lengths", "N7", FindingLevel.WARN, excerpt=sentence)


def _too_long(sentence: str) -> bool:
    bare = sentence.replace(MASK, " x ")
    return len(_WIDE.findall(bare)) > CHARACTERS or len(bare.split()) > WORDS
