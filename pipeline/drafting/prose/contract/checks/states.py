"""Does a word tell a state outside a slot: restored, closed, cause found, unavailable?"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against


def states(text: Text, against: Against) -> Iterator[Found]:
    yield from (Found(code=Code.STATE, words=w) for w in against.tables.states.words_in(text.plain))
