"""Is the sentence short enough to be read once?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...lengths import LONGEST_AT_ALL, LONGEST_SENTENCE
from ..problems import Code, Found
from ..text import GAP, Text
from .against import Against

_ZH = re.compile(rf"[\u3400-\u4dbf\u4e00-\u9fff{GAP}]|[A-Za-zÀ-ɏ'’-]+")
_EN = re.compile(rf"{GAP}|[^\s{GAP}]*[^\W_][^\s{GAP}]*")


def length(text: Text, _against: Against) -> Iterator[Found]:
    zh = text.language == "zh"
    n = len((_ZH if zh else _EN).findall(text.plain))
    unit = "characters" if zh else "words"
    if n > LONGEST_AT_ALL[text.language]:
        yield Found(code=Code.NO_SENTENCE, words=f"{n} {unit}")
    elif n > LONGEST_SENTENCE[text.language]:
        most = LONGEST_SENTENCE[text.language]
        yield Found(code=Code.LONG, words=f"{n} {unit}, {most} are enough")
