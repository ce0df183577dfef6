"""Which signs tell a true sentence from a wrong one? Numbers, none of which decides alone; the one list.

A sign that ends in `_across` is that of a sentence in another language than its record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from ....domain.prose import Standing
from ..claim import Claim
from .answers import of_answers, of_denial, of_scope
from .cover import of_cover, of_form, of_joins
from .deeds import of_deeds, of_names, of_state, of_values
from .footed import Footed, Signs
from .sureness import of_causes, of_promises, of_sureness

_BAD = frozenset({Standing.UNSUPPORTED, Standing.CONTRADICTED})
_SOME = 2
PARTS: tuple[Callable[[Footed], Signs], ...] = (
    *(of_form, of_cover, of_joins),
    *(of_answers, of_denial, of_scope),
    *(of_sureness, of_causes, of_promises),
    *(of_deeds, of_names, of_values, of_state),
)


def signs(footed: Footed, claims: Collection[Claim]) -> Signs:
    """By their names; one that is missing is 0."""
    found = of_claims(claims, sum(i.is_word for i in footed.items))
    for part in PARTS:
        found |= part(footed)
    return {name: float(value) for name, value in found.items() if value}


def of_claims(claims: Collection[Claim], words: int) -> Signs:
    """What each kind of claim says: some are right oftener than others, and all in short sentences."""
    told = {sign_of(c) for c in claims if c.standing is not Standing.NO_CLAIM}
    wrong = sum(c.standing in _BAD for c in claims)
    return {**dict.fromkeys(told, 1.0), "wrong_claims_a_word": wrong / (_SOME + words)}


def sign_of(claim: Claim) -> str:
    return f"{claim.kind}_{claim.standing}"
