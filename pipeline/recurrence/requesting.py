"""Does somebody ask for something, or report a failure? A password reset is none, however often it comes."""

from __future__ import annotations

import re
from functools import cache

from .word_lists import listed


def asks(title: str, body: str) -> bool:
    """Of normalised texts. The title decides where it says either; a failure in it outweighs a wish."""
    for text in (title, f"{title} {body}"):
        wishes, fails = _says(text, "requests"), _says(text, "failures")
        if wishes or fails:
            return wishes and not fails
    return False


def _says(text: str, what: str) -> bool:
    return _pattern(what).search(text) is not None


@cache
def _pattern(what: str) -> re.Pattern[str]:
    english = "|".join(re.escape(word) for word in sorted(listed(what, "en")))
    chinese = "|".join(re.escape(word) for word in sorted(listed(what, "zh")))
    return re.compile(rf"\b(?:{english})\b|{chinese}")
