"""Was that said in these very words? A quotation must stand in an event or a fact as it is.

What was said in the other language may be quoted in translation: then most of its words that a lexicon
knows must mean what the recorded ones mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...comparing import squeezed
from ..atoms import Quoted
from ..claim import Claim, Told, because
from ..polarity import Polar, polars
from ..reading import Reading, Word
from ..statements import Statement
from ..tokens import HAN

KIND = "quote"
Answers = frozenset[tuple[str, int]]
_ENDS = ".,;:!?。，；：！？…"


def quotes(told: Told) -> Iterator[Claim]:
    for quote in told.reading.quotes:
        words = squeezed(quote.words).strip(_ENDS)
        if not words:
            continue
        if words in told.index.squeezed:
            found = [s for s in told.index.statements if words in squeezed(s.reading.text)]
            yield told.supported(KIND, quote.start, quote.end, found or ["record"])
        elif translated := _translated(told, quote):
            yield told.supported(KIND, quote.start, quote.end, translated)
        else:
            reason = because("claim_no_quotation")
            yield told.unsupported(KIND, quote.start, quote.end, reason)


def _translated(told: Told, quote: Quoted) -> list[Statement]:
    words = [w for w in told.reading.words_in((quote.start, quote.end)) if len(w.keys) > 1]
    if not words:
        return []
    answers = _answers(told.polars, quote)
    han = bool(HAN.search(quote.words))
    return [
        statement
        for statement in told.index.statements
        for own in statement.reading.quotes
        if bool(HAN.search(own.words)) != han and _means(words, answers, statement.reading, own)
    ]


def _means(words: list[Word], answers: Answers, reading: Reading, own: Quoted) -> bool:
    """Half of the words mean the same; a word by itself does only where it is the only one."""
    keys = {k for k in reading.keys_in((own.start, own.end)) if not k.startswith("effects:")}
    shared = sum(bool(w.keys & keys) for w in words)
    theirs = _answers(polars(reading), own)
    if any((group, -sign) in theirs and (group, sign) not in theirs for group, sign in answers):
        return False
    agreed = len(answers & theirs)
    return shared * 2 >= len(words) and (shared + agreed >= 2 or len(words) == 1)


def _answers(found: list[Polar], quote: Quoted) -> Answers:
    return frozenset((p.group, p.sign) for p in found if quote.start <= p.start < quote.end)
