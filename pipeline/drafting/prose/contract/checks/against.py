"""What is a sentence held against? The words of the tables, and what the assignment says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..tables import Tables


@dataclass(frozen=True, kw_only=True)
class Against:
    """`names` and `codes` find what only a slot may tell of this assignment; None when it names nothing.
    `capitals` are the words with a capital that its texts hold: products and things, and nobody else."""

    tables: Tables
    names: re.Pattern[str] | None
    codes: re.Pattern[str] | None
    capitals: frozenset[str]
