"""Does a name that the assignment knows stand outside a slot?"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against


def names(text: Text, against: Against) -> Iterator[Found]:
    if against.names is not None:
        yield from (Found(code=Code.NAME, words=m[0]) for m in against.names.finditer(text.plain))
