"""Is one text's wording in another? Compared without regard to case, width, spacing and escapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_QUOTE_PREFIX = re.compile(r"^(?:> ?)+", re.MULTILINE)
# Marks that nobody sees: joiners, directions, variation selectors, tags. Line separators are seen.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
_UNSEEN_RUN = re.compile(f"[{_UNSEEN}]+")
_IGNORED = re.compile(f"[\\s\\\\\u2028\u2029{_UNSEEN}]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LOOKS_LIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухкіјѕԁһӏԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ" + "ıɑɡ" + "‐‑‒–—―−﹘﹣⁃˗",
    "ABESIJKMHOPCTYXaeopcyxkijsdhlqw" + "ABEZHIKMNOPTYXaikvopux" + "iag" + "-" * 11,
)
"""Letters of other scripts and dashes that a reader takes for the Latin ones."""


def legible(text: str) -> str:
    """As a reader reads it: one width, nothing unseen, letters that look alike made one, traditional
    characters as simplified ones. Case and spaces stay."""
    if text.isascii():
        return text
    # Taken out before as well: between a letter and its accent one would keep the two apart.
    bare = _UNSEEN_RUN.sub("", text)
    wide = _UNSEEN_RUN.sub("", unicodedata.normalize("NFKC", bare))
    plain = unicodedata.normalize("NFC", wide.translate(_LOOKS_LIKE))
    return _simplified().convert(plain) if _HAN.search(plain) else plain


@cache
def _simplified() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def folded(text: str) -> str:
    """Case, width and what joins the parts of a name made equal; spaces stay, so that words can be
    told apart."""
    bare = _QUOTE_PREFIX.sub("", text) if ">" in text else text
    return legible(bare).casefold().replace("_", "-")


def squeezed(text: str) -> str:
    """Only the characters that count."""
    return _IGNORED.sub("", folded(text))


@dataclass(frozen=True)
class Haystack:
    """A text in which several wordings are looked for."""

    text: str

    @cached_property
    def _folded(self) -> str:
        return folded(self.text)

    @cached_property
    def squeezed(self) -> str:
        return _IGNORED.sub("", self._folded)

    @cached_property
    def _places(self) -> list[int]:
        """Where each squeezed character stands in the folded text."""
        gaps = {n for found in _IGNORED.finditer(self._folded) for n in range(*found.span())}
        return [n for n in range(len(self._folded)) if n not in gaps]

    def spans(self, needle: str) -> Iterator[tuple[int, int]]:
        """Every place, in the squeezed text, where a squeezed wording stands as whole words: `anna`
        is not in `can navigate`. Chinese has no spaces, so there it stands anywhere."""
        start = self.squeezed.find(needle) if needle else -1
        while start >= 0:
            end = start + len(needle)
            if self._is_whole(start, end):
                yield start, end
            start = self.squeezed.find(needle, start + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        first, last = self._places[start], self._places[end - 1] + 1
        before, after = self._folded[first - 1 : first], self._folded[last : last + 1]
        return not (
            _in_word(before, self._folded[first]) or _in_word(self._folded[last - 1], after)
        )


def _in_word(left: str, right: str) -> bool:
    return _spelled(left) and _spelled(right)


def _spelled(character: str) -> bool:
    """A letter or digit of a script that puts spaces between words."""
    return character.isalnum() and ord(character[0]) < 0x2E80
