"""Does the text carry what its reader cannot do without?"""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.communication import Form, Kind
from ...domain.facts import ValueKind
from ...domain.findings import Finding, FindingLevel
from ..examined import Examined
from ..masking import unescaped
from ..phrases import Phrases

CHECK = "required"
LEVEL = FindingLevel.HOLD
"""A text that is complete but for this; a person may know better."""
WAY_BACK = "reopen_url"
REQUESTER = "requester"


def required(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    number = examined.brief.number
    if number not in unescaped(examined.lead, examined.rendition.form):
        titled = examined.rendition.form in (Form.MAIL, Form.PAGE)
        where = "subject" if titled else "first line"
        yield examined.finding(CHECK, "ticket-number", LEVEL, examined.lead, f"not in the {where}")
    for slot in sorted(examined.required - examined.absent - examined.slots):
        yield examined.finding(CHECK, "required-slot", LEVEL, detail=slot)
    if examined.rendition.form is Form.SHORT:
        return  # a short message carries no link and has no room for a time note
    if _needs_way_back(examined) and WAY_BACK not in examined.marks:
        yield examined.finding(CHECK, "way-back", LEVEL, detail=WAY_BACK)
    if _tells_time(examined) and "time_note" not in examined.marks:
        yield examined.finding(CHECK, "time-note", LEVEL, detail="a time without its day and zone")


def _needs_way_back(examined: Examined) -> bool:
    """Where there is no page of the ticket, a reply is the way back."""
    hers = examined.kind is Kind.RESOLUTION and examined.brief.audience.role == REQUESTER
    return hers and WAY_BACK not in examined.absent


def _tells_time(examined: Examined) -> bool:
    facts = (examined.facts.get(value.fact or "") for value in examined.rendition.values)
    return any(fact is not None and fact.kind is ValueKind.TIME for fact in facts)
