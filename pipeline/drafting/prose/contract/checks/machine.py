"""Does the model speak of itself, of its task, or does a program's error stand for the text?"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against


def machine(text: Text, against: Against) -> Iterator[Found]:
    found = against.tables.machine.words_in(text.plain.lstrip())
    yield from (Found(code=Code.MACHINE, words=w) for w in found)
