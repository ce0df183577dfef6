"""Which earlier messages does a mail bring along below, or within, its own words?

Three ways are known: marks (>) below "On … wrote:", a block of heads (From, Sent, To, Subject) with or
without a rule above it, and both in either language, to any depth. An earlier message tells its own speaker
and time, and keeps whose mail it came in; words between marked lines are an answer, and belong to the outer writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from .entry import Entry
from .line import Part
from .newest import MOST_ROWS
from .stamps import Day, Stamp, dated_stamp, stamp_at
from .words import any_of, folded, words

DEEPEST = 30
"""Quotations within one another; deeper ones are taken as this deep."""
_MARKS = re.compile(r"(?:\s{0,3}[>＞]){1,100}\s?")
_ADDRESS = re.compile(r"[^\s@<>\[\]()（）:：;,，\"']{1,64}@[A-Za-z0-9.-]{1,190}")
_BRACKETED = re.compile(r"[<\[(（][^<>\[\]()（）]{0,200}@[^<>\[\]()（）]{0,300}[>\])）]")
_LONGEST = 300
"""Characters of "On … wrote:"; clients break it over up to three lines."""
_MOST_HEADS = 8


@dataclass
class _Piece:
    """One message within the mail. `heads` are the lines that said whose it is."""

    speaker: str = ""
    keys: tuple[str, ...] = ()
    stamp: Stamp | None = None
    heads: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def unfolded(text: str, own: Entry, *, offset: int | None = None) -> list[Entry]:
    """The mail's own words as `own`, then each earlier message, quoted. `offset` is that of the mail's
    date, in minutes, by which its writer's program told the times of others."""
    lines = text.split("\n")
    pieces = _Unfolding(lines[:MOST_ROWS]).run()
    # So far down nobody reads who wrote it to whom: it goes with what stands above.
    pieces[-1].lines += lines[MOST_ROWS:]
    entries = [replace(own, text="\n".join(pieces[0].lines).strip("\n"))]
    for piece in pieces[1:]:
        entries += _earlier(piece, own, offset)
    return [entry for entry in entries if entry.text.strip()]


def has_history(text: str) -> bool:
    """Whether a text brings along at least one message with its heads."""
    return any(piece.speaker for piece in _Unfolding(text.split("\n")).run()[1:])


def _earlier(piece: _Piece, own: Entry, offset: int | None) -> Iterator[Entry]:
    if piece.heads:
        heads = "\n".join(piece.heads)
        yield Entry(text=heads, part=Part.NOTICE, quoted=True, visible=own.visible)
    written = piece.stamp.written if piece.stamp else ""
    stamp = dated_stamp(written)
    if stamp is not None and stamp.zone is None and offset is not None:
        stamp = _by_clock(stamp, offset, own.at)
    yield Entry(
        text="\n".join(piece.lines).strip("\n"),
        speaker=piece.speaker,
        keys=piece.keys,
        stamp=stamp,
        written=written,
        part=Part.AUTO_REPLY if own.part is Part.AUTO_REPLY else Part.SAID,
        quoted=True,
        brought_by=own.speaker,
        visible=own.visible,
    )


def _by_clock(stamp: Stamp, offset: int, own: datetime | None) -> Stamp:
    """By the clock of the mail that quotes it. Servers write `+0000` for everybody: that is no clock of the
    writer's where the quotation would be later than the mail."""
    day, clock = stamp.day, stamp.clock
    if offset == 0 and own is not None and isinstance(day, Day) and day.year and clock:
        quoted = (day.year, day.month, day.day, *clock[:2])
        at = own.astimezone(UTC)
        if quoted > (at.year, at.month, at.day, at.hour, at.minute):
            return stamp
    return replace(stamp, zone=offset)


