"""Does a text tell what its writer was told to do: the words of the prompt itself?"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Code, Found
from ..runs import within
from ..text import Text
from .against import Against


def instructions(text: Text, against: Against) -> Iterator[Found]:
    for run in within(text.plain) & against.told_to_do:
        yield Found(code=Code.MACHINE, words=" ".join(run))
        return
