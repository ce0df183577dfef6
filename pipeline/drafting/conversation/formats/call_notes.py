"""Notes of a call: free text, with times where somebody wrote them down. Any text can be read so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..assembled import assembled
from ..entry import BREAK, Entry, Read
from ..line import Part
from ..opened import Opened
from ..stamps import Day, Stamp, stamp_at
from ..words import any_of, folded, words
from .chat_text import read_as, style

_MOST_HEADS = 8
_LONGEST = 120
"""Characters of a line of the head."""


@dataclass(frozen=True, slots=True)
class _Headed:
    """Notes with a head: when the call was, and whose notes or words the rest is."""

    head: str
    stamp: Stamp
    speaker: str
    rest: str


def fits(file: Opened) -> float:
    """Surely when its name says so or its head does; a little for whatever is text."""
    if file.document is not None or not file.text:
        return 0.0
    if _headed(file.text) is not None:
        return 0.8
    if any(word in file.name for word in folded("products", "call_notes")):
        return 0.5
    return 0.3 if style(file) == "bare" else 0.1


def read(files: Sequence[Opened]) -> Read:
    """A note for each time, with the words below it; paragraphs where there is none. What a head says holds
    for all below it that says nothing else."""
    read = Read(month_first=None)
    for file in files:
        headed = _headed(file.text)
        if read.entries:
            read.entries.append(BREAK)
        if headed is None:
            one = read_as([file], month_first=None)
            read.entries += one.entries
            read.dropped += one.dropped
            read.problems += one.problems
            continue
        read.entries.append(Entry(text=headed.head, stamp=headed.stamp, part=Part.NOTICE))
        read.entries += [_under(headed, entry) for entry in assembled(headed.rest)]
        read.problems += file.problems
    return read


def _under(headed: _Headed, entry: Entry) -> Entry:
    if entry.part is not Part.SAID:
        return entry
    if entry.stamp is None:
        entry = replace(entry, stamp=headed.stamp, written=headed.stamp.written)
    return entry if entry.speaker else replace(entry, speaker=headed.speaker)


def _headed(text: str) -> _Headed | None:
    """The lines above the first empty one, or those that are labelled: with the call's whole time, and a
    caller or whoever took the notes."""
    lines = text.strip("\n").split("\n")
    end, stamp = 0, None
    told: dict[str, str] = {}
    for line in lines[:_MOST_HEADS]:
        label = _label().match(line.strip())
        found = _whole_time(line)
        if len(line) > _LONGEST or not (label or (found and not stamp)):
            break
        stamp = stamp or found
        if label:
            told.setdefault(_labels()[label[1].casefold()], label[2].strip())
        end += 1
    speaker = told.get("taken_by") or told.get("caller", "")
    if stamp is None or not speaker:
        return None
    return _Headed("\n".join(lines[:end]), stamp, speaker, "\n".join(lines[end:]).strip("\n"))


def _whole_time(line: str) -> Stamp | None:
    """A day and a clock, anywhere in the line."""
    for place in range(min(len(line), _LONGEST)):
        found = stamp_at(line, place) if place == 0 or not line[place - 1].isalnum() else None
        if found is not None and isinstance(found[0].day, Day) and found[0].clock is not None:
            return found[0]
    return None


@cache
def _labels() -> dict[str, str]:
    return {name.casefold(): key for key, each in words()["call_heads"].items() for name in each}


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"({any_of(_labels())})\s{{0,4}}[:：]\s*(.+)$", re.IGNORECASE)
