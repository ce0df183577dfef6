"""Is there a character that no sentence of ours has? Pictures, other scripts' marks, what nobody sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..problems import Code, Found
from ..text import Text
from .against import Against

_OURS = frozenset("LNPZ")
_SPARED = frozenset("<>`|~\n°℃")
"""Those of markup are named by its check already; a value may have its unit behind it."""


def characters(text: Text, _against: Against) -> Iterator[Found]:
    for piece in text.pieces:
        if not isinstance(piece, str) or (piece.isascii() and piece.isprintable()):
            continue
        for c in piece:
            if unicodedata.category(c)[0] not in _OURS and c not in _SPARED:
                yield Found(code=Code.CHARACTER, words=unicodedata.name(c, "unnamed").lower())
                return
