"""How is an incident told to those who work on it? Asked, found, tried, open, waits, promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ....domain.prose import Length, Sentence
from ..assignment import SECTIONS, TECHNICIAN, Assignment
from .chosen import chosen
from .groups import Told
from .heard import Heard
from .recorded import from_record, state_of
from .standing import overturned
from .telling import Telling
from .wording import Wording

MOST_OF_RECORD = {Length.SHORT: 1, Length.NORMAL: 6, Length.LONG: 12}
"""Sentences about the record in one section."""
_UNSETTLED = ("open", "waits", "promised")
_PAIR = 2
_STEPS = frozenset({"tried", "done", "fix_summary", "message"})
_TOLD = _STEPS | {"description", "reopening_reason", "title"}
LONG_ENOUGH = 8
"""Letters of words that may be looked for inside of others."""


def for_technician(assignment: Assignment, all_: Heard, words: Wording) -> tuple[Sentence, ...]:
    """The record first in each section, then what was said."""
    over = overturned(all_.said, two_alone=all_.speakers <= _PAIR)
    by_section = chosen(all_.said, over, assignment.length)
    settled = _settled_at(assignment)
    telling = Telling(assignment, words)
    told = set(all_.quoted)
    sentences: list[Sentence] = []
    for section in SECTIONS[TECHNICIAN]:
        frames = words.frames[TECHNICIAN][section]
        most = MOST_OF_RECORD[assignment.length]
        sentences += from_record(assignment, section, frames, told, most)
        for one in _after(by_section, section, settled):
            sentences.append(telling.sentence(one))
    return tuple(_without_echo(sentences, assignment))


def _settled_at(assignment: Assignment) -> datetime | None:
    """When the record says that it was over: what was open before then is not open any more."""
    brief = assignment.brief
    restored = brief.find("restored_at")
    if restored is not None and brief.find("relapsed_at") is None:
        return restored.value if isinstance(restored.value, datetime) else None
    state = brief.find("state")
    return state.at if state is not None and state_of(brief) in ("resolved", "closed") else None


def _after(
    by_section: Mapping[str, Sequence[Told]], section: str, settled: datetime | None
) -> Iterator[Told]:
    for told in by_section[section]:
        at = told.sentences[-1].line.at
        if section in _UNSETTLED and settled is not None and at is not None and at <= settled:
            continue
        yield told


def _without_echo(sentences: Sequence[Sentence], assignment: Assignment) -> Iterator[Sentence]:
    """A line whose words the record's own sentence tells already says nothing more."""
    values = {
        (fact.attribute, _bare(str(fact.value)))
        for fact in assignment.brief.facts
        if fact.attribute in _TOLD
    }
    for sentence in sentences:
        quote = "".join(piece for piece in sentence.pieces if isinstance(piece, str))
        words = _bare(quote.partition("“")[2].rpartition("”")[0])
        if not words or not any(_tells(a, value, words) for a, value in values):
            yield sentence


def _tells(attribute: str, value: str, words: str) -> bool:
    """The same; of steps that were told whole also a part."""
    part = attribute in _STEPS and len(words) >= LONG_ENOUGH and words in value
    return words == value or part


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
