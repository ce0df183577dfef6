"""Which lines of a chat in text make one message? Heads are judged with the log around them.

A line that is no head belongs to the message above. A head that words of a sentence may look like counts
only where an empty line stands above it, or where its name comes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .entry import Entry
from .heads import Head, head_of, is_full_name, is_name, is_notice, name_and_text
from .history import who_is
from .line import Part
from .stamps import UNKNOWN, Stamp, days_in

_TITLE = 1_000
"""Characters above the first message in which the log's date is looked for."""
_QUIET = 200
"""Characters; what a program says between messages is short."""


@dataclass(frozen=True, slots=True)
class _At:
    """A head, the line it stands on, and the first line below that is not part of it."""

    line: int
    head: Head
    below: int


def heads_in(text: str) -> list[Head]:
    """The heads of a text that count, in its order."""
    lines = text.split("\n")
    return [found.head for found in _heads(lines)]


def assembled(text: str) -> list[Entry]:
    """The messages of a chat's text, the words before its first head among them. Nothing is left out."""
    lines = text.split("\n")
    found = list(_heads(lines))
    first = found[0].line if found else len(lines)
    entries = [_preface("\n".join(lines[:first]))]
    for place, one in enumerate(found):
        end = found[place + 1].line if place + 1 < len(found) else len(lines)
        words_ = [one.head.rest, *lines[one.below : end]]
        as_it_stands = "\n".join(lines[one.line : one.below])
        entries += _split(one.head, "\n".join(words_).strip("\n"), as_it_stands)
    return [entry for entry in entries if entry.text.strip()]


def _preface(text: str) -> Entry:
    """The words above the first message. A date within them is that of the log, if there is only one;
    of several none is known to be."""
    entry = _entry(Head("preface", "", None), text, "")
    days = days_in(text[:_TITLE])
    if not days:
        return entry
    return replace(entry, stamp=Stamp(written="", day=days.pop() if len(days) == 1 else UNKNOWN))


def _split(head: Head, text: str, as_it_stands: str) -> Iterator[Entry]:
    """A date or zone has nobody's words below it; a message without words is told as it stands."""
    if head.form in {"date", "zone"}:
        yield Entry(text=as_it_stands.strip(), stamp=head.stamp, part=Part.NOTICE)
        if text.strip():
            yield _entry(Head("preface", "", None), text, "")
    else:
        yield _entry(head, text, as_it_stands)


def _entry(head: Head, text: str, as_it_stands: str) -> Entry:
    quiet = not head.speaker and len(text) < _QUIET and is_notice(text)
    empty = not text.strip()
    speaker: str = head.speaker.lstrip("@")
    keys: tuple[str, ...] = ()
    if "@" in speaker:
        speaker, keys = who_is(speaker)
    return Entry(
        text=as_it_stands.strip() if empty else text,
        speaker=speaker,
        keys=keys,
        stamp=head.stamp,
        written=head.stamp.written if head.stamp else "",
        part=Part.NOTICE if quiet or empty else Part.SAID,
    )


def _heads(lines: list[str]) -> Iterator[_At]:
    timed = [_At(n, head, n + 1) for n, line in enumerate(lines) if (head := head_of(line))]
    timed = list(_with_names_above(lines, timed))
    names = Counter(one.head.speaker for one in timed if one.head.speaker)
    counts = [one for one in timed if _certain(one, lines, names)]
    named = {one.head.form.partition("-")[0] for one in counts if one.head.speaker}
    if not named:
        yield from _without_times(lines, counts)
        return
    for one in counts:
        form, _, kind = one.head.form.partition("-")
        if kind == "bare" and form not in named:
            continue
        if form == "alone":
            continue
        yield one


def _with_names_above(lines: list[str], timed: list[_At]) -> Iterator[_At]:
    """A time alone on its line, below a name alone on its own."""
    above = [
        lines[one.line - 1].strip() if one.head.form == "alone" and one.line else ""
        for one in timed
    ]
    often = Counter(name for name in above if name)
    for one, name in zip(timed, above, strict=True):
        if not name or not is_name(name):
            yield one
            continue
        alone = one.line == 1 or not lines[one.line - 2].strip()
        dated = one.head.stamp is not None and one.head.stamp.day is not None
        if alone or dated or often[name] > 1 or is_full_name(name):
            yield _At(one.line - 1, replace(one.head, form="above", speaker=name), one.below)
        else:
            yield one


def _certain(one: _At, lines: list[str], names: Counter[str]) -> bool:
    if one.head.certain or one.line == 0 or not lines[one.line - 1].strip():
        return True
    return bool(one.head.speaker) and names[one.head.speaker] > 1


def _without_times(lines: list[str], timed: list[_At]) -> Iterator[_At]:
    """Where no time stands beside a name: each time begins a note; and names with colons count, when
    two lines have them or there is nothing else."""
    taken = {one.line for one in timed}
    named = [
        _At(n, head, n + 1)
        for n, line in enumerate(lines)
        if n not in taken and (head := name_and_text(line.strip()))
    ]
    told = sum(1 for line in lines if line.strip())
    if len(named) >= 2 or told == 1:
        timed = sorted([*timed, *named], key=lambda one: one.line)
    yield from timed
