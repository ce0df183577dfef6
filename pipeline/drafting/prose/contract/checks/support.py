"""Does the sentence say something, and name what it rests on?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against

_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+")
_LEAST = 3
"""Words, or Chinese characters, of a sentence in which no value stands."""


def support(text: Text, _against: Against) -> Iterator[Found]:
    if not text.slots and "{" not in text.raw and not _says_something(text.plain):
        yield Found(code=Code.NO_WORDS)
    elif not text.ids:
        yield Found(code=Code.NO_GROUND)


def _says_something(plain: str) -> bool:
    return bool(_LETTER.search(plain)) and len(_WORDS.findall(plain)) >= _LEAST
