"""Is something told to be hit as well that no statement tells to have failed?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..polarity import Polar, subject
from ..reading import Word

KIND = "scope"
_TOO = re.compile(
    r"\b(?:too|also|as well|likewise|equally)\b|(?<!维)也|同样|一并|一同|同时", re.IGNORECASE
)
_BEING = re.compile(r"\b(?:is|are|was|were|been|being|be|also|too)\s(?:\w+\s)?$", re.IGNORECASE)
_SHARE = 0.5
"""Of its subject's words that a statement of failure must hold."""


def widened(told: Told) -> Iterator[Claim]:
    if told.is_across:
        return  # what failed may be told in words that cannot be looked for
    for polar in told.polars:
        if polar.group != "health" or polar.sign > 0 or polar.key != "affected" or polar.loose:
            continue
        if (
            _is_attribute(told, polar)
            or told.is_advice(polar.start)
            or not _TOO.search(told.reading.text, *polar.clause)
        ):
            continue
        about = [w for w in subject(told.reading, polar, polar.clause) if _names(w)]
        about = [w for w in about if told.index.can_be_judged(w)]
        if about and _most(told, about) < _SHARE:
            reason = because("claim_not_said_hit")
            yield told.unsupported(KIND, polar.start, polar.end, reason)


def _is_attribute(told: Told, polar: Polar) -> bool:
    """`affected customers`, 受影响的用户: they are named, and nothing is said of them."""
    text = told.reading.text
    if not text[polar.start : polar.end].isascii():
        return text.startswith("的", polar.end)
    named = re.match(r" [a-z]", text[polar.end :]) is not None
    return named and not _BEING.search(text, 0, polar.start)


def _names(word: Word) -> bool:
    return not any(k.startswith(("acts:", "counts:people")) for k in word.keys)


def _most(told: Told, about: list[Word]) -> float:
    """The greatest share of the subject that any sentence with a failure in it holds."""
    failing = [
        s.reading.keys
        for s in told.index.statements
        if any(p.group == "health" and p.sign < 0 for p in s.polars)
    ]
    return max(
        (sum(bool(w.keys & keys) for w in about) / len(about) for keys in failing), default=0
    )
