"""Does a statement tell of what is to come: a plan, a deadline, a promise, the next update?"""

from __future__ import annotations

import re
from datetime import datetime

from .instants import resolved
from .reading import Reading

_ATTRIBUTES = re.compile(
    r"promis|next_|deadline|due|expected|scheduled|ends?$|starts?$|decision|arrival|eta|planned"
    r"|temporary|retention|review|window|waiting|workaround"
)
_BY = re.compile(r"\b(?:by|until|next|at)\s$|前|下次|下一次")
_ASKED = re.compile(r"[?？]|能否|是否|可否|\b(?:can|could|would|will) (?:you|we|i|it|this)\b", re.I)

_FOLLOWS = re.compile(
    r"\bfollow-?up\b|\bto[- ]do\b|\bto be \w+ed\b|后续|待办|下一步|跟进", re.IGNORECASE
)
_TOLD = re.compile(r"\b(?:said|says|told|promised|confirmed|answered)\b|说|答复|回复|告知|承诺|称")


def is_ahead(reading: Reading, at: datetime, attribute: str, role: str) -> bool:
    """What was written at that moment; what somebody merely asks for is no promise."""
    if role == "requester" and not _TOLD.search(reading.text):
        return False
    if role == "requester" and _ASKED.search(reading.text):
        return False
    if attribute and _ATTRIBUTES.search(attribute):
        return True
    if reading.within(reading.whole, "future", "conditions", "modals"):
        return True
    if any(m.entry.key == "next_update" for m in reading.marks) or _FOLLOWS.search(reading.text):
        return True
    return any(
        (told := resolved(m, at, at)) is not None and told[0] > at for m in reading.moments
    ) or any(
        m.minute is not None and _BY.search(reading.text[max(0, m.start - 6) : m.end + 3])
        for m in reading.moments
    )
