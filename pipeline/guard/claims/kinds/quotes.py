"""Was that said in these very words? A quotation must stand in an event or a fact as it is."""

from __future__ import annotations

from collections.abc import Iterator

from ...comparing import squeezed
from ..claim import Claim, Told

KIND = "quote"
_ENDS = ".,;:!?。，；：！？…"


def quotes(told: Told) -> Iterator[Claim]:
    for quote in told.reading.quotes:
        words = squeezed(quote.words).strip(_ENDS)
        if not words:
            continue
        if words in told.index.squeezed:
            found = [s for s in told.index.statements if words in squeezed(s.reading.text)]
            yield told.supported(KIND, quote.start, quote.end, found or ["record"])
        else:
            reason = "nobody is recorded with these words"
            yield told.unsupported(KIND, quote.start, quote.end, reason)
