"""What would a file of past tickets bring? Its first rows are read, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from ...domain.history import Broken, Counts, PastTicket
from ...history.lines import Lines
from ...history.tickets import Reading, Twice

MOST = 2000
"""Rows that are looked at: a person waits."""
SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Look:
    """`whole` says that there were no more rows; of `counts`, `rows`, `twice` and `broken` are told."""

    counts: Counts
    tickets: tuple[PastTicket, ...]
    broken: tuple[Broken, ...]
    whole: bool


def look(content: BinaryIO, reading: Reading) -> Look:
    """Raises knowledge.errors.Refused for a file of which no row can be read."""
    found = list(islice(reading.tickets(Lines(content)), MOST + 1))
    seen = found[:MOST]
    broken = tuple(one for one in seen if isinstance(one, Broken))
    tickets = [one[1] for one in seen if isinstance(one, tuple)]
    twice = sum(isinstance(one, Twice) for one in seen)
    return Look(
        counts=Counts(rows=len(seen), broken=len(broken), twice=twice),
        tickets=tuple(tickets[:SHOWN]),
        broken=broken,
        whole=len(found) <= MOST,
    )
