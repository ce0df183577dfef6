"""Is a part of an Office file harmless XML, and what do the document's properties say?"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import fromstring
from xml.parsers import expat
from zipfile import ZipFile

from ..errors import Refused

_MOST_ELEMENTS = 60_000
"""Of all parts together. 15,000 plain paragraphs, or the text of a long article in short runs."""
_DEEPEST = 100
"""Elements within one another; the reader of Word files calls itself some times for each."""
_DUBLIN = {"title": "title", "language": "language"}


class Shape:
    """Raises Refused for XML that is broken, declares entities, or is too deep; and for too many
    elements in all parts that it has checked. What is too much ends the reading."""

    def __init__(self) -> None:
        self._name, self._depth, self._elements = "", 0, 0

    def check(self, xml: bytes, name: str) -> None:
        self._name, self._depth = name[:80], 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as wrong:
            raise Refused(f"its part {self._name} is damaged ({wrong})") from None

    def _begin(self, _name: str, _attributes: Any) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise Refused(f"its part {self._name} has too many elements, or too deep ones")

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: Any) -> None:
        # Word writes none; entities that unfold without end begin with one.
        raise Refused(f"its part {self._name} declares entities of its own, which none may")


def properties(packed: ZipFile) -> dict[str, object]:
    """Title and language from the usual properties, and all custom ones. The parts must be checked."""
    names, said = set(packed.namelist()), dict[str, object]()
    if "docProps/core.xml" in names:
        for element in fromstring(packed.read("docProps/core.xml")):  # noqa: S314 - checked before
            if (name := _DUBLIN.get(_local(element.tag))) and element.text:
                said[name] = element.text.strip()
    if "docProps/custom.xml" in names:
        for element in fromstring(packed.read("docProps/custom.xml")):  # noqa: S314 - checked before
            text = "".join(element.itertext()).strip()
            if (custom := element.get("name")) and text:
                said[custom] = _day(text)
    return said


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _day(text: str) -> str:
    return re.sub(r"^(\d{4}-\d\d-\d\d)T[\d:.]+Z?$", r"\1", text)
