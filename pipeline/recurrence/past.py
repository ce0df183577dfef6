"""Which earlier cases could it be? Found by the rarest terms, in lists of bounded length: never by a scan."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from ..domain.recurring import LISTED
from .background import Background, background
from .signature import Signature

ASKED = 48
"""Terms that are looked up, the rarest first."""
CANDIDATES = 96


class Past(Protocol):
    """What is known of the cases that came before."""

    def count(self) -> int:
        """Of cases."""

    def frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        """In how many cases each term stands."""

    def latest(self, terms: Sequence[str], most: int) -> Sequence[Sequence[int]]:
        """For each term the places of the latest cases that say it, at most `most`: numbers that name a case
        to `signatures`, and are the greater the later it is."""

    def signatures(self, places: Sequence[int]) -> list[Signature]: ...


class Weights(dict[str, float]):
    """How much each term says, by how rare it was up to now. A site without a history begins with what is
    common in texts of IT."""

    def __init__(self, count: int, frequencies: Mapping[str, int], known: Background) -> None:
        super().__init__()
        self._sums: dict[str, float] = {}
        self._count, self._frequencies, self._known = count, frequencies, known

    def __missing__(self, term: str) -> float:
        of, total = self._frequencies.get(term, 0), self._count
        prior = self._known.share(term) * self._known.worth
        rest = max(0.0, total + self._known.worth - of - prior)
        told = self[term] = math.log(1 + (rest + 0.5) / (of + prior + 0.5))
        return told

    def of(self, terms: Iterable[str]) -> float:
        """What they weigh together."""
        return sum([self[term] for term in terms])

    def once(self, name: str, weighed: Callable[[], float]) -> float:
        """A weight of the case itself, which is the same beside every candidate."""
        held = self._sums.get(name)
        if held is None:
            held = self._sums[name] = weighed()
        return held

    def known(self, term: str) -> bool:
        """Whether any case before says it."""
        return self._frequencies.get(term, 0) > 0


def weights(past: Past, signature: Signature) -> Weights:
    return Weights(past.count(), past.frequencies(signature.terms), background())


def candidates(past: Past, signature: Signature, weigh: Weights) -> list[Signature]:
    """Those that share most, at most CANDIDATES."""
    weight = {term: weigh[term] * _emphasis(term, signature) for term in signature.terms}
    known = (term for term in weight if weigh.known(term))
    asked = sorted(known, key=lambda term: (-weight[term], term))[:ASKED]
    listed = past.latest(asked, LISTED)
    return past.signatures(_most_shared(listed, [weight[term] for term in asked], CANDIDATES))


def _most_shared(listed: Sequence[Sequence[int]], weights: Sequence[float], most: int) -> list[int]:
    """The places that stand in lists of the greatest weight together, the later of two that are equal."""
    import numpy as np  # .1 s, which a start need not pay

    lengths = [len(one) for one in listed]
    if not any(lengths):
        return []
    every = np.concatenate([np.asarray(one, dtype=np.int64) for one in listed])
    places, which = np.unique(every, return_inverse=True)
    shared = np.bincount(which, weights=np.repeat(weights, lengths))
    if len(shared) > most:
        near = shared >= np.partition(shared, -most)[-most]
        places, shared = places[near], shared[near]
    found: list[int] = places[np.lexsort((-places, -shared))[:most]].tolist()
    return found


def _emphasis(term: str, signature: Signature) -> float:
    """A title was chosen to say what the matter is; what a text says again it means."""
    if term[0] in "@!":
        return 1.0
    often = signature.words.get(term, 1)
    return (2.0 if term in signature.title else 1.0) * often / (often + 1)


class MemoryPast:
    """The past of one run, in memory."""

    def __init__(self) -> None:
        self._known: list[Signature] = []
        self._postings: dict[str, array[int]] = {}
        self._frequencies: dict[str, int] = {}

    def add(self, signature: Signature) -> int:
        """Its place, from 0."""
        place = len(self._known)
        self._known.append(signature)
        for term in signature.terms:
            self._list(term, place)
        return place

    def learn(self, place: int, signature: Signature) -> None:
        """More is known of a case: it is found by its new terms too."""
        known = self._known[place].terms
        self._known[place] = signature
        for term in signature.terms - known:
            self._list(term, place)

    def _list(self, term: str, place: int) -> None:
        listed = self._postings.setdefault(term, array("I"))
        listed.append(place)
        self._frequencies[term] = self._frequencies.get(term, 0) + 1
        if len(listed) > 2 * LISTED:
            del listed[:LISTED]

    def count(self) -> int:
        return len(self._known)

    def frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        return {term: self._frequencies.get(term, 0) for term in terms}

    def latest(self, terms: Sequence[str], most: int) -> Sequence[Sequence[int]]:
        return [self._postings.get(term, _NONE)[-most:] for term in terms]

    def signatures(self, places: Sequence[int]) -> list[Signature]:
        return [self._known[place] for place in places]


_NONE: array[int] = array("I")
