"""What is a word of the interface called in the reader's language? gettext catalogues, read by Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from pipeline.domain.directory import LANGUAGES, Language

_CODE = re.compile(r"^[a-z]+:(?=\S+$)")
_PLACE = re.compile(r"\{(\w+)\}")
_HAN, _LATIN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"), re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
LOCALE = Path(__file__).parent / "locale"


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> Mapping[str, str]:
    """English words → words of `language`. English is what the pages are written in."""
    file = LOCALE / language / "LC_MESSAGES" / "console.po"
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id and m.string}


def word(language: Language, text: str, **values: object) -> str:
    """`text` in `language`, with `{name}` places filled. A word without a translation stays English;
    a code that no catalogue knows (another channel's, an older check's) is shown bare."""
    found = to_fill(language, text, values)
    return found.format(**values) if values else found


def to_fill(language: Language, text: str, values: Mapping[str, object]) -> str:
    """The same before its places are filled; in Chinese with a blank where a value brings Latin beside Chinese, or
    the other way round."""
    found = catalogue(language).get(text) or _CODE.sub("", text)
    return _spaced(found, values) if values and language == "zh" else found


def _spaced(text: str, values: Mapping[str, object]) -> str:
    def apart(place: re.Match[str]) -> str:
        value = f"{values[place[1]]}"
        before, after = text[: place.start()][-1:], text[place.end() :][:1]
        left = " " if value and _meet(before, value[0]) else ""
        return f"{left}{place[0]}{' ' if value and _meet(value[-1], after) else ''}"

    return _PLACE.sub(apart, text)


def _meet(one: str, other: str) -> bool:
    return bool(
        (_HAN.match(one) and _LATIN.match(other)) or (_LATIN.match(one) and _HAN.match(other))
    )
