"""In which order were the messages written? The log's own, unless every one tells its time and they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from .clock import Moment
from .entry import Entry
from .line import Part

LEAST = 3
"""Times that go down one after another before a log counts as written from the newest down."""


def ordered(entries: Sequence[Entry], found: Sequence[Moment]) -> tuple[list[int], int]:
    """The entries' places from the oldest to the newest, and how many were moved.

    A title stays on top; what the program says between messages stays with the one that follows.
    """
    title = 1 if entries and _is_heading(entries[0]) and entries[0].part is Part.SAID else 0
    places = _places(entries[title:], found[title:])
    places = [*range(title), *(place + title for place in places)]
    # That what a mail brings along is older than the mail is no disorder.
    own = [place for place in places if not entries[place].quoted]
    return places, sum(1 for before, place in zip(sorted(own), own, strict=True) if before != place)


def _places(entries: Sequence[Entry], found: Sequence[Moment]) -> list[int]:
    places = list(range(len(entries)))
    times = _with_followers(entries, found)
    known = [at for at in times if at is not None]
    down = all(a >= b for a, b in pairwise(known))
    turned = down and len(known) >= 2 and known[0] > known[-1]
    complete = len(known) == len(times)
    if turned and (complete or len(set(known)) >= LEAST):
        places = [place for group in reversed(_groups(entries)) for place in group]
    if complete:
        places.sort(key=known.__getitem__)
    return places


def _with_followers(entries: Sequence[Entry], found: Sequence[Moment]) -> list[datetime | None]:
    times = [moment.at for moment in found]
    for place in range(len(times) - 2, -1, -1):
        if times[place] is None and _is_heading(entries[place]):
            times[place] = times[place + 1]
    if len(times) > 1 and times[-1] is None and _is_heading(entries[-1]):
        times[-1] = times[-2]
    return times


def _groups(entries: Sequence[Entry]) -> list[list[int]]:
    """Each message with what the program said right before it, and what belongs to it."""
    groups: list[list[int]] = [[]]
    for place, entry in enumerate(entries):
        groups[-1].append(place)
        following = entries[place + 1] if place + 1 < len(entries) else None
        if not _is_heading(entry) and not (following and _is_one(entry, following)):
            groups.append([])
    return groups


def _is_one(entry: Entry, following: Entry) -> bool:
    """Whether two entries are of one message: its words and what was attached."""
    return entry.at is not None and (entry.at, entry.speaker) == (following.at, following.speaker)


def _is_heading(entry: Entry) -> bool:
    """What nobody says at no time: a title, a date, what the program tells."""
    return not entry.written and (entry.part is Part.NOTICE or not entry.speaker)
