"""Does the text fit its form? Nothing is cut silently, so what is too long does not leave."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.communication import MARK, Form
from ...domain.findings import Finding, FindingLevel
from ..examined import Examined
from ..masking import columns
from ..phrases import Phrases

CHECK = "lengths"
MARK_LENGTH = 12
"""What the drafting counts for a mark too: no text may pass there and be stopped here for its length."""
LEAD_COLUMNS = 140
"""What a locked phone shows of a card is far less; beyond this even the gist is cut off."""


def lengths(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    rendition = examined.rendition
    for part, text in (("subject", rendition.subject), ("text", rendition.text)):
        limit, length = examined.limits.get(part), len(_told(text))
        if limit is not None and length > limit:
            detail = f"{length} characters, {limit} are allowed"
            yield examined.finding(
                CHECK,
                f"{part}-too-long",
                FindingLevel.BLOCK,
                text,
                detail,
                length=length,
                limit=limit,
            )
    if rendition.form is Form.CHAT and (width := columns(_told(examined.lead))) > LEAD_COLUMNS:
        detail = f"{width} columns, {LEAD_COLUMNS} are read at a glance"
        yield examined.finding(
            CHECK,
            "first-line-too-long",
            FindingLevel.WARN,
            examined.lead,
            detail,
            length=width,
            limit=LEAD_COLUMNS,
        )


def _told(text: str) -> str:
    """As long as its readers get it."""
    return MARK.sub("0" * MARK_LENGTH, text)
