"""May this line, which a model wrote, stand for an article? Language by script, no links, no invented codes."""

from __future__ import annotations

import re
import unicodedata

from ..article import Language
from ..tokens.identifiers import identifiers
from ..tokens.normal import HAN, normal

LEAST_HAN = 2
LEAST_LATIN = 4
"""Letters that make a line Chinese, or English: product names stay Latin in both."""
_LINK = re.compile(r"://|\bwww\.|\]\(|[<>`]|\S@\S", re.IGNORECASE)
_DOTTED = re.compile(r"[a-z0-9_-]{2,}(?:[.\\][a-z0-9_-]{2,})+")
# A product with its year or number, as people shorten it: Win10 is Windows 10.
_PRODUCT = re.compile(r"[a-z]{3,}[0-9]{1,2}")
_SET_OFF = re.compile(r"[-._:/\\#\s]")


def plain(line: str) -> str:
    """The line without space around it. Raises ValueError for markup, links and control characters."""
    line = line.strip()
    if any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        for character in line
    ):
        raise ValueError("must be one line without control characters")
    if _LINK.search(line):
        raise ValueError("must hold no link, no mail address and no markup")
    return line


def in_language(line: str, language: Language) -> str:
    """The line. Raises ValueError when its script is another language's."""
    han = len(HAN.findall(line))
    letters = [character for character in line if character.isalpha() and not HAN.match(character)]
    latin = sum(unicodedata.name(character, "").startswith("LATIN") for character in letters)
    if latin < len(letters):
        raise ValueError("must be written in Chinese or Latin characters")
    if language == "zh" and han < LEAST_HAN:
        raise ValueError("must be in Chinese")
    if language == "en" and (han or latin < LEAST_LATIN):
        raise ValueError("must be in English")
    return line


def told_apart(line: str) -> str:
    """What is left of a line when its looks are taken away: two of the same are one question."""
    return "".join(character for character in normal(line) if character.isalnum())


class Codes:
    """What an article says of codes, numbers, versions, hosts and files."""

    def __init__(self, text: str) -> None:
        self._said = _SET_OFF.sub("", normal(text))

    def invented(self, line: str) -> list[str]:
        """Those of a line that the article does not say."""
        said = normal(line)
        found = [*identifiers(said), *_DOTTED.findall(said)]
        return [code for code in found if not (_PRODUCT.fullmatch(code) or self._says(code))]

    def _says(self, code: str) -> bool:
        return _SET_OFF.sub("", code) in self._said
