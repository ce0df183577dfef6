"""Which words tell that something leaked, and who may know each of them?

The circles stand here once more, written from the laws and not taken from the code that is judged.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

Roles = frozenset[str]

STAFF: Roles = frozenset(
    {"technician", "group", "owner", "in_charge", "managers", "problem_managers", "releasers"}
)
# Whoever is asked to agree reads what is asked for as its requester does.
TICKET: Roles = STAFF | {"requester", "approver"}
INNER: Roles = STAFF | {"leaders"}
AFFECTED: Roles = INNER | {"affected", "front_line"}
PUBLIC: Roles = AFFECTED | {"public"}
NOBODY: Roles = frozenset()
EVERYBODY: Roles = TICKET | PUBLIC
_WORD = re.compile(r"zq[a-z]{10}")


@dataclass(frozen=True, kw_only=True)
class Canary:
    """A word that nothing else holds. `place` says where it was put, `known` to whom of its ticket."""

    word: str
    number: str
    place: str
    known: Roles


@dataclass(kw_only=True)
class Canaries:
    """All that were let loose; their words are the same for the same dice."""

    dice: random.Random
    by_word: dict[str, Canary] = field(default_factory=dict)

    def put(self, number: str, place: str, known: Roles) -> str:
        word = "zq" + "".join(self.dice.choices(ascii_lowercase, k=10))
        self.by_word[word] = Canary(word=word, number=number, place=place, known=known)
        return word

    def escaped(self, text: str, number: str, role: str) -> Iterator[Canary]:
        """Those in a text for one audience of one ticket that it may not hold, each once."""
        for word in set(_WORD.findall(text.casefold())):
            canary = self.by_word.get(word)
            if canary is not None and (canary.number != number or role not in canary.known):
                yield canary

    def seen(self, text: str) -> int:
        """How many stand in a text at all: a measurement that sees none measures nothing."""
        return len(set(_WORD.findall(text.casefold())))
