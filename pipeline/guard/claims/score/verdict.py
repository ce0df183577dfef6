"""Do the claims of words, of which each kind errs now and then, hold beside all else that a sentence shows?

Numbers, times, identifiers and quotes are judged by themselves. Of the other kinds none decides alone:
together with how the sentence stands on the record they make a score, and from its threshold on the
sentence does not stand; below it they are kept as claims that were outvoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....domain.prose import Standing
from ..claim import Claim, Told
from .footed import Footed, Item
from .score import Score, learnt
from .signs import sign_of, signs

KIND = "whole"
EXACT = frozenset(
    {"identifier", "quote", "number", "threshold", "time", "relative_time", "zone", "duration"}
    | {"comparison", "severity"}
)
"""Kinds that are right so often that one of them stops a sentence by itself."""
OUTVOTED = "outvoted by the sentence as a whole: "
_BAD = frozenset({Standing.UNSUPPORTED, Standing.CONTRADICTED})
_MOST_WORDS = 6


def as_a_whole(
    told: Told, claims: Sequence[Claim], score: Score | None = None
) -> tuple[Claim, ...]:
    """The claims as they stand beside each other; with one of the whole where the score alone speaks.
    A sentence in the very words of an event has no more to prove."""
    by = score or learnt()
    if told.is_verbatim or any(is_exact(c) or _is_unweighed(c, by) for c in claims):
        return tuple(claims)
    footed = Footed(told)
    if by.odds(signs(footed, claims)) < by.stops_from:
        return tuple(_outvoted(c) for c in claims)
    if any(c.standing in _BAD for c in claims):
        return tuple(claims)
    return (*claims, _whole(footed))


def is_exact(claim: Claim) -> bool:
    """Whether this claim stops its sentence by itself."""
    return claim.standing in _BAD and claim.kind in EXACT


def _is_unweighed(claim: Claim, score: Score) -> bool:
    """Of a kind that was seen too seldom to learn how often it is right."""
    return claim.standing in _BAD and sign_of(claim) not in score.weights


def _outvoted(claim: Claim) -> Claim:
    if claim.standing not in _BAD:
        return claim
    return replace(claim, standing=Standing.NO_CLAIM, reason=OUTVOTED + claim.reason)


def _whole(footed: Footed) -> Claim:
    """The statement that answers otherwise, the words that nobody said, or that nobody said them together."""
    told, new = footed.told, footed.new
    own = {(p.group, p.sign) for p in told.polars if not p.loose}
    other = {(group, -sign) for group, sign in own}
    for said in footed.near:
        if said.answers & other and not said.answers & own:
            start, end = told.reading.whole
            reason = "what the record says nearest to this says otherwise"
            return told.contradicted(KIND, start, end, said.statements, reason)
    items = new or footed.items
    start, end = _span(footed, items)
    if new:
        words = ", ".join(dict.fromkeys(i.text for i in new[:_MOST_WORDS]))
        return told.unsupported(KIND, start, end, f"the record does not say: {words}")
    return told.unsupported(KIND, start, end, "the record says none of this together")


def _span(footed: Footed, items: Sequence[Item]) -> tuple[int, int]:
    if not items:
        return footed.told.reading.whole
    return items[0].start, items[-1].start + len(items[-1].text)
