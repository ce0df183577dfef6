"""Does every time come from the record? Law 5 and rule N10: our own words hold no clock time of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..domain.communication import Form
from ..domain.facts import ValueKind
from ..domain.findings import Finding, FindingLevel
from .examined import Examined
from .phrases import Phrases

_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}[:：]\d{2}(?!\d)|\d{1,2}\s*(?:点|时|[ap]m\b)|\d\s*月\s*\d", re.I
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


def check(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    found = _CLOCK.search(examined.ours)
    if found:
        yield examined.finding("times", "not_recorded", FindingLevel.BLOCK, excerpt=found[0])
    iso = _ISO.search(examined.ours)
    if iso:
        yield examined.finding("times", "raw", FindingLevel.BLOCK, excerpt=iso[0])
    for _, text in examined.said:
        said = _ISO.search(text)
        if said:
            yield examined.finding("times", "raw", FindingLevel.WARN, excerpt=said[0])
    if _tells_time(examined) and not _says_zone(examined):
        yield examined.finding("times", "zone_missing", FindingLevel.HOLD)


def _tells_time(examined: Examined) -> bool:
    times = {f.attribute for f in examined.brief.facts if f.kind is ValueKind.TIME}
    return bool(times & examined.slots)


def _says_zone(examined: Examined) -> bool:
    """A text message has no room for it, and reaches its reader at once."""
    return examined.rendition.form is Form.SHORT or "time_note" in examined.slots
