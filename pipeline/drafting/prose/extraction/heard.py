"""What was said, sentence by sentence, of all that a summary may draw on: lines, and longer texts of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....domain.directory import Bilingual
from ....domain.facts import Fact
from ....domain.prose import Quoted
from ...marks import columns
from ..assignment import Assignment
from .cues import Cue, Cues
from .said import WITHHELD, Act, Said, said
from .speaking import speakers_of
from .statements import sentences_of

LONG = 160
"""Columns from which on a text of the record is quoted by its decisive sentence, not written out."""
LISTENED = 4_000
"""Characters of one line that are looked at; a paragraph that is longer is a paste."""
_TEXTS = ("description", "note", "public_note")
_PROBLEM = frozenset({"symptom", "request", "failed"})


@dataclass(frozen=True)
class Heard:
    """`said` in the order of the conversation; `quoted` are ids of facts that are quoted rather than told."""

    said: tuple[Said, ...]
    quoted: frozenset[str]
    speakers: int


def heard(assignment: Assignment, cues: Cues) -> Heard:
    """Every sentence that may be told to anybody, with its act."""
    texts = _texts_of(assignment)
    lines = _in_order([*_as_lines(texts, assignment), *assignment.lines])
    cut = [(line, text, cues.find(text)) for line in lines for text in _sentences(line)]
    speakers = speakers_of(assignment.lines, assignment.brief, _first_problem(cut))
    found: list[Said] = []
    for line, text, marks in cut:
        if not any(cue.kind in WITHHELD for cue in marks):
            found.append(said(line, len(found), text, marks, speakers.of(line)))
    names = {line.speaker for line in assignment.lines if line.speaker}
    return Heard(tuple(found), frozenset(fact.id for fact in texts), len(names))


def _sentences(line: Quoted) -> Iterator[str]:
    yield from sentences_of(line.text[:LISTENED])


def _texts_of(assignment: Assignment) -> list[Fact]:
    """Notes, which say anything at all, and what is too long to be written out."""
    return [
        fact
        for fact in assignment.brief.facts
        if fact.attribute in _TEXTS
        and (fact.attribute != "description" or columns(_words(fact, assignment)) > LONG)
    ]


def _as_lines(facts: Sequence[Fact], assignment: Assignment) -> Iterator[Quoted]:
    requester = assignment.brief.find("requester_name")
    asks = _words(requester, assignment) if requester else ""
    for n, fact in enumerate(facts, 1):
        text = _words(fact, assignment)
        speaker = asks if fact.attribute == "description" else ""
        yield Quoted(id=fact.id, n=n, at=fact.at, speaker=speaker, text=text, level=fact.level)


def _words(fact: Fact, assignment: Assignment) -> str:
    if isinstance(fact.value, Bilingual):
        return fact.value.in_language(assignment.language)
    return str(fact.value)


def _in_order(lines: Sequence[Quoted]) -> list[Quoted]:
    """By time where all have one; else the record's texts first, and the log in its own order."""
    if all(line.at is not None for line in lines):
        return sorted(lines, key=_time)
    return list(lines)


def _time(line: Quoted) -> float:
    return line.at.timestamp() if line.at is not None else 0.0


def _first_problem(cut: Sequence[tuple[Quoted, str, list[Cue]]]) -> str | None:
    for line, _, marks in cut:
        if line.speaker and any(cue.kind in _PROBLEM for cue in marks):
            return line.speaker
    return None


def substance(said_: Sequence[Said]) -> list[Said]:
    """Without greetings and without words that only put something off."""
    return [one for one in said_ if one.act not in (Act.CHATTER, Act.DEFERS)]
