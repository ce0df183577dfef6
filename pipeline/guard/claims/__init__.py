"""Is every claim of a text on the record? `judge` says so, sentence by sentence, without any model."""

from __future__ import annotations

from ...domain.prose import Standing
from .briefed import record_of
from .claim import Claim
from .index import Index, indexed
from .judging import Judged, judge
from .lexicon import Lexicon
from .reading import Reader
from .record import Record, RecordedEvent, RecordedFact

__all__ = [
    "Claim",
    "Index",
    "Judged",
    "Lexicon",
    "Reader",
    "Record",
    "RecordedEvent",
    "RecordedFact",
    "Standing",
    "indexed",
    "judge",
    "record_of",
]
