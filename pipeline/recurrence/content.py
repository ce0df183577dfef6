"""Do two cases have anything in common that both are about? Without it nothing that stands around them counts.

That both came in the same minutes, in two languages, and that something is broken in either, is said of any two
tickets of a busy morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from knowledge.tokens.concepts import glossary
from knowledge.tokens.normal import normal
from knowledge.tokens.words import Cutter

from .past import Weights
from .signature import Signature
from .signs import Sign
from .word_lists import listed

ENOUGH = 0.4
"""From here on what stands around a case counts in full: the same service in the same week says nothing
of two cases that have no word in common."""
_SAYS = (
    Sign.TEXT,
    Sign.TITLE,
    Sign.SHARED,
    Sign.MEANING,
    Sign.TEMPLATE,
    Sign.CODE,
    Sign.HOST,
    Sign.SYSTEM,
    Sign.TROUBLE,
    Sign.DEED,
    Sign.CAUSE,
)
_BY_ITSELF = (Sign.CODE, Sign.HOST, Sign.SYSTEM, Sign.DEED, Sign.CAUSE)
_SENTENCE = 0.8
"""Of a template, from which on it is the same sentence, whatever it says."""
_USUAL = 1.0
"""What a meaning weighs that stands in more than a third of the texts."""
_STORM = 0.3
"""Of the minutes between two cases: less than an hour."""
_CHANCE = (Sign.MINUTES, Sign.HOUR, Sign.CHANGE, Sign.SITE)
"""What two strangers share that come in at one time, or from one place."""


def content(
    later: Signature, earlier: Signature, said: Mapping[Sign, float], weigh: Weights
) -> float:
    """How much both are about the same, 0 to 1; `said` are the signs of what they say themselves. A kind of trouble
    counts beside a subject, and is none."""
    tied = (
        any(said.get(sign, 0.0) for sign in _BY_ITSELF)
        or said[Sign.TEMPLATE] >= _SENTENCE
        or _same_subject(later, earlier, weigh)
    )
    return min(1.0, max(said.get(sign, 0.0) for sign in _SAYS) / ENOUGH) if tied else 0.0


def one_storm(later: Signature, earlier: Signature, minutes: float, trouble: float) -> bool:
    """One service that both name has the same trouble within the hour: whatever words tell it."""
    named = later.service and later.service == earlier.service
    return bool(named and trouble and minutes >= _STORM)


def beside_chance(parts: Mapping[Sign, float], odds: float) -> float:
    """The log-odds without what only the time and place of a case add."""
    return odds - sum(parts.get(sign, 0.0) for sign in _CHANCE)


def _same_subject(later: Signature, earlier: Signature, weigh: Weights) -> bool:
    """Whether a word of either title stands in the other's text, or a meaning in both, that says of what the
    case is, and not only that something is wrong."""
    words = (later.title.keys() & earlier.words.keys()) | (
        earlier.title.keys() & later.words.keys()
    )
    if any(_is_subject(word) for word in words):
        return True
    meant = later.meanings & earlier.meanings
    return any(weigh[one] > _USUAL and one[1:] not in _little() for one in meant)


def _is_subject(word: str) -> bool:
    return word[0] != "#" and len(word) > 1 and not word.isdigit() and word not in _little()


@cache
def _little() -> frozenset[str]:
    """Words, as texts are cut into them, and concepts of what any ticket says."""
    cutter, known = Cutter(), glossary()
    forms = [normal(form) for form in listed("says_little")]
    return frozenset(_each(forms, cutter)) | frozenset(
        concept for form in forms for concept in known.concepts(form, cutter)
    )


def _each(forms: Iterable[str], cutter: Cutter) -> Iterable[str]:
    for form in forms:
        yield form
        yield from cutter.words(form)
