"""Is a reader told to do something, or asked for a secret? What readers can do is a fact, in its slot."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against


def orders(text: Text, against: Against) -> Iterator[Found]:
    yield from (Found(code=Code.ORDER, words=w) for w in against.tables.orders.words_in(text.plain))
