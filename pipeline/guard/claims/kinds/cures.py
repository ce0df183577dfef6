"""Is the cure one that helped? What was tried in vain may not be told as what restored it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..statements import Statement

KIND = "cure"
_SHARE = 0.6
_CURED = re.compile(
    r"\b(?:stopped|ended|cured|fixed|solved|resolved|restored|helped|worked|brought)\b|后.{0,10}(?:可以|能够?|恢复|正常|解决|好了|可用)|解决了|管用|有效|奏效|恢复了|改善|好转|下降|降低",
    re.IGNORECASE,
)
_VAIN = re.compile(
    r"\b(?:not|no|without|neither|didn't|nothing|never|still|vain|hardly|barely)\b|没|无|未|不|仍|还是",
    re.IGNORECASE,
)


def cures(told: Told) -> Iterator[Claim]:
    text = told.reading.text
    found = _CURED.search(text)
    if found is None or _VAIN.search(text) or len(told.reading.words) < 2:
        return
    vain = [s for s in told.index.statements if s.attribute == "not_helped" and _told(told, s)]
    if vain:
        reason = because("claim_in_vain")
        yield told.contradicted(KIND, found.start(), found.end(), vain, reason)


def _told(told: Told, statement: Statement) -> bool:
    """Most of what the sentence says beside the cure is what was tried."""
    words = [w for w in told.reading.words if not any(k.startswith("effects:") for k in w.keys)]
    named = told.index.services
    words = [w for w in words if told.index.can_be_judged(w) and w.text.lower() not in named]
    text = statement.reading.text
    held = [w for w in words if w.keys & statement.keys or (w.han and w.text in text)]
    acts = {m.entry.group for m in told.reading.marks if m.entry.category == "acts"}
    begins = bool(held) and held[0] is words[0] and words[0].text.endswith("ing")
    done = bool(acts & statement.acts) or begins
    return done and len(held) >= _SHARE * len(words)
