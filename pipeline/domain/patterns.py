"""May this regular expression of a file be looked for in a text?"""

from __future__ import annotations

import re


def pattern(text: str) -> str:
    """Itself. Raises ValueError for what is none, and for one that every text holds."""
    try:
        empty = re.search(text, "") is not None
    except re.error as wrong:
        raise ValueError(f"is not a regular expression: {wrong}") from None
    if empty:
        raise ValueError("is found in every text")
    return text
