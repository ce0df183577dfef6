"""May this text leave? Every check on every rendition; the findings are kept, whatever follows.

A check is a file with `check(examined, phrases)` that yields findings, and a line in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..domain.findings import Finding, Verdict
from . import disclosure, forbidden, lengths, links, parity, required, times
from .examined import Examined
from .phrases import Phrases

Check = Callable[[Examined, Phrases], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    required.check,
    forbidden.check,
    disclosure.check,
    times.check,
    links.check,
    lengths.check,
    parity.check,
)


def examine(examined: Examined, phrases: Phrases) -> Verdict:
    """All findings of all checks on one rendition."""
    return Verdict(findings=tuple(f for check in CHECKS for f in check(examined, phrases)))


__all__ = ["CHECKS", "Check", "Examined", "Phrases", "examine"]
