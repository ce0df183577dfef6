"""Which slots may a text use? One for each value that its writer is shown, by a short name.

`F1` is a fact, `C1` a candidate, `L1` a line quoted, `S1` a speaker's name, `T1` the time of line 1, `P1` a
word that was taken out before the model reads the text. The same assignment gives the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ....domain.facts import Fact
from ....domain.prose import Part, Quoted, Ref
from ...marks import one_line
from ...slot_names import ANNOUNCED
from ..assignment import TECHNICIAN, Assignment

MOST_FACTS = 150
MOST_LINES = 200
MOST_CHARACTERS = 24_000
"""Of lines that a model reads; of more the newest are kept."""
LONGEST_LINE = 700
"""Characters of one line; a longer one ends in an ellipsis."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """`ref` is where code writes its value, or `original` what stands for it already. A sentence that uses
    it rests on the fact or line `ground`; a speaker's name alone proves nothing."""

    name: str
    ref: Ref | None = None
    original: str = ""
    ground: str | None = None
    fact: Fact | None = None
    line: Quoted | None = None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All slots by name. `older_lines` and `older_facts` count what was too much to be shown."""

    slots: Mapping[str, Slot]
    older_lines: int
    older_facts: int

    def of(self, first: str) -> list[Slot]:
        """Those whose names begin with this letter, in order."""
        return [slot for name, slot in self.slots.items() if name.startswith(first)]

    def name_of(self, ref: Ref) -> str:
        return next(name for name, slot in self.slots.items() if slot.ref == ref)


def offered(assignment: Assignment, placeholders: Mapping[str, str] | None = None) -> Offer:
    """`placeholders` are names such as `P1`, with or without braces, and what each stands for."""
    known = [fact for fact in assignment.brief.facts if _is_told(fact, assignment)]
    facts, older_facts = _newest(known)
    candidates, older_candidates = _newest(assignment.candidates)
    lines, older_lines = _fitting(assignment.lines)
    slots = [
        *_values("F", facts),
        *_values("C", candidates),
        *_lines(lines),
        *_speakers(lines.values()),
        *_placeholders(placeholders or {}),
    ]
    return Offer(
        slots={slot.name: slot for slot in slots},
        older_lines=older_lines,
        older_facts=older_facts + older_candidates,
    )


def _is_told(fact: Fact, assignment: Assignment) -> bool:
    """A time that was announced and has passed is told only to those who work on it."""
    if fact.attribute not in ANNOUNCED or assignment.kind == TECHNICIAN:
        return True
    return not (isinstance(fact.value, datetime) and fact.value <= assignment.now)


def _newest(facts: Sequence[Fact]) -> tuple[list[Fact], int]:
    """In their own order. Of too many those that were recorded last."""
    if len(facts) <= MOST_FACTS:
        return list(facts), 0
    order = sorted(range(len(facts)), key=lambda n: facts[n].at)
    return [facts[n] for n in sorted(order[-MOST_FACTS:])], len(facts) - MOST_FACTS


def _fitting(lines: Sequence[Quoted]) -> tuple[dict[int, Quoted], int]:
    """The newest lines that fit, by their place from 1, and how many older ones do not. One in which
    nothing can be seen is passed over."""
    kept: dict[int, Quoted] = {}
    characters = 0
    for n in range(len(lines), 0, -1):
        line = lines[n - 1]
        characters += min(len(line.text), LONGEST_LINE) + len(line.speaker)
        if len(kept) == MOST_LINES or (kept and characters > MOST_CHARACTERS):
            return dict(sorted(kept.items())), n
        if one_line(line.text):
            kept[n] = line
    return dict(sorted(kept.items())), 0


def _values(first: str, facts: Iterable[Fact]) -> Iterator[Slot]:
    for n, fact in enumerate(facts, 1):
        yield Slot(name=f"{first}{n}", ref=Ref(fact=fact.id), ground=fact.id, fact=fact)


def _lines(lines: Mapping[int, Quoted]) -> Iterator[Slot]:
    for n, line in lines.items():
        yield Slot(name=f"L{n}", ref=Ref(fact=line.id), ground=line.id, line=line)
        if line.at is not None:
            ref = Ref(fact=line.id, part=Part.TIME)
            yield Slot(name=f"T{n}", ref=ref, ground=line.id, line=line)


def _speakers(lines: Iterable[Quoted]) -> Iterator[Slot]:
    """Each once: by who it is where that is known, else by the name."""
    first: dict[str, Quoted] = {}
    for line in lines:
        if one_line(line.speaker):
            first.setdefault(speaker_key(line), line)
    for n, line in enumerate(first.values(), 1):
        yield Slot(name=f"S{n}", ref=Ref(fact=line.id, part=Part.SPEAKER), line=line)


def speaker_key(line: Quoted) -> str:
    return f"id:{line.person}" if line.person else line.speaker


def _placeholders(placeholders: Mapping[str, str]) -> Iterator[Slot]:
    for name, original in placeholders.items():
        yield Slot(name=name.strip("{}"), original=original)
