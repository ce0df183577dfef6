"""Does the HTML of a mail say what its plain text says? Readers see one or the other."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.communication import MARK
from ...domain.findings import Finding, FindingLevel
from ..comparing import squeezed
from ..examined import Examined
from ..phrases import Phrases

CHECK = "html"
LEVEL = FindingLevel.HOLD


def html(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    rendition = examined.rendition
    if rendition.html is None:
        return
    differing = set(MARK.findall(rendition.text)) ^ set(MARK.findall(rendition.html))
    for slot in sorted(differing - set(MARK.findall(rendition.subject))):
        yield examined.finding(CHECK, "marks-differ", LEVEL, slot, "in only one of text and HTML")
    shown = squeezed(examined.visible)
    for line in rendition.text.splitlines():
        # A button is `label: link` in the one and a link in the other: its mark is compared above.
        words = "" if line.endswith("\ue001") else squeezed(line.removeprefix("- "))
        if words not in shown:
            yield examined.finding(CHECK, "words-differ", LEVEL, line, "not in the HTML")
            return
