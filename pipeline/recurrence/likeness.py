"""In what are two cases alike, and in what do they differ? Named signs from 0 to 1, the later case first."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from datetime import datetime

from .content import ENOUGH, content, one_storm
from .masking import alike
from .naming import Kind
from .past import Weights
from .signature import Signature, service_term
from .signs import Sign
from .word_lists import listed

K1, B = 1.5, 0.75
AVERAGE = 60.0
"""Terms of a usual text."""
FADES = 90.0
"""Days after which what was is a third as near: what comes back, comes back soon."""
_WEEK = 168.0
"""Hours."""
DEED = "!."


def likeness(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    """Signs that are not 0. `weigh` is of the later case, and knows its terms."""
    same = alike(later.template, earlier.template)
    title, theirs = weigh.once("title", lambda: weigh.of(later.title)), weigh.of(earlier.title)
    titles = later.title.keys() & earlier.title.keys()
    said = {
        Sign.TEXT: _bm25(later, earlier, weigh),
        Sign.TITLE: _dice(titles, title, theirs, weigh),
        Sign.TITLE_IN_TEXT: _share(later.title, earlier.words, title, weigh),
        Sign.TEXT_IN_TITLE: _share(earlier.title, later.words, theirs, weigh),
        **_meant(later, earlier, weigh),
        Sign.SHARED: _shared(later, earlier, weigh),
        Sign.TEMPLATE: same,
        **_troubles(later, earlier, weigh),
        **_causes(later, earlier, weigh),
        **_names(later, earlier, weigh),
    }
    each_way = min(said[Sign.TITLE_IN_TEXT], said[Sign.TEXT_IN_TITLE])
    said[Sign.WORDING] = max(0.0, 2 * each_way - 1)
    around = _around(later, earlier, weigh)
    storm = one_storm(later, earlier, around[Sign.MINUTES], said[Sign.TROUBLE])
    common = 1.0 if storm else content(later, earlier, said, weigh)
    said[Sign.TROUBLE] *= common
    symptom = max(said[Sign.SYMPTOM] / ENOUGH, said[Sign.TROUBLE], said.get(Sign.CODE, 0.0))
    thing = max(around.get(sign, said.get(sign, 0.0)) for sign in _THINGS)
    found = {
        **said,
        Sign.SAME_THING: math.sqrt(min(1.0, symptom) * thing) if common else 0.0,
        **{sign: value * common for sign, value in around.items()},
        Sign.SYMPTOM_DIFFERS: 1 - min(1.0, max(said[Sign.SYMPTOM] / _SOME, *_same_words(said))),
        Sign.ASKS_DIFFERS: float(later.asks != earlier.asks),
        Sign.WORD_DIFFERS: _one_word_apart(later, earlier, same),
        **_other_fields(later, earlier),
    }
    return {sign: value for sign, value in found.items() if value}


def _around(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    return {
        Sign.TIME: _near(later.at, earlier.at),
        Sign.MINUTES: _within_minutes(later.at, earlier.at),
        Sign.HOUR: _same_hour(later.at, earlier.at),
        Sign.CHANGE: float(later.after_change and earlier.after_change),
        Sign.OTHER_LANGUAGE: float(later.chinese != earlier.chinese),
        **_fields(later, earlier, weigh),
    }


def _same_words(said: Mapping[Sign, float]) -> tuple[float, float]:
    return said.get(Sign.CODE, 0.0), said[Sign.WORDING]


_SOME = 0.15
"""Of the symptom: from here on both speak of the same kind of trouble."""
_THINGS = (Sign.HOST, Sign.SYSTEM, Sign.SERVICE, Sign.TITLE)


def _bm25(later: Signature, earlier: Signature, weigh: Weights) -> float:
    own = weigh.once("own", lambda: _own(later, weigh))
    if not own:
        return 0.0
    room = K1 * (1 - B + B * earlier.length / AVERAGE)
    mine, theirs, said = later.words, earlier.words, 0.0
    for term in mine.keys() & theirs.keys():
        there = theirs[term]
        said += weigh[term] * mine[term] * there / (there + room)
    return min(1.0, said / own)


def _meant(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    meant = weigh.once("meanings", lambda: weigh.of(later.meanings))
    symptom = weigh.once("symptom", lambda: weigh.of(later.symptom))
    return {
        Sign.MEANING: _dice(
            later.meanings & earlier.meanings, meant, weigh.of(earlier.meanings), weigh
        ),
        Sign.SYMPTOM: _dice(
            later.symptom & earlier.symptom, symptom, weigh.of(earlier.symptom), weigh
        ),
    }


def _troubles(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    both = later.troubles & earlier.troubles
    deeds = {kind for kind in both if kind.startswith(DEED)}
    wrong = both - deeds
    said = [any(not kind.startswith(DEED) for kind in case.troubles) for case in (later, earlier)]
    return {
        Sign.TROUBLE: _telling(wrong, weigh),
        Sign.DEED: _telling(deeds, weigh),
        Sign.TROUBLE_DIFFERS: float(all(said) and not wrong),
    }


def _telling(kinds: Collection[str], weigh: Weights) -> float:
    """Kinds are few and each is common: what is said of one ticket in three says nothing."""
    return 1 - math.exp(-sum(max(0.0, weigh[kind] - 1.0) for kind in kinds) / 3)


def _causes(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    """A cause that many tickets were closed with says nothing, nor does a note of a word or two."""
    if not later.cause or not earlier.cause:
        return {}
    both = later.cause & earlier.cause
    mine = weigh.once("cause", lambda: _beyond(later.cause, weigh))
    if mine < _CAUSE_SAYS:
        return {}
    alike = min(1.0, 2 * _beyond(both, weigh) / (mine + _beyond(earlier.cause, weigh)))
    enough = sum(term[1] != "~" for term in both) >= _CAUSE_WORDS
    return {Sign.CAUSE: alike if enough else 0.0, Sign.CAUSE_DIFFERS: float(alike < 0.1)}


def _beyond(terms: Collection[str], weigh: Weights) -> float:
    return sum(max(0.0, weigh[term] - _COMMON) for term in terms)


_CAUSE_SAYS, _CAUSE_WORDS = 8.0, 3
"""Less is what is written under any ticket: restarted, works again."""


def _own(later: Signature, weigh: Weights) -> float:
    """What a text would get that says the same as often."""
    room = K1 * (1 - B + B * later.length / AVERAGE)
    return sum(weigh[term] * n * n / (n + room) for term, n in later.words.items())


def _share(of: Mapping[str, int], within: Mapping[str, int], whole: float, weigh: Weights) -> float:
    """How much of one is said in the other; `whole` is what the one weighs."""
    shared = sum([weigh[term] for term in of.keys() & within.keys()])
    return shared / whole if whole else 0.0


def _dice(shared: Collection[str], one: float, other: float, weigh: Weights) -> float:
    """Of two of these weights, what is shared."""
    both = one + other
    return 2 * weigh.of(shared) / both if both else 0.0


def _shared(later: Signature, earlier: Signature, weigh: Weights) -> float:
    """Of words, or of meanings where the languages differ; common ones say nothing."""
    both = later.words.keys() & earlier.words.keys()
    told = sum([max(0.0, weigh[word] - _COMMON) for word in both if word[0] != "#"])
    meant = sum([max(0.0, weigh[m] - _COMMON) for m in later.meanings & earlier.meanings])
    return 1 - math.exp(-max(told, meant) / _TELLING)


_COMMON = 2.5
"""What a word weighs that stands in one text of twelve."""
_TELLING = 10.0


def _names(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    """For each kind of name: how telling the shared ones are, and whether none of several is shared."""
    found: dict[Sign, float] = {}
    for kind, same, differs in _KINDS:
        mine, theirs = later.names.get(kind, _NONE), earlier.names.get(kind, _NONE)
        shared = mine & theirs
        if shared:
            found[same] = 1 - math.exp(-sum(weigh[name] for name in shared) / 6)
        if kind is Kind.SYSTEM:
            mine, theirs = _of_one_script(mine, theirs)
        if differs is not None and mine and theirs:
            found[differs] = min(len(mine - theirs), len(theirs - mine)) / min(
                len(mine), len(theirs)
            )
    return found


def _of_one_script(
    mine: frozenset[str], theirs: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """A Chinese name and a Latin one may be of one system: only names of one script differ."""
    latin = frozenset(n for n in mine if n.isascii()), frozenset(n for n in theirs if n.isascii())
    return latin if all(latin) else (mine - latin[0], theirs - latin[1])


_NONE: frozenset[str] = frozenset()
_KINDS = (
    (Kind.CODE, Sign.CODE, Sign.CODE_DIFFERS),
    (Kind.HOST, Sign.HOST, Sign.HOST_DIFFERS),
    (Kind.SYSTEM, Sign.SYSTEM, Sign.SYSTEM_DIFFERS),
    (Kind.VERSION, Sign.VERSION, None),
)


_FIELDS = (
    ("service", Sign.SERVICE, Sign.SERVICE_DIFFERS),
    ("category", Sign.CATEGORY, Sign.CATEGORY_DIFFERS),
    ("site", Sign.SITE, None),
)


def _fields(later: Signature, earlier: Signature, weigh: Weights) -> dict[Sign, float]:
    return {
        same: _rarity(later, weigh) if same is Sign.SERVICE else 1.0
        for name, same, _ in _FIELDS
        if getattr(later, name) and getattr(later, name) == getattr(earlier, name)
    }


def _rarity(later: Signature, weigh: Weights) -> float:
    """0 for a service of a fifth of the tickets, 1 for one of hardly any."""
    return max(0.0, min(1.0, (weigh[service_term(later.service)] - 1.5) / 4))


def _other_fields(later: Signature, earlier: Signature) -> dict[Sign, float]:
    return {
        differs: 1.0
        for name, _, differs in _FIELDS
        if differs is not None
        and getattr(later, name)
        and getattr(earlier, name)
        and getattr(later, name) != getattr(earlier, name)
    }


def _near(later: datetime, earlier: datetime) -> float:
    days = abs((later - earlier).total_seconds()) / 86_400
    return math.exp(-days / FADES)


def _within_minutes(later: datetime, earlier: datetime) -> float:
    return math.exp(-abs((later - earlier).total_seconds()) / 60 / STORM_MINUTES)


STORM_MINUTES = 45.0


def _same_hour(later: datetime, earlier: datetime) -> float:
    """Of the same weekday; within half a day it says nothing."""
    apart = abs((later - earlier).total_seconds()) / 3600
    if apart < _WEEK / 14:
        return 0.0
    weekly = min(apart % _WEEK, _WEEK - apart % _WEEK)
    return math.exp(-weekly)


def _one_word_apart(later: Signature, earlier: Signature, same: float) -> float:
    """The more the sentence is the same, the more a word of the title in the place of another tells them
    apart. What varies in the text alone, a place or a person, does not."""
    if same < _SENTENCE or later.chinese != earlier.chinese:
        return 0.0
    mine, theirs = _unsaid(later, earlier), _unsaid(earlier, later)
    if not mine or not theirs:
        return 0.0
    return 1.0 if max(mine, theirs) <= _PUT else same


def _unsaid(one: Signature, other: Signature) -> int:
    """How many words of its title the other one does not say anywhere."""
    announces = listed("code_before")
    return sum(
        word[0] != "#"
        and word not in other.words
        and word not in announces
        and not any(c.isdigit() for c in word)
        for word in one.title
    )


_SENTENCE = 0.5
_PUT = 3
"""Words that are put in the place of others."""
