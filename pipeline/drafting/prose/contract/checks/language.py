"""Is the sentence in the language that was asked for? Names of products stay Latin in both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..problems import Code, Found
from ..quoting import HAN
from ..text import GAP, Text, simplified
from .against import Against

_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
_NAMES = {"zh": "simplified Chinese", "en": "English"}
LEAST_WORDS = 5
"""English words of which one at least is a word of grammar."""
LEAST_TRADITIONAL = 3
"""Characters that make a text one in traditional characters."""


def language(text: Text, against: Against) -> Iterator[Found]:
    plain = text.plain.replace(GAP, " ")
    ours = _is_chinese(plain) if text.language == "zh" else _is_english(plain, against)
    if not ours or _has_other_script(plain) or _is_traditional(text.raw):
        yield Found(code=Code.LANGUAGE, words=_NAMES[text.language])


def _is_chinese(plain: str) -> bool:
    """A sentence of slots and marks alone is in no language."""
    return len(_WORD.findall(plain)) <= len(HAN.findall(plain))


def _is_english(plain: str, against: Against) -> bool:
    if HAN.search(plain):
        return False
    return len(_WORD.findall(plain)) < LEAST_WORDS or bool(against.tables.english.search(plain))


def _has_other_script(plain: str) -> bool:
    if plain.isascii():
        return False
    return any(
        c.isalpha() and not HAN.match(c) and not unicodedata.name(c, "").startswith("LATIN")
        for c in plain
    )


def _is_traditional(raw: str) -> bool:
    """A few characters are written so in both."""
    differing = sum(a != b for a, b in zip(raw, simplified(raw), strict=False))
    return differing >= LEAST_TRADITIONAL
