"""What is hidden from a model, and what stands behind a placeholder?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from ...domain.facts import Audience, Level


class Kind(StrEnum):
    """The words of the setting `redact`. A requester who writes `{P1}` herself means no placeholder:
    her words are hidden behind one (LITERAL), whatever the setting says."""

    SECRET = "secret"  # noqa: S105  the name of a kind
    PERSON = "person"
    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity"
    """Resident ids, passports, cards and bank accounts."""
    ADDRESS = "address"
    """Hosts, networks and links inside the house, for readers outside of its staff."""
    STAFF_ADDRESS = "staff_address"
    """The same for technicians, whose summary is about just these."""
    LITERAL = "literal"


Redactable = Literal["secret", "person", "email", "phone", "identity", "address", "staff_address"]
"""The kinds that a setting may list."""
EVERY_KIND: tuple[Redactable, ...] = get_args(Redactable)
REDACTED: tuple[Redactable, ...] = EVERY_KIND[:-1]
"""All but the last. A model that may not tell a mail host from a database host writes nonsense about what failed, and an
address of a machine is nobody's personal data: who minds them at a provider adds `staff_address`."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """`original` is as it was written; a secret is nowhere kept."""

    kind: Kind
    original: str


Mapped = Mapping[str, Hidden]
"""By placeholder, braces included. `{P3}` and `{P3b}` are one value in two spellings."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """`kinds` is the setting `redact`. `most` and `longest` are characters: of all lines together, of
    which the newest stay, and of one text."""

    kinds: frozenset[Kind] = frozenset(map(Kind, REDACTED))
    most: int = 120_000
    longest: int = 8_000

    @classmethod
    def of(cls, listed: Iterable[Redactable]) -> Rules:
        """As the setting says."""
        return cls(kinds=frozenset(map(Kind, listed)))

    def kinds_for(self, audience: Audience) -> frozenset[Kind]:
        """What is looked for in texts for these readers."""
        chosen = Kind.ADDRESS
        if audience.clearance >= Level.INTERNAL:
            chosen = Kind.STAFF_ADDRESS
        addresses = {Kind.ADDRESS} if chosen in self.kinds else set()
        others = self.kinds - {Kind.ADDRESS, Kind.STAFF_ADDRESS}
        return others | addresses | {Kind.LITERAL}
