"""By what do chats copied as text differ? By the form of most of their heads, and by their file's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..assembled import assembled
from ..entry import Read
from ..heads import Head
from ..opened import Opened
from ..stamps import Day, Figures
from ..words import folded

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
        read.entries += assembled(file.text)
        read.problems += file.problems
    return read


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
