"""What is a sentence held against? The words of the tables, and what the assignment names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..tables import Tables


@dataclass(frozen=True, kw_only=True)
class Against:
    """`names` and `codes` find what only a slot may tell of this assignment; None when it names nothing."""

    tables: Tables
    names: re.Pattern[str] | None
    codes: re.Pattern[str] | None
