"""Is the severity the recorded one, and was it declared a major incident?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because

KIND = "state"
_SEVERITY = re.compile(
    r"\b(?:P|SEV[- ]?|priority |severity )([1-4])\b|([一二三四])级(?=事件|故障|响应|优先)",
    re.IGNORECASE,
)
_MAJOR = re.compile(r"\bmajor (?:incident|outage)\b|重大(?:事件|故障)", re.IGNORECASE)


def severity(told: Told) -> Iterator[Claim]:
    for m in _SEVERITY.finditer(told.reading.text):
        level = m[1] or str("一二三四".index(m[2]) + 1)
        severity = told.index.record.severity
        if severity == f"P{level}" or re.search(rf"\bp{level}\b", told.index.lower):
            yield told.supported(KIND, m.start(), m.end(), ["severity"])
        else:
            yield told.contradicted(
                KIND, m.start(), m.end(), ["severity"], because("claim_says", said=severity or "?")
            )
    found = _MAJOR.search(told.reading.text)
    if found and not told.index.record.major and found[0].lower() not in told.index.lower:
        yield told.contradicted(
            KIND, found.start(), found.end(), ["major"], because("claim_not_major")
        )
