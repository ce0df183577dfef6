"""What does the library say to a question? Articles with their reasons, or that nothing fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .article import Article

MOST = 20
"""Suggestions in one answer."""
LONGEST_QUESTION = 4_000
"""Characters of a question that are read: a paste of 100 kB says nothing more in its middle."""
MOST_PERCENT = 99
"""Nothing is shown to people as certain."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of an article that can be read alone. `headings` lead to it, outermost first."""

    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`probability` that it helps, 0 to 1, calibrated. `ranks` has the place (from 1) that each
    retriever alone gave it; one that did not find it is absent."""

    article: Article
    probability: float
    passage: Passage
    matched: tuple[str, ...]
    """Words of the question that the article says, as the question writes them."""
    ranks: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Best first. `missing` are retrievers that could not answer in time."""

    suggestions: tuple[Suggestion, ...]
    fits_from: float
    """The least probability at which an article is worth a person's time."""
    missing: tuple[str, ...] = ()

    @property
    def fitting(self) -> tuple[Suggestion, ...]:
        """Empty when nothing fits, which is an answer too."""
        return tuple(s for s in self.suggestions if s.probability >= self.fits_from)


def percent_of(probability: float) -> int:
    """As people are shown it."""
    return min(round(100 * probability), MOST_PERCENT)
