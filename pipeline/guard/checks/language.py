"""Is the text in its reader's language? One pasted under the other, and both are skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.findings import Finding, FindingLevel
from ..examined import Examined
from ..phrases import Phrases

CHECK = "language"
LEVEL = FindingLevel.HOLD
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def language(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    """Our words alone: quotations and statements stay in theirs, and English names stand in Chinese."""
    found = _CHINESE.search(examined.ours)
    if examined.rendition.language == "zh" and not found:
        yield examined.finding(CHECK, "other-language", LEVEL, detail="no word of Chinese in it")
    elif examined.rendition.language == "en" and found:
        yield examined.finding(CHECK, "other-language", LEVEL, found[0])
