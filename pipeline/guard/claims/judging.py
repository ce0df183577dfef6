"""Does every sentence of a text stand on the record? Claim by claim, with the evidence beside it."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.prose import Standing
from .claim import Claim, Told
from .index import Index
from .kinds import VALUES, WORDS
from .reading import Reading
from .sentences import sentences

_ORDER = list(Standing)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One sentence, where it stands in the text, its claims, and how it stands to the record."""

    text: str
    start: int
    end: int
    standing: Standing
    claims: tuple[Claim, ...]

    @property
    def is_wrong(self) -> bool:
        return self.standing in (Standing.CONTRADICTED, Standing.UNSUPPORTED)


def judge(text: str, index: Index) -> list[Judged]:
    """Every sentence in its order. Pure, and without a model: the same text gets the same verdict."""
    spans = list(sentences(text))
    readings = [index.reader.read(text[start:end]) for start, end in spans]
    zones = _zones(readings)
    found = []
    for (start, end), reading in zip(spans, readings, strict=True):
        told = Told(reading=reading, index=index, zones=zones, text=readings)
        kinds = VALUES if told.is_verbatim else (*VALUES, *WORDS)
        claims = tuple(claim for kind in kinds for claim in kind(told))
        standing = max((c.standing for c in claims), key=_ORDER.index, default=Standing.NO_CLAIM)
        found.append(
            Judged(text=text[start:end], start=start, end=end, standing=standing, claims=claims)
        )
    return found


def _zones(readings: list[Reading]) -> tuple[str, ...]:
    found = (m.entry.key for r in readings for m in r.marks if m.entry.category == "zones")
    return tuple(dict.fromkeys(found))
