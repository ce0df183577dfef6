"""The seam to the rows of recurrence: signatures, links and chains. What a signature holds is opaque to the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from .domain.recurring import Chain, Judgement, Member


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A case as it is kept. `chain` is its own id while it is alone."""

    incident: str
    at: datetime
    body: str
    terms: frozenset[str]
    chain: str
    judgement: Judgement | None
    """None for one that was taken in as the past, and never judged."""


class RecurrenceWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about recurrence."""

    def await_judging(self, incident_id: str, at: datetime) -> None:
        """The ticket is to be compared with the past; one row for each, due again when asked again."""

    def claim_judging(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, int]]:
        """(incident, which try it is) of what is due and nobody works on, leased, the oldest first."""

    def settle_judging(self, incident_id: str, tries: int) -> bool:
        """False, and nothing is changed, when another try was claimed since or it is due anew."""

    def count_signed(self) -> int: ...

    def term_counts(self, terms: Collection[str]) -> Mapping[str, int]:
        """In how many cases each stands; those that stand in none may be missing."""

    def latest_with(self, terms: Sequence[str], most: int) -> list[Sequence[int]]:
        """For each term the places of the latest cases that say it, in order of time: numbers that are the
        greater the later a case happened, and name it to `signature_bodies`. At most `domain.recurring.LISTED`."""

    def places_of(self, incident_ids: Collection[str]) -> list[int]:
        """Of those that are signed; in no order of time."""

    def signature_bodies(self, places: Sequence[int]) -> list[str]:
        """In any order; those whose words had to go are left out."""

    def add_signed(self, signed: Signed) -> None:
        """A case that is known keeps its place, and is found by its new terms too; its judgement and chain
        are replaced."""

    def add_past(self, signed: Sequence[Signed]) -> None:
        """Cases that were never signed before, many at once."""

    def sign_anew(self, signed: Sequence[Signed]) -> None:
        """Of the past, many at once: what each of them is found by is replaced; place and chain stay."""

    def take_back(self, incident_id: str) -> bool:
        """The words of its signature and the terms by which it is found go; place and chain stay. False when
        it is not signed."""

    def judgement(self, incident_id: str) -> Judgement | None: ...

    def chain_of(self, incident_ids: Collection[str]) -> dict[str, str]:
        """The chain of each case that is signed."""

    def chain_sizes(self, chains: Collection[str]) -> dict[str, int]:
        """How many cases each has; those that have none may be missing."""

    def members(self, chains: Collection[str]) -> dict[str, list[Member]]:
        """In order of time."""

    def add_links(self, links: Mapping[tuple[str, str], float]) -> None:
        """(later, earlier) → log-odds."""

    def links_among(self, incident_ids: Collection[str]) -> dict[frozenset[str], float]: ...

    def hold_chains(self) -> None:
        """Until this unit of work ends nobody else signs a case, or decides about chains: what is read of them
        after this is still so when it is written. First of all, or two wait for each other."""

    def move_members(self, chain: str, *, into: str) -> None: ...

    def chain(self, chain_id: str) -> Chain | None: ...

    def chains_named(self, chain_ids: Collection[str]) -> dict[str, Chain]:
        """Those of which people were told, or that somebody decided about."""

    def chains(self, limit: int = 200, after: Chain | None = None) -> list[Chain]:
        """The latest proposal first; those that follow on this one."""

    def add_chain(self, chain: Chain) -> bool:
        """False, and nothing is changed, when it was proposed before."""

    def move_chain(self, was: Chain, now: Chain) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says: somebody was faster."""

    def forget_signature(self, incident_id: str, at: datetime) -> None:
        """Its words go, and it is due again, to be signed from what is left of the ticket."""
