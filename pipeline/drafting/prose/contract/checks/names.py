"""Does a name stand outside a slot: one that the assignment knows, or one that it never heard of?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against

_CAPITAL = re.compile(r"(?<![A-Za-z0-9'’])[A-Z][a-z]+(?![A-Za-z])")
_BEGINS = tuple(".!?:;。！？：；")


def names(text: Text, against: Against) -> Iterator[Found]:
    if against.names is not None:
        yield from (Found(code=Code.NAME, words=m[0]) for m in against.names.finditer(text.plain))
    known = against.capitals | against.tables.capitals
    yield from (Found(code=Code.NAME, words=w) for w in _capitals(text.plain) if w not in known)


def _capitals(plain: str) -> Iterator[str]:
    """Words with a capital that do not begin a sentence."""
    for word in _CAPITAL.finditer(plain):
        before = plain[: word.start()].rstrip()
        if before and not before.endswith(_BEGINS):
            yield word[0]
