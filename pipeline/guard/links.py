"""Where do links lead? Ours come from slots alone; a foreign one looks like phishing, or is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..domain.findings import Finding, FindingLevel
from .examined import Examined
from .phrases import Phrases

_LINK = re.compile(r"(?:https?|ftp)://\S+|\bwww\.\S+", re.I)
_ACTIVE = re.compile(r"\b(?:javascript|vbscript|data)\s*:\s*\S", re.I)


def check(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    ours = _LINK.search(examined.ours) or _ACTIVE.search(examined.ours)
    if ours:
        yield examined.finding("links", "not_from_a_slot", FindingLevel.BLOCK, excerpt=ours[0])
    for words, text in examined.said:
        found = _LINK.search(text)
        if found:
            detail = f"in the words of a {words.value}"
            yield examined.finding(
                "links", "foreign", FindingLevel.WARN, excerpt=found[0], detail=detail
            )
