"""Can a text message carry it? Providers refuse or drop brackets of signatures, symbols and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.communication import MARK, Form
from ...domain.findings import Finding, FindingLevel, Words
from ..examined import Examined
from ..phrases import Phrases

CHECK = "plain"
LEVELS = {
    Words.TEMPLATE: FindingLevel.BLOCK,
    Words.PERSON: FindingLevel.WARN,
    Words.QUOTATION: FindingLevel.WARN,
}
_SYMBOLS = re.compile("[【】\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_LINK_MARK = re.compile("[a-z0-9_]+_url")


def plain(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    if examined.rendition.form is not Form.SHORT:
        return
    if found := _SYMBOLS.search(examined.ours):
        yield examined.finding(CHECK, "symbol", LEVELS[Words.TEMPLATE], found[0])
    for said in examined.theirs:
        if found := _SYMBOLS.search(said.text):
            level = LEVELS[said.words]
            yield examined.finding(CHECK, "symbol", level, found[0], words=said.words)
    for slot in MARK.findall(examined.rendition.text):
        if _LINK_MARK.fullmatch(slot):
            yield examined.finding(CHECK, "variable-link", LEVELS[Words.TEMPLATE], slot)
