"""Does a date, a weekday or a time stand outside a slot?"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against


def times(text: Text, against: Against) -> Iterator[Found]:
    yield from (Found(code=Code.TIME, words=w) for w in against.tables.times.words_in(text.plain))
