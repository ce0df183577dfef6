"""Which candidates are there for an incident, in which order, and is its cause unknown?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from .candidate import Candidate
from .from_changes import from_changes
from .from_earlier import from_earlier
from .from_lines import from_lines
from .from_upstream import from_upstream
from .score import Weights, probabilities, weights
from .seen import Seen

SOURCES: tuple[Callable[[Seen], Iterator[Candidate]], ...] = (
    *(from_changes, from_earlier, from_upstream, from_lines),
)
MOST = 12
"""Candidates that are shown: what comes after them nobody looks at."""


@dataclass(frozen=True, kw_only=True)
class Likely:
    candidate: Candidate
    probability: float

    @property
    def percent(self) -> int:
        """Never certain, and never nothing: a person decides."""
        return max(1, min(99, round(100 * self.probability)))


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """The likeliest first. `unknown` is how likely it is that none of them is the cause; `ruled_out` are those
    that a person took out, which share in nothing."""

    likely: tuple[Likely, ...]
    unknown: float
    ruled_out: tuple[Candidate, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Nothing stands out: no candidate is as likely as that it is none of them."""
        return not self.likely or self.likely[0].probability < self.unknown

    @property
    def percent_unknown(self) -> int:
        return max(1, min(99, round(100 * self.unknown))) if self.likely else 100


def candidates(seen: Seen) -> list[Candidate]:
    return [candidate for source in SOURCES for candidate in source(seen)]


def rank(seen: Seen, *, out: Collection[str] = (), known: Weights | None = None) -> Ranked:
    """`out` are keys that a person ruled out."""
    found = candidates(seen)
    left = [one for one in found if one.key not in out]
    weigh = known or weights()
    shares, unknown = probabilities([weigh.sum(one) for one in left])
    likely = [
        Likely(candidate=one, probability=share) for one, share in zip(left, shares, strict=True)
    ]
    likely.sort(key=lambda one: (-one.probability, one.candidate.key))
    return Ranked(
        likely=tuple(likely[:MOST]),
        unknown=unknown,
        ruled_out=tuple(one for one in found if one.key in out),
    )
