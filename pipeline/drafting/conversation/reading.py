"""How does a log become a conversation? Recognised, read, timed, put in order, bounded, told apart, matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from ...domain.directory import Person
from ...domain.payload import PersonRef
from .archive import LARGEST, is_zip, logs_in
from .clock import moments
from .entry import BREAK, Read
from .formats import Format, named, recognised
from .line import Conversation, Problem, ProblemKind
from .lines import Lines
from .octets import is_text
from .opened import LogFile, Opened
from .order import ordered
from .skipped import skipped
from .speakers import Speakers


def read(
    files: Sequence[LogFile],
    *,
    now: datetime,
    zone: tzinfo,
    people: Iterable[Person | PersonRef] = (),
    given: str | None = None,
) -> Conversation:
    """The conversation that these files of one log hold: a mail, a chat's text, an export, a zip of them.

    `now` (with its zone) is the moment of reading, `zone` the reader's. `given` is one of
    `formats.NAMES`, or None to recognise it. Nothing raises for what a file holds: what cannot be read is
    a problem. Raises ValueError for a naive `now` or a format that there is not.
    """
    if now.tzinfo is None:
        raise ValueError("the moment of reading needs its zone")
    if given is not None and named(given) is None:
        raise ValueError(f"there is no format of a log called {given}")
    problems: list[Problem] = []
    opened = _opened(files, problems)
    found, names = _read(opened, given, problems)
    if not found.entries:
        if not problems:
            problems.append(Problem(kind=ProblemKind.EMPTY))
        return Conversation(lines=(), problems=_gathered(problems), format=names)
    when, unclear = moments(found.entries, now=now, zone=zone, month_first=found.month_first)
    problems += unclear
    places, moved = ordered(found.entries, when)
    if moved:
        problems.append(Problem(kind=ProblemKind.WRONG_ORDER, count=moved))
    made = Lines([(found.entries[place], when[place]) for place in places], dropped=found.dropped)
    lines = made.matched(Speakers(people), problems)
    return Conversation(
        lines=lines, problems=_gathered(problems), format=names, dropped=made.dropped
    )


def _opened(files: Sequence[LogFile], problems: list[Problem]) -> list[Opened]:
    opened: list[Opened] = []
    for file in files:
        if len(file.content) > LARGEST:
            problems += skipped(file.name, ProblemKind.TOO_LARGE)
        elif is_zip(file.content):
            opened += [Opened(file=inside) for inside in logs_in(file, problems)]
        else:
            opened.append(Opened(file=file))
    return [one for one in opened if _is_log(one.file, problems)]


def _is_log(file: LogFile, problems: list[Problem]) -> bool:
    """What is no text is told, and not read: as one it would be any characters, at a great price."""
    if is_text(file.content):
        return True
    problems += skipped(file.name, ProblemKind.UNKNOWN_FORMAT)
    return False


def _read(files: Sequence[Opened], given: str | None, problems: list[Problem]) -> tuple[Read, str]:
    """All files of one format by one reader: the users of an export stand beside its messages."""
    groups: dict[str, list[Opened]] = defaultdict(list)
    by_name: dict[str, Format] = {}
    for file in files:
        chosen = named(given) if given else recognised(file)
        if chosen is None:
            problems += file.problems
            kind = ProblemKind.UNKNOWN_FORMAT if file.text else ProblemKind.EMPTY
            problems += skipped(file.name, kind)
            continue
        groups[chosen.name].append(file)
        by_name[chosen.name] = chosen
    whole = Read()
    for name, group in groups.items():
        one = by_name[name].read(group)
        whole.entries += [BREAK, *one.entries] if whole.entries else one.entries
        whole.dropped += one.dropped
        problems += one.problems
        whole.month_first = one.month_first if len(groups) == 1 else None
    return whole, "+".join(groups)


def _gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One of each kind, with the sum and the first thing it is about: a reader needs no thousand."""
    sums: dict[ProblemKind, Problem] = {}
    for one in problems:
        before = sums.get(one.kind)
        count = one.count + (before.count if before else 0)
        of = before.of if before and before.of else one.of
        n = before.n if before and before.n is not None else one.n
        sums[one.kind] = Problem(kind=one.kind, n=n, count=count, of=of)
    return tuple(sums.values())
