"""Of a log that marks nothing, which lines may people outside read? Those of which anybody may read every word."""

from __future__ import annotations

from ..assignment import Assignment
from .cues import Cues
from .fit import fit_for_outsiders
from .heard import heard
from .standing import overturned


def readable_outside(everything: Assignment, cues: Cues) -> frozenset[str]:
    """Ids of lines in which nothing belongs to the machine room or to a person, and which no later line
    overturned: what came later may be among those that are left out."""
    all_ = heard(everything, cues)
    over = overturned(all_.said, two_alone=False)
    standing = {one.line.id for one in all_.said if one.place not in over}
    names = {line.speaker for line in everything.lines} - {""}
    return frozenset(
        line.id
        for line in everything.lines
        if line.id in standing and fit_for_outsiders(line.text, cues, names)
    )