class _Unfolding:
    """One pass from the top. `open` holds the piece of each depth of marks."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [_depth(line) for line in lines]
        self.pieces = [_Piece()]
        self.open = [self.pieces[0]]
        self.waiting: _Piece | None = None
        self.closed: _Piece | None = None
        """The earlier message that the outer writer has just answered a part of."""
        self.aside: list[str] = []
        """What was quoted since her last words: it stays above her answer, marked."""

    def run(self) -> list[_Piece]:
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        if self.waiting is not None:
            self.pieces.append(self.waiting)
        return self.pieces

    def _step(self, at: int) -> int:
        depth, line = self.lines[at]
        self._reach(depth, line)
        if depth and not self.waiting:
            self.aside.append(f"> {line}")
        if not line.strip():
            self.open[-1].lines.append("")
            return at + 1
        begun, end = self._begins(at, depth)
        if begun is None:
            self._say(line)
            return at + 1
        if self._depth_below(end) > depth:
            self.waiting = begun
        else:
            self.pieces.append(begun)
            self.open[-1] = begun
        return end

    def _reach(self, depth: int, line: str) -> None:
        """The piece of this depth is open: a deeper one is new, and a shallower one goes on."""
        if not line.strip() and depth < len(self.open) - 1:
            return
        while len(self.open) - 1 > depth:
            self.closed = self.open.pop()
        while len(self.open) - 1 < depth:
            again = self.closed if depth == 1 and self.waiting is None else None
            piece = self.waiting or again or _Piece()
            if again is not None:
                piece.lines.append("")
            else:
                self.pieces.append(piece)
            self.waiting = self.closed = None
            self.open.append(piece)

    def _say(self, line: str) -> None:
        if self.waiting is not None:
            # Nothing marked came below it after all.
            self.pieces.append(self.waiting)
            self.open[-1], self.waiting = self.waiting, None
        if len(self.open) == 1:
            if self.aside:
                self.open[0].lines += ["", *self.aside, ""]
            self.aside = []
        self.open[-1].lines.append(line)

    def _depth_below(self, at: int) -> int:
        for depth, line in self.lines[at : at + 4]:
            if line.strip():
                return depth
        return 0

    def _begins(self, at: int, depth: int) -> tuple[_Piece | None, int]:
        """An earlier message whose heads stand here, and where its words begin."""
        near = [line for d, line in self.lines[at : at + _MOST_HEADS + 3] if d == depth]
        near = (
            near
            if len(near) == len(self.lines[at : at + _MOST_HEADS + 3])
            else self._same(at, depth)
        )
        taken = _wrote(near)
        if taken is None:
            taken = _block(near)
        return (None, at) if taken is None else (taken[0], at + taken[1])

    def _same(self, at: int, depth: int) -> list[str]:
        same: list[str] = []
        for d, line in self.lines[at : at + _MOST_HEADS + 3]:
            if d != depth:
                break
            same.append(line)
        return same


def _depth(line: str) -> tuple[int, str]:
    found = _MARKS.match(line)
    if found is None:
        return 0, line
    depth = found[0].count(">") + found[0].count("＞")
    return min(depth, DEEPEST), line[found.end() :]


def _wrote(lines: list[str]) -> tuple[_Piece, int] | None:
    """ "On … wrote:" on one line, or broken over up to three."""
    joined = ""
    for taken, line in enumerate(lines[:3], 1):
        if not line.strip():
            return None
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST:
            return None
        for begins, end in _wordings():
            # Without a word before it a second line could be anybody's sentence.
            if taken > 1 and not begins:
                continue
            if joined.casefold().startswith(begins) and joined.casefold().endswith(end):
                inner = joined[len(begins) : len(joined) - len(end)]
                piece = _attributed(inner)
                if piece is not None:
                    piece.heads = lines[:taken]
                    return piece, taken
    return None


@cache
def _wordings() -> list[tuple[str, str]]:
    return [
        (each["begins"].casefold(), end.casefold())
        for each in words()["wrote"]
        for end in each["ends"]
    ]


def _attributed(inner: str) -> _Piece | None:
    """Who and when, in either order. Without a time or an address it is a sentence of somebody."""
    inner = inner.strip(" ,，")
    found = stamp_at(inner)
    stamp, who = (found[0], inner[found[1] :]) if found else (None, inner)
    if stamp is None:
        for gap in list(_gaps().finditer(inner))[:12]:
            later = stamp_at(inner, gap.end())
            if later is not None and not inner[later[1] :].strip(" ,，"):
                stamp, who = later[0], inner[: gap.start()]
                break
    if stamp is None and not _ADDRESS.search(inner):
        return None
    speaker, keys = who_is(who)
    return _Piece(speaker=speaker, keys=keys, stamp=stamp)


@cache
def _gaps() -> re.Pattern[str]:
    begins = "".join(
        each["begins"].strip() for each in words()["wrote"] if len(each["begins"]) == 1
    )
    return re.compile(rf"[{begins},，]\s*|\s+")


def who_is(written: str) -> tuple[str, tuple[str, ...]]:
    """The name and the mail addresses of `Jane Doe <jane@example.org>`, in the ways of clients."""
    keys = tuple(dict.fromkeys(key.rstrip(".") for key in _ADDRESS.findall(written[:_LONGEST])))
    name = _BRACKETED.sub("", written[:_LONGEST]).strip(" ,，;；\"'“”<>*:：\t")
    if not name and keys:
        name = keys[0]
    return name, keys


def _block(lines: list[str]) -> tuple[_Piece, int] | None:
    """Heads one below the other: whose and when, at least whose and one more."""
    at = 0
    while at < min(len(lines), 3) and (not lines[at].strip() or _is_rule(lines[at])):
        at += 1
    ruled = any(_is_rule(line) for line in lines[:at])
    told: dict[str, str] = {}
    end = at
    for n in range(at, min(len(lines), at + _MOST_HEADS)):
        found = _head().match(lines[n].strip().replace("*", ""))
        if found is None:
            if lines[n].strip() or not told:
                break
            continue
        told.setdefault(_head_names()[found[1].casefold().replace(" ", "")], found[2].strip())
        end = n + 1
    if "from" not in told or (len(told) < 2 and not ruled):
        return None
    speaker, keys = who_is(told["from"])
    stamp = stamp_at(told.get("sent", ""))
    piece = _Piece(speaker=speaker, keys=keys, stamp=stamp[0] if stamp else None)
    piece.heads = [line for line in lines[:end] if line.strip()]
    return piece, end


def _is_rule(line: str) -> bool:
    bare = line.strip(" -—_=*#>:：\t").casefold()
    return bare in folded("history_rules") or (not bare and len(line.strip()) >= 8)


@cache
def _head() -> re.Pattern[str]:
    names = any_of(name for each in words()["heads"].values() for name in each)
    return re.compile(rf"({names})\s{{0,4}}[:：]\s*(.*)$", re.IGNORECASE)


@cache
def _head_names() -> dict[str, str]:
    return {name.casefold(): head for head, each in words()["heads"].items() for name in each}
