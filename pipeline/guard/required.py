"""Does the text hold what its reader needs? Rules M2 and A7, and the manners that all messages share."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.communication import Form, Kind
from ..domain.findings import Finding, FindingLevel
from .examined import Examined
from .phrases import Phrases


def check(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    rendition = examined.rendition
    for slot in sorted(examined.required - examined.slots):
        yield examined.finding("required", f"slot.{slot}", FindingLevel.HOLD, detail="is not shown")
    headline = rendition.text if rendition.form is Form.SHORT else rendition.subject
    if examined.brief.number not in headline:
        yield examined.finding("required", "number", FindingLevel.HOLD, excerpt=headline)
    if examined.kind is Kind.RESOLUTION and not _way_back(examined):
        yield examined.finding("required", "way_back", FindingLevel.HOLD)


def _way_back(examined: Examined) -> bool:
    """A7: a resolution shows how to come back; a text message has no room for a link."""
    return examined.rendition.form is Form.SHORT or "reopen_url" in examined.slots
