"""Where does the text lead its reader? Our words link by slots alone; nothing links to a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.communication import MARK
from ...domain.findings import Finding, FindingLevel, Words
from ..examined import Examined
from ..phrases import Phrases

CHECK = "links"
LEVELS = {Words.PERSON: FindingLevel.WARN, Words.QUOTATION: FindingLevel.WARN}
SCRIPT_LEVELS = {Words.PERSON: FindingLevel.HOLD, Words.QUOTATION: FindingLevel.WARN}
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"'()，。；）]+|\bwww\.[a-z0-9-]+\.[a-z]", re.IGNORECASE
)
_SCRIPT = re.compile(r"\b(?:javascript|vbscript)\s?:|\bdata:text/html|\bfile://", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
_NAMES = ("href", "src", "action", "background")
_SOURCE = re.compile(r"\b(?:href|src|action|background)\s*=\s*[\"']?\s*([^\"'\s>]+)")
_INLINE = ("cid:", "#")


def links(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    ours = examined.ours
    if found := _SCRIPT.search(ours):
        yield examined.finding(CHECK, "script-link", FindingLevel.BLOCK, found[0])
    if found := _LINK.search(ours):
        yield examined.finding(CHECK, "link-not-a-slot", FindingLevel.BLOCK, found[0])
    for said in examined.theirs:
        if found := _SCRIPT.search(said.read):
            level = SCRIPT_LEVELS[said.words]
            yield examined.finding(CHECK, "script-link", level, found[0], words=said.words)
        elif found := _LINK.search(said.read):
            level = LEVELS[said.words]
            yield examined.finding(CHECK, "foreign-link", level, found[0], words=said.words)
    yield from _in_html(examined)


def _in_html(examined: Examined) -> Iterator[Finding]:
    """Whatever the layout links or loads is a mark, or comes with the mail."""
    tags = _TAG.findall((examined.rendition.html or "").lower())
    linking = "".join(tag for tag in tags if any(name in tag for name in _NAMES))
    for target in _SOURCE.findall(linking):
        if not MARK.fullmatch(target) and not target.startswith(_INLINE):
            yield examined.finding(CHECK, "link-not-a-slot", FindingLevel.BLOCK, target, "in HTML")
