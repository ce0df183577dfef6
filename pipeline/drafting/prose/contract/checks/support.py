"""Does the sentence say something, and name what it rests on?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against

_LETTER = re.compile(r"[^\W\d_]")


def support(text: Text, _against: Against) -> Iterator[Found]:
    if not text.slots and not _LETTER.search(text.plain):
        yield Found(code=Code.NO_WORDS)
    elif not text.ids:
        yield Found(code=Code.NO_GROUND)
