"""Which links lead nowhere in this message? A text that names one is drafted without it."""

from __future__ import annotations

from ..domain.portal_parts import Part
from .slot_names import APPROVAL_URL, OUTAGE_URL, STATUS_URL, SURVEY_LINKS, TICKET_LINKS


def leading_nowhere(
    parts: frozenset[Part], *, outage: bool, asked: bool, survey: bool
) -> frozenset[str]:
    """`parts` of the portal are on. The others say whether the message is of a ticket that belongs to an
    `outage`, to one who is `asked` to decide, and with a `survey`."""
    without = frozenset() if Part.TICKET_PAGE in parts else TICKET_LINKS
    if Part.STATUS_PAGE not in parts:
        without |= {STATUS_URL, OUTAGE_URL}
    if not outage:
        without |= {OUTAGE_URL}
    if not asked:
        without |= {APPROVAL_URL}
    return without if survey else without | SURVEY_LINKS
