"""Which parts has a text's file? `== subject ==`, `== mail ==`, `== chat ==`, `== short ==`, each once.

A part keeps its place: what is wrong in it is named by its line in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..domain.errors import Misconfigured

SECTIONS = ("subject", "mail", "chat", "short")
Sections = Mapping[str, str]
_HEADING = re.compile(r"^== (\w+) ==[ \t]*$", re.MULTILINE)
_TAGS_ALONE = re.compile(
    r"^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)*\{%(?:(?!%\}).)*?)([-+]?%\})[ \t]*\n", re.MULTILINE
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def sections_of(files: Mapping[str, str], name: str) -> Sections:
    """The parts of a file by their headings. Raises Misconfigured unless each is there once."""
    if name not in files:
        raise Misconfigured("is missing", where=name)
    text = files[name]
    if control := control_in(text):
        place, sentence = control
        raise Misconfigured(sentence, where=f"{name}:{place}")
    if private := _PRIVATE.search(text):
        where = f"{name}:{_line(text, private.start())}"
        raise Misconfigured("holds a private-use character", where=where)
    headings = list(_HEADING.finditer(text))
    wanted = ", ".join(f"== {section} ==" for section in SECTIONS)
    before = text[: headings[0].start()] if headings else text
    if before.strip() or sorted(h[1] for h in headings) != sorted(SECTIONS):
        raise Misconfigured(f"needs exactly the sections {wanted}", where=name)
    ends = [following.start() for following in headings[1:]] + [len(text)]
    return {
        heading[1]: _part(text, heading.end(), end)
        for heading, end in zip(headings, ends, strict=True)
    }


def control_in(text: str) -> tuple[str, str] | None:
    """Where a text first holds a character that no mail or database takes, as "line:column", and which."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    place = found.start()
    column = place - text.rfind("\n", 0, place)
    return f"{_line(text, place)}:{column}", f"holds a control character (U+{ord(found[0]):04X})"


def line_of_slot(text: str, slot: str) -> int:
    """The line where a text first names a slot; 1 when it does not."""
    found = re.search(rf"\{{[{{%][^}}]*\b{re.escape(slot)}\b", text)
    return _line(text, found.end()) if found else 1


def _part(text: str, start: int, end: int) -> str:
    """A part after a comment as long as what stands before it, which writes nothing.

    A line that holds only tags takes its end into the last tag: it leaves no line behind, so that a
    dropped sentence leaves no gap.
    """
    part = text[start:end]
    body = part.lstrip("\n")
    before = _line(text, start) - 1 + len(part) - len(body)
    return "{#" + "\n" * before + "#}" + _TAGS_ALONE.sub(r"\1\n\2", body.rstrip("\n") + "\n")


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
