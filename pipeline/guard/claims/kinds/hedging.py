"""Is what the record only suspects told as sure?"""

from __future__ import annotations

from collections.abc import Iterator

from ..claim import Claim, Told
from ..reading import Word
from ..statements import Statement

KIND = "certainty"
_SHARE = 0.6
_SLACK = 0.15
"""Of the words, by which a surer statement may fall behind."""


def hedging(told: Told) -> Iterator[Claim]:
    """Of statements outside the causes too: a count that was estimated, a loss that is feared."""
    words = [w for w in told.reading.words if any(":" not in k for k in w.keys)]
    unknown = any(p.group in ("known", "confirmed") and p.sign < 0 for p in told.polars)
    searched = any(p.group == "investigating" for p in told.polars)
    if told.is_hedged or len(words) < 2 or told.is_all_advice or unknown or searched:
        return
    shares = [(_held(words, s), s) for s in told.index.doubtful]
    doubtful = [(share, s) for share, s in shares if share >= _SHARE and _tells_it(told, s)]
    if not doubtful:
        return
    share, best = max(doubtful, key=lambda pair: pair[0])
    sure = [s for s in told.index.statements if s.status != "suspected" and s.event != best.event]
    if not any(_held(words, s) >= share - _SLACK for s in sure):
        reason = "the record only suspects this"
        yield told.contradicted(KIND, 0, len(told.reading.text), [best], reason)


def _held(words: list[Word], statement: Statement) -> float:
    return sum(bool(w.keys & statement.keys) for w in words) / len(words)


def _tells_it(told: Told, statement: Statement) -> bool:
    """Most of what the statement itself says is told, so it is not merely the same subject."""
    own = statement.reading.words
    if statement.attribute:
        named = told.index.reader.read(
            f"{statement.what} {statement.attribute.replace('_', ' ')}"
        ).keys
        own = [w for w in own if not w.keys & named]
    return bool(own) and sum(bool(w.keys & told.reading.keys) for w in own) / len(own) >= 0.6
