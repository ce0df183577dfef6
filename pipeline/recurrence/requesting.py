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


def only_wishes(title: str, body: str) -> bool:
    """Of normalised texts: it asks for something, and nothing in it says that its writer is hindered. Whoever is, and
    asks for help, is not meant: for her an outage may be the reason."""
    said = f"{title} {body}"
    if _says(said, "hinders"):
        return False
    wished = _says(title, "wishes") and _says(title, "given_out")
    wished = wished or _says(title, "questions")
    return asks(title, body) or (wished and not _says(said, "failures"))


def _says(text: str, what: str) -> bool:
    return _pattern(what).search(text) is not None


@cache
def _pattern(what: str) -> re.Pattern[str]:
    english = "|".join(re.escape(word) for word in sorted(listed(what, "en")))
    chinese = "|".join(re.escape(word) for word in sorted(listed(what, "zh")))
    return re.compile(rf"\b(?:{english})\b|{chinese}")
