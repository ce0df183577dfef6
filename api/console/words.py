"""What is a word of the interface called in the reader's language? gettext catalogues, read by Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from pipeline.domain.directory import LANGUAGES, Language

_CODE = re.compile(r"^[a-z]+:(?=\S+$)")
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
    found = catalogue(language).get(text) or _CODE.sub("", text)
    return found.format(**values) if values else found
