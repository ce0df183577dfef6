"""Of a log that marks nothing, which words may people outside read? Sentences in which nothing belongs inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..assignment import Assignment
from .clauses import concerns_those_who_wait
from .cues import Cues
from .fit import is_closed, is_fit, kinds_judged
from .heard import heard
from .said import Said
from .standing import overturned

GAP = "\n…\n"
"""Stands where words were left out between two that stay."""


def readable_outside(everything: Assignment, cues: Cues) -> Mapping[str, str]:
    """By the id of a line the words of it in which nothing belongs to the machine room or to a person, and
    which no later line overturned: what came later may be among those that are left out."""
    all_ = heard(everything, cues)
    over = overturned(all_.said, two_alone=False)
    names = {line.speaker for line in everything.lines} - {""}
    by_line: dict[str, list[Said]] = {}
    for one in all_.said:
        by_line.setdefault(one.line.id, []).append(one)
    found: dict[str, str] = {}
    for line in everything.lines:
        kept = [
            one
            for one in by_line.get(line.id, ())
            if one.place not in over
            and is_fit(one.text, kinds_judged(one.cues, one.text), names)
            and concerns_those_who_wait(one.text, cues)
        ]
        if kept and not is_closed(line.text, cues):
            found[line.id] = _words(line.text, kept)
    return found


def _words(line: str, kept: Sequence[Said]) -> str:
    """The line as it was written where all of it is kept, else runs of sentences that stood together in it."""
    if _letters("".join(one.text for one in kept)) == _letters(line):
        return line
    runs: list[str] = []
    end = -1
    for one in kept:
        start = line.find(one.text, max(end, 0))
        between = line[end:start] if end >= 0 else ""
        if start < 0:
            start, between = 0, "."
        if runs and not one.after_gap and not between.strip(" \n.。!！?？;；,，"):
            runs[-1] = f"{runs[-1]}{between}{one.text}"
        else:
            runs.append(one.text)
        end = start + len(one.text)
    return GAP.join(runs)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
