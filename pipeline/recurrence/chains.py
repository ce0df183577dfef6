"""Which chain does a case belong to? One that its members agree on, not one that a single link drags in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter

from .score import Scored

WEAK = -2.0
"""Log-odds from which a link is kept: three weak ones among three cases may make a chain."""
KEPT = 12
"""Links that a case keeps, the strongest ones."""
STRONG = -0.5
"""Log-odds that make two cases one chain, hardly an even chance: two cases are no proposal yet, and what is
told has to agree as a whole."""
AGREED = 0.0
"""Mean log-odds that the members heard must give a case that joins them."""
SURE = 1.5
"""One member that is so sure is enough: the others may have been told in other words, or another language."""
VOICES = 2
TOLD = 0.3
"""Mean log-odds among the newest members from which a chain is told to people."""
NEWEST = 6
SILENT = WEAK - 1.0
"""What no link counts for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Two cases that may be one failure."""

    later: str
    earlier: str
    odds: float


@dataclass(frozen=True, kw_only=True)
class Chained:
    """What is known of a case's neighbours: in which chain each is (its own id while it is in none), how many
    cases each chain has, and the links that were kept among the neighbours. `settled` are chains that people
    were told of, or decided about; `apart` are pairs of chains that a person parted."""

    chain_of: Mapping[str, str]
    size_of: Mapping[str, int]
    links: Mapping[frozenset[str], float]
    settled: Set[str] = frozenset()
    apart: Set[frozenset[str]] = frozenset()

    def is_free(self, chain: str) -> bool:
        """One case, of which nobody was told as a chain: it may be moved into another one."""
        return self.size_of.get(chain, 1) == 1 and chain not in self.settled


def links_of(
    case: str,
    similar: Iterable[Scored],
    *,
    asks: bool,
    odds: Callable[[Scored], float] = attrgetter("odds"),
) -> list[Link]:
    """The links worth keeping, the strongest first, by these log-odds. A wish and a failure are never one chain."""
    found = [
        Link(later=case, earlier=one.earlier.id, odds=tied)
        for one in similar
        if (tied := odds(one)) >= WEAK and one.earlier.asks == asks
    ]
    return sorted(found, key=lambda link: (-link.odds, link.earlier))[:KEPT]


def joined(links: Sequence[Link], known: Chained) -> list[str]:
    """The chains that the case ties together, the surest first; empty when it stands alone. Only the first may
    have a history: two that have one, or that a person parted, are not thrown together by one case; a person
    may do that."""
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for link in links:
        groups[known.chain_of.get(link.earlier, link.earlier)].append(link.odds)
    agreed = {
        chain: mean
        for chain, odds in groups.items()
        if (mean := _agreed(odds, known.size_of.get(chain, 1))) is not None
    }
    if not agreed:
        return _three(links, known)
    first, *others = sorted(agreed, key=lambda chain: (-agreed[chain], chain))
    together = [first]
    for chain in others:
        parted = any(frozenset((chain, one)) in known.apart for one in together)
        if known.is_free(chain) and not parted and _belongs(chain, first, agreed, links, known):
            together.append(chain)
    return together


def _belongs(
    lone: str, first: str, ties: Mapping[str, float], links: Sequence[Link], known: Chained
) -> bool:
    """Whether a case that stands alone is tied to the first chain itself: its tie to the newcomer is one voice, and
    never enough."""
    if known.size_of.get(first, 1) == 1:
        return _third(lone, first, ties, known)
    members = [one.earlier for one in links if known.chain_of.get(one.earlier) == first]
    return _heard(lone, ties[lone], members, known)


def _third(one: str, other: str, ties: Mapping[str, float], known: Chained) -> bool:
    """Whether two cases that stood alone are one failure with the newcomer, each with each."""
    between = known.links.get(frozenset((one, other)))
    return between is not None and (ties[one] + ties[other] + between) / 3 >= AGREED


def _heard(lone: str, tie: float, members: Sequence[str], known: Chained) -> bool:
    """Whether members say so too, or one that is sure. What of the chain is no neighbour of the newcomer is not
    heard."""
    found = (known.links.get(frozenset((lone, member))) for member in members)
    heard = sorted((odds for odds in found if odds is not None), reverse=True)[:VOICES]
    silent = VOICES - len(heard)
    mean = (tie + sum(heard) + silent * SILENT) / (1 + VOICES)
    return bool(heard) and (mean >= AGREED or heard[0] >= SURE)


def _agreed(odds: Sequence[float], size: int) -> float | None:
    """The mean of the voices, or None. A member that has no link speaks against it."""
    heard = sorted(odds, reverse=True)[:VOICES]
    if size == 1:
        return heard[0] if heard[0] >= STRONG else None
    silent = min(VOICES, size) - len(heard)
    mean = (sum(heard) + silent * SILENT) / (len(heard) + silent)
    return mean if mean >= AGREED or heard[0] >= SURE else None


def told(newest: Sequence[str], links: Mapping[frozenset[str], float]) -> bool:
    """Whether its newest members agree so well that people should hear of it; no link counts as one that
    was too weak to keep."""
    pairs = [frozenset(pair) for pair in combinations(newest[-NEWEST:], 2)]
    return sum(links.get(pair, SILENT) for pair in pairs) >= TOLD * len(pairs)


def _three(links: Sequence[Link], known: Chained) -> list[str]:
    """Two cases that stand alone, each a little like this one and like each other."""
    best = max(_triples(links, known), default=None)
    return [] if best is None or best[0] < AGREED else [best[1], best[2]]


def _triples(links: Sequence[Link], known: Chained) -> Iterator[tuple[float, str, str]]:
    alone = [
        link for link in links if known.is_free(known.chain_of.get(link.earlier, link.earlier))
    ]
    for one, other in combinations(alone, 2):
        between = known.links.get(frozenset((one.earlier, other.earlier)))
        chains = frozenset(known.chain_of.get(link.earlier, link.earlier) for link in (one, other))
        if between is not None and chains not in known.apart:
            yield (one.odds + other.odds + between) / 3, one.earlier, other.earlier
