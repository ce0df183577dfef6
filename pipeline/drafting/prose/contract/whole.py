"""What may be wrong with a text as a whole: too long, told twice, or other than the same text in the other language?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ....domain.prose import Length
from ..lengths import MOST_SENTENCES
from .offer import Offer
from .problems import Code, Found
from .text import Text

Placed = tuple[int | None, Found]
"""A finding, and the sentence that it is about, from 1."""


def whole(
    texts: Sequence[Text], length: Length, sections: Sequence[str], like: Sequence[Text] | None
) -> Iterator[Placed]:
    if not texts:
        yield None, Found(code=Code.EMPTY)
    most = MOST_SENTENCES[length]
    if like is None and len(texts) > most:
        yield None, Found(code=Code.TOO_MANY, words=f"{len(texts)}, and {most} are allowed")
    seen: set[str] = set()
    for n, text in enumerate(texts, 1):
        if text.section not in sections:
            yield n, Found(code=Code.SECTION, words=text.section or "nothing")
        bare = "".join(p if isinstance(p, str) else p.name for p in text.pieces)
        bare = "".join(c for c in bare if c.isalnum()).casefold()
        if bare in seen:
            yield n, Found(code=Code.REPEATED)
        seen.add(bare)
    if like is not None:
        yield from _parity(texts, like)


def left_out(texts: Sequence[Text], offer: Offer, tells: Collection[str]) -> Iterator[Placed]:
    """Facts of which nothing may be left out, and which no place of the text names."""
    told = {slot.ground for text in texts for slot in text.slots}
    for slot in offer.slots.values():
        if slot.ground in tells and slot.fact is not None and slot.ground not in told:
            yield None, Found(code=Code.LEFT_OUT, words=f"{{{slot.name}}}")


def _parity(texts: Sequence[Text], like: Sequence[Text]) -> Iterator[Placed]:
    """Sentence by sentence the same values, whatever their order: languages differ in that (law 14)."""
    if [text.section for text in texts] != [text.section for text in like]:
        sections = ", ".join(text.section for text in like)
        yield None, Found(code=Code.PARITY_SENTENCES, words=f"{len(like)} sentences ({sections})")
        return
    for n, (text, other) in enumerate(zip(texts, like, strict=True), 1):
        ours, theirs = _slots(text), _slots(other)
        if ours != theirs:
            yield n, Found(code=Code.PARITY_SLOTS, words=" ".join(theirs) or "none")


def _slots(text: Text) -> list[str]:
    return sorted(f"{{{slot.name}}}" for slot in text.slots)
