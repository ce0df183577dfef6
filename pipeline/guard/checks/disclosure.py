"""Does the text tell what this audience may not know (law 4)? The brief was cut; this is the second wall.

A hidden value that is found is no finding where the audience knows it anyway: inside its own words or a
name or number in its brief, and in our templates, which were written before any fact was known.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ...domain.facts import Fact, ValueKind
from ...domain.findings import Finding, FindingLevel
from ..comparing import Haystack
from ..examined import Examined
from ..phrases import Phrases

CHECK = "disclosure"
LEVEL = FindingLevel.BLOCK
LEAST_COLUMNS = 4
"""Four letters or two Chinese characters: what is shorter is in every text (`P1`)."""
SENTENCE_COLUMNS = 12
"""Free text shorter than this (`Restarted`, 重启客户端) is ordinary words, which others use as well."""
_FREE = frozenset({ValueKind.TEXT, ValueKind.QUOTE})
_TAGS = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def disclosure(examined: Examined, phrases: Phrases) -> Iterator[Finding]:
    yield from _slots(examined)
    if not examined.hidden:
        return
    rendition = examined.rendition
    visible = html.unescape(_TAGS.sub("\n", rendition.html or ""))
    text = Haystack(f"{rendition.subject}\n\x1f\n{rendition.text}\n\x1f\n{visible}")
    for fact in examined.hidden:
        for needle in _needles(fact):
            if needle in text.squeezed:
                yield from _judged(examined, phrases, text, fact, needle)


def _slots(examined: Examined) -> Iterator[Finding]:
    """A value's own fact must be in the brief."""
    for value in examined.rendition.values:
        if value.fact is not None and value.fact not in examined.facts:
            yield examined.finding(CHECK, "fact-not-in-brief", LEVEL, value.slot, value.fact)


def _judged(
    examined: Examined, phrases: Phrases, text: Haystack, fact: Fact, needle: str
) -> Iterator[Finding]:
    if needle in phrases.approved or needle in _known_whole(examined):
        return
    free = fact.kind in _FREE
    spans = tuple(text.spans(needle))
    excused = _covered(text, _known_around(examined, everything=free and _is_short(needle)))
    rest = [span for span in spans if not _inside(span, excused)]
    if not rest:
        return
    own_ticket = fact.kind is ValueKind.TEXT and fact.what == examined.brief.incident
    if own_ticket and all(_inside(s, _covered(text, _statements(examined))) for s in rest):
        detail = "a statement repeats words of the record that this audience is not shown"
        yield examined.finding(CHECK, "repeats-hidden", FindingLevel.WARN, fact.attribute, detail)
        return
    # The words themselves are not repeated here: a finding is read by more people than the record.
    detail = f"{fact.id} is not for this audience"
    yield examined.finding(CHECK, "hidden-value", LEVEL, fact.attribute, detail)
