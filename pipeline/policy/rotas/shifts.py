"""Who of the directory does a calendar mean, who has it at a moment, and where do its shifts overlap or leave gaps?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from ...domain.communication import Reason
from ...domain.directory import Person
from ...domain.rota import Shift
from .occurrences import Occurrence

LOOKED_AHEAD = timedelta(days=28)
"""How far gaps and overlaps are looked for: later ones are still being planned."""
MOST_NOTED = 3
_PARTS = re.compile(r"\s+[-\u2013\u2014]\s+|[:\uff1a,\uff0c;\uff1b/\u3001&|]+")
_TAG = re.compile(r"^\s*[\[(\u3010\uff08][^\])\u3011\uff09]*[\])\u3011\uff09]\s*")


class Names:
    """People by each way in which a calendar may write them."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._known: dict[str, str] = {}
        for person in people:
            if not person.active:
                continue
            names = (person.names.zh, person.names.en) if person.names else ()
            mails = (a.value for a in person.addresses if a.channel == "mail")
            for written in (person.id, person.name, *names, *mails):
                self._known.setdefault(_folded(written), person.id)

    def meant(self, occurrence: Occurrence) -> list[tuple[str, str | None]]:
        """Each who is named, as the calendar says it, and who that is here. An attendee's address counts before their
        name; without attendees the title counts, whole or in its parts."""
        if occurrence.named:
            return [
                (name or mail or occurrence.title or "?", self._of(mail) or self._of(name))
                for name, mail in occurrence.named
            ]
        title = _TAG.sub("", occurrence.title)
        parts = dict.fromkeys(part.strip() for part in (title, *_PARTS.split(title)))
        found = [(part, person) for part in parts if (person := self._of(part))]
        return [*found] or [(occurrence.title or "?", None)]

    def _of(self, written: str) -> str | None:
        return self._known.get(_folded(written)) if written.strip() else None


def shifts_of(occurrences: Iterable[Occurrence], names: Names) -> list[Shift]:
    """One for each person of each occurrence."""
    return [
        Shift(starts_at=one.starts_at, ends_at=one.ends_at, said=said[:200], person=person)
        for one in occurrences
        for said, person in names.meant(one)
    ]


def at(shifts: Iterable[Shift], moment: datetime) -> list[Shift]:
    return [shift for shift in shifts if shift.starts_at <= moment < shift.ends_at]


def notes_on(shifts: Sequence[Shift], now: datetime) -> Iterator[Reason]:
    """What whoever keeps the calendar should see: strangers, gaps, and times at which several have it."""
    ahead = [s for s in shifts if s.ends_at > now and s.starts_at < now + LOOKED_AHEAD]
    if not ahead:
        yield Reason(code="rota_empty", values={"days": str(LOOKED_AHEAD.days)})
        return
    strangers = dict.fromkeys(shift.said for shift in ahead if shift.person is None)
    if strangers:
        shown = ", ".join(list(strangers)[:MOST_NOTED])
        yield Reason(code="rota_strangers", values={"names": shown, "count": str(len(strangers))})
    gaps, overlaps = [], []
    for since, until, having in _pieces(ahead, now):
        if not having:
            gaps.append((since, until))
        elif having > 1:
            overlaps.append((since, until))
    for code, found in (("rota_gaps", gaps), ("rota_overlaps", overlaps)):
        joined = list(_joined(found))
        if joined:
            values = {"count": str(len(joined)), "promised_at": joined[0][0].isoformat()}
            yield Reason(code=code, values=values)


def _pieces(shifts: Sequence[Shift], now: datetime) -> Iterator[tuple[datetime, datetime, int]]:
    """The stretches from now on, with how many different people have it in each."""
    turns = [(now, "", 0), (now + LOOKED_AHEAD, "", 0)]
    for shift in shifts:
        who = shift.person or shift.said
        turns += [(max(shift.starts_at, now), who, 1), (shift.ends_at, who, -1)]
    having: Counter[str] = Counter()
    begun = now
    for turn, who, step in sorted(turns, key=lambda one: one[0]):
        if turn > now + LOOKED_AHEAD:
            break
        if turn > begun:
            yield begun, turn, sum(n > 0 for n in having.values())
            begun = turn
        having[who] += step
        if not having[who]:
            del having[who]


def _joined(stretches: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    held: tuple[datetime, datetime] | None = None
    for since, until in stretches:
        if held is not None and held[1] == since:
            held = (held[0], until)
            continue
        if held is not None:
            yield held
        held = (since, until)
    if held is not None:
        yield held


def _folded(written: str) -> str:
    return " ".join(written.split()).casefold()
