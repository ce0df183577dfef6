"""What do all checks together find in one rendition?"""

from __future__ import annotations

from ..domain.findings import Verdict
from .checks import CHECKS
from .examined import Examined
from .phrases import Phrases


def examine(examined: Examined, phrases: Phrases) -> Verdict:
    """Pure, and quick: a text that nothing is wrong with gives an empty verdict."""
    found = (finding for check in CHECKS for finding in check(examined, phrases))
    return Verdict(findings=tuple(dict.fromkeys(found)))
