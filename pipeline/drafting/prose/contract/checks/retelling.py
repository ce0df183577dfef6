"""Are words that somebody said told as ours, or as another's? Whoever writes a line could speak through us."""

from __future__ import annotations

from collections.abc import Iterator

from .....domain.prose import Part
from ..offer import Slot
from ..problems import Code, Found
from ..runs import within
from ..tables import Tables
from ..text import Text
from .against import Against, Heard

_NEAR, _WORDS = 16, 3
"""How far from a name the word for saying stands: characters, and words."""


def retelling(text: Text, against: Against) -> Iterator[Found]:
    """Some words in a row of a line need who said them, and that it was said; and whoever is named as saying
    something has a line of hers among what the sentence rests on."""
    told = against.tables.told[text.language]
    said = told.search(text.plain) is not None
    named = {slot.line.speaker for slot in text.slots if slot.line and _is_speaker(slot)}
    yield from _without_a_line(text, against.tables)
    runs = within(text.plain)
    heard = [one for one in against.heard if not runs.isdisjoint(one.runs)] if runs else []
    if heard and not any(_rightly(one, said, named) for one in heard):
        yield Found(code=Code.REPORTED, words=f"{{{heard[0].slot}}}")


def _without_a_line(text: Text, tables: Tables) -> Iterator[Found]:
    """Speakers who are named right beside a word for saying, and of whom no line is there."""
    told = tables.told[text.language]
    of = {s.line.speaker for s in (*text.grounds, *text.slots) if s.line and not _is_speaker(s)}
    for n, slot in enumerate(text.pieces):
        if isinstance(slot, str) or not _is_speaker(slot) or slot.line is None:
            continue
        after = text.pieces[n + 1] if n + 1 < len(text.pieces) else ""
        before = text.pieces[n - 1] if n else ""
        says = isinstance(after, str) and told.search(" ".join(after[:_NEAR].split()[:_WORDS]))
        after_word = isinstance(before, str) and before.rstrip().lower().endswith(
            tables.before_sources
        )
        if (says or after_word) and slot.line.speaker not in of:
            yield Found(code=Code.SPEAKER, words=f"{{{slot.name}}}")


def _is_speaker(slot: Slot) -> bool:
    return slot.ref is not None and slot.ref.part is Part.SPEAKER


def _rightly(one: Heard, said: bool, named: set[str]) -> bool:
    """The record's own words need nobody who says them; who is named beside words has to be theirs."""
    if named:
        return bool(named & one.speakers)
    return said or not one.is_speech
