"""What did people themselves write of a cause? Their lines, quoted as they stand, with who doubted or denied it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .candidate import Candidate, Code, Kind, key_of, told, weighed
from .from_changes import named_by
from .seen import Line, Seen
from .wording import words

MOST = 8
"""Lines that are offered, the latest: early guesses are overtaken."""
ALIKE = 0.5
"""Share of the fewer words that two lines have to share to speak of one thing."""
LONGEST = 400
"""Characters of a line that is one thought, and no pasted log."""


def from_lines(seen: Seen) -> Iterator[Candidate]:
    """A line that names a change speaks for or against that change instead."""
    own = [
        line
        for line in seen.lines
        if line.claims and not line.denies and len(line.text) <= LONGEST
        if not named_by(line, seen.changes)
    ]
    taken: list[Line] = []
    for line in reversed(own):
        if len(taken) < MOST and not any(_alike(line, one) for one in taken):
            taken.append(line)
            yield _candidate(line, seen.lines)


def _candidate(line: Line, lines: Sequence[Line]) -> Candidate:
    alike = [one for one in lines if one is not line and _alike(one, line)]
    others = {one.speaker for one in alike if one.claims and not one.denies} - {line.speaker}
    denying = next((one for one in reversed(alike) if one.denies), None)
    return Candidate(
        key=key_of(Kind.SAID, line.id),
        kind=Kind.SAID,
        name=line.speaker,
        what=line.text,
        at=line.at,
        evidence=told(
            weighed(Code.SAID_AS_FOUND, float(line.settled and not line.doubts)),
            weighed(Code.SAID_BY_SEVERAL, 1 - 1 / (1 + len(others)), people=len(others) + 1),
            weighed(Code.SAID_WITH_DOUBT, float(line.doubts)),
            weighed(Code.DENIED_LATER, 1.0, quote=denying.text, who=denying.speaker)
            if denying
            else None,
            weighed(Code.SAID_ALONE, float(not others)),
        ),
    )


def _alike(one: Line, other: Line) -> bool:
    mine, theirs = words(one.text), words(other.text)
    fewer = min(len(mine), len(theirs))
    return fewer > 0 and len(mine & theirs) / fewer >= ALIKE
