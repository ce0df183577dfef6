"""Which rare words have two texts in common? Words of Latin letters, and two Chinese characters each."""

from __future__ import annotations

import re

from knowledge.tokens.normal import normal
from knowledge.tokens.words import bigrams

from ..recurrence.background import background

_LATIN = re.compile(r"[a-z][a-z0-9_.-]{2,}")
COMMON = 0.008
"""A share of texts from which a word tells nothing of what a change and a symptom share."""


def words(text: str) -> frozenset[str]:
    """Those that are rare in texts of IT."""
    plain, known = normal(text), background()
    latin = {word.strip(".-_") for word in _LATIN.findall(plain)}
    found = {word for word in latin if known.share(word) < COMMON}
    return frozenset(
        found | {f"#{two}" for two in bigrams(plain) if known.share(f"#{two}") < COMMON}
    )


def shown(shared: frozenset[str]) -> str:
    """As a reader sees them."""
    return ", ".join(sorted(word.removeprefix("#") for word in shared)[:4])
