"""Does a sentence stand as a whole, by all that is seen in it? `as_a_whole` weighs its claims."""

from __future__ import annotations

from .verdict import EXACT, OUTVOTED, as_a_whole, is_exact

__all__ = ["EXACT", "OUTVOTED", "as_a_whole", "is_exact"]
