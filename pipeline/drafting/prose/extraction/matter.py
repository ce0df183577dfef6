"""What is a long conversation about? The sentences of the trouble, among the talk of a day's channel.

A short log is told for what it is. In a long one whatever nobody would miss has to go first: the newest
of 2,000 lines are about lunch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from ....domain.prose import Quoted
from .cues import TOPIC, Cue
from .said import is_chatter, standing
from .terms import terms_of

Cut = tuple[Quoted, str, list[Cue]]
LONG_TALK = 80
"""Sentences up to which all of them count."""
FEWEST = 3
"""Sentences of weight without which nothing is known about the matter, and all count."""
NEWEST = 2
"""Of the sentences at the end so many belong to it, whatever they say, greetings aside."""
MOSTLY = 0.5
"""The share of the sentences with a word that must have weight, for the word to be one of the matter."""
_TELLS = frozenset(
    {"symptom", "failed", "worked", "attempt", "finding", "ruled_out", "wait", "wait_over"}
)
_RESULTS = frozenset({"worked", "failed", "wait", "ruled_out", "correction"})
_OF_MACHINES = frozenset({"inside"})
_FIGURES = re.compile(r"\d{2,}")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}|\d{1,2} ?[ap]m\b|\d{1,2}点", re.IGNORECASE)


def of_the_matter(cut: Sequence[Cut]) -> list[bool]:
    """For each sentence whether it belongs to what the conversation is about."""
    kinds = [frozenset(cue.kind for cue in standing(marks)) for _, _, marks in cut]
    if len(cut) <= LONG_TALK:
        return [True] * len(cut)
    weighty = [_has_weight(text, of) for (_, text, _), of in zip(cut, kinds, strict=True)]
    core = _core([text for _, text, _ in cut], weighty)
    speakers = {line.speaker for (line, _, _), one in zip(cut, weighty, strict=True) if one}
    if len({text for (_, text, _), one in zip(cut, weighty, strict=True) if one}) < FEWEST:
        return [True] * len(cut)
    newest = _newest(cut)
    return [
        weight or n in newest or _belongs(text, of, core, line.speaker in speakers)
        for n, ((line, text, _), of, weight) in enumerate(zip(cut, kinds, weighty, strict=True))
    ]


def _newest(cut: Sequence[Cut]) -> frozenset[int]:
    """Nobody loses the last word of a log because it speaks of something else."""
    telling = (
        n for n in range(len(cut) - 1, -1, -1) if not is_chatter(cut[n][1], cut[n][2], names=True)
    )
    return frozenset(islice(telling, NEWEST))


def _has_weight(text: str, kinds: frozenset[str]) -> bool:
    """It tells of trouble or of work on it, and names a thing, a machine's part or a number."""
    if not kinds & _TELLS:
        return False
    names = any(kind.startswith(TOPIC) for kind in kinds) or bool(kinds & _OF_MACHINES)
    return names or _FIGURES.search(text) is not None


def _core(texts: Sequence[str], weighty: Sequence[bool]) -> frozenset[str]:
    """Words that stand in several sentences of weight and hardly in others; what is said again and again in
    the same words counts once."""
    in_all: Counter[str] = Counter()
    in_weighty: Counter[str] = Counter()
    for text, weight in dict(zip(texts, weighty, strict=True)).items():
        terms = terms_of(text)
        in_all.update(terms)
        in_weighty.update(terms if weight else ())
    return frozenset(term for term, n in in_weighty.items() if n > 1 and n >= MOSTLY * in_all[term])


def _belongs(text: str, kinds: frozenset[str], core: frozenset[str], by_core: bool) -> bool:
    """By a word of the matter; a time that was promised; or, from somebody who speaks of it, how it went and
    what she needs by when."""
    if terms_of(text) & core:
        return True
    if kinds & {"promise", "expected"} and _CLOCK.search(text):
        return True
    return by_core and bool(
        kinds & _RESULTS or (kinds & {"request", "symptom"} and _FIGURES.search(text))
    )
