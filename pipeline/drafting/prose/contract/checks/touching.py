"""Does a number, time or code touch another one, a letter or a sign, so that both would say a new one?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .....domain.facts import ValueKind as K
from .....domain.prose import Part
from ..offer import Slot
from ..problems import Code, Found
from ..text import GAP, Text
from .against import Against

_TOUCHING = re.compile(
    rf"{GAP}[-−–+.,:/~·*^_'’]?{GAP}|(?:(?<=\s)|^)[-−–+.~]{GAP}|[A-Za-z.,:]{GAP}|{GAP}[A-Za-z]"
)
"""`{C1}{C1}` would be another number, `-{C1}` too, `{C1}:{C2}` a time, `{C1}k` a thousand times as much."""


_EXACT = frozenset({K.NUMBER, K.TIME, K.DURATION, K.IDENTIFIER})
_WORDY = "”"
"""Stands for a value of words, which nothing turns into another by touching it."""


def touching(text: Text, _against: Against) -> Iterator[Found]:
    written = "".join(map(_written, text.pieces))
    for found in _TOUCHING.finditer(written):
        yield Found(code=Code.TOUCHING, words=found[0].replace(GAP, "{…}"))


def _written(piece: str | Slot) -> str:
    if isinstance(piece, str):
        return piece
    is_time = piece.ref is not None and piece.ref.part is Part.TIME
    found = piece.fact is not None and (piece.fact.kind in _EXACT or piece.name.startswith("C"))
    return GAP if is_time or found else _WORDY
