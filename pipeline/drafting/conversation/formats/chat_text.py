"""By what do chats copied as text differ? By the form of most of their heads, and by their file's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..assembled import assembled, heads_in
from ..entry import BREAK, Read
from ..heads import Head
from ..newest import MOST_ROWS, newest_rows
from ..opened import Opened
from ..stamps import Day, Figures
from ..words import folded

_END = 20_000
"""Characters at the beginning and at the end that tell how a log runs."""
NAMED = 0.95
"""How surely a file is what its name says, once it holds any head."""


def style(file: Opened) -> str:
    """The form of most heads: `slash`, `dash` and `words` are names above their text, by how the date is
    written; `half` times in brackets or below names; `line` is a message a line; `named` has no times;
    `bare` has times and no names; nothing where there is no head."""
    styles = Counter(each for head in file.heads if (each := _style(head)))
    return styles.most_common(1)[0][0] if styles else ""


def is_named_for(file: Opened, product: str) -> bool:
    """Whether the file's name says so, and what is in it is a chat."""
    named = any(word in file.name for word in folded("products", product))
    return named and style(file) not in {"", "bare"}


def read_as(files: Sequence[Opened], *, month_first: bool | None) -> Read:
    """The messages of all files, one after another."""
    read = Read(month_first=month_first)
    for file in files:
        on_top = _runs_down(file.text)
        text, dropped = newest_rows(file.text, on_top=on_top)
        # The date that would count may have stood above the cut, and no file's date is another's.
        if read.entries or (dropped and not on_top):
            read.entries.append(BREAK)
        read.entries += assembled(text)
        read.dropped += dropped
        read.problems += file.problems
    return read


def _runs_down(text: str) -> bool:
    """Whether a very long log has its newest message on top, by the dates at its ends."""
    if text.count("\n") < MOST_ROWS:
        return False
    ends = [_last_written(text[:_END]), _last_written(text[-_END:])]
    return ends[0] > ends[1] > ""


def _last_written(text: str) -> str:
    """The last whole date of a piece, as figures that sort."""
    stamps = [head.stamp for head in heads_in(text) if head.stamp is not None]
    days = [(s.day, s.clock or ()) for s in stamps if isinstance(s.day, Day) and s.day.year]
    if not days:
        return ""
    day, clock = days[-1]
    return f"{day.year:04}-{day.month:02}-{day.day:02} " + ":".join(f"{n:02}" for n in clock)


def _style(head: Head) -> str:
    form, _, kind = head.form.partition("-")
    if form == "named":
        return "named"
    if form in {"date", "zone"} or head.stamp is None:
        return ""
    if kind == "bare" or form == "alone":
        return "bare"
    if form == "bracket" and kind == "alone":
        return "half"
    if form in {"trailing", "above"} or kind == "alone":
        return _dated(head)
    return "line"


def _dated(head: Head) -> str:
    stamp = head.stamp
    if stamp is None or not stamp.written.isascii():
        return "words"
    if stamp.written.upper().endswith("M"):
        return "half"
    if isinstance(stamp.day, (Day, Figures)):
        return "slash" if "/" in stamp.written else "dash"
    return "words"
