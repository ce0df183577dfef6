"""Does the text tell what this audience may not know (law 4)? The brief was cut; this is the second wall.

A hidden value that is found is no finding where the audience knows it anyway: inside its own words or a
name or number in its brief, and in our templates, which were written before any fact was known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...domain.communication import NEWS_OF_MAJOR
from ...domain.facts import Fact, Level, ValueKind
from ...domain.findings import Finding, FindingLevel
from ..comparing import Haystack
from ..examined import Examined
from ..known import Known, is_confined, sentences, wordings
from ..masking import columns
from ..phrases import Phrases

CHECK = "disclosure"
LEVEL = FindingLevel.BLOCK
LEAST_COLUMNS = 4
"""Four letters or two Chinese characters: what is shorter is in every text (`P1`)."""
SENTENCE_COLUMNS = 12
"""Free text shorter than this (`Restarted`, `重启客户端`) is ordinary words, which others use too."""
_FREE = frozenset({ValueKind.TEXT, ValueKind.QUOTE})
MACHINE = re.compile(
    r"(?=.*\d)[a-z](?:[a-z0-9]*[-.]){2,}[a-z0-9]+|(?=.*[a-z]\d)[a-z0-9]+-[a-z0-9]+"
)
"""`crm-app-03`, `mbx07-prod`: short, yet nobody says it by chance; `http-500` many do. In small letters."""
Span = tuple[int, int]


def disclosure(examined: Examined, phrases: Phrases) -> Iterator[Finding]:
    for value in examined.rendition.values:
        if value.fact is not None and value.fact not in examined.facts:
            yield examined.finding(CHECK, "fact-not-in-brief", LEVEL, value.slot, value.fact)
    if not examined.hidden:
        return
    rendition = examined.rendition
    text = Haystack("\n\x1f\n".join((rendition.subject, rendition.text, examined.visible)))
    for fact in examined.hidden:
        for needle in (*wordings(fact), *sentences(fact)):
            if columns(needle) >= LEAST_COLUMNS and needle in text.squeezed:
                yield from _judged(examined, phrases, text, fact, needle)


def _judged(
    examined: Examined, phrases: Phrases, text: Haystack, fact: Fact, needle: str
) -> Iterator[Finding]:
    known = Known(examined)
    if known.vouches(needle, fact):
        return
    short = columns(needle) < SENTENCE_COLUMNS and not MACHINE.fullmatch(needle)
    ordinary = short and (fact.kind in _FREE or _is_word(fact))
    excused = _covered(text, known.around(needle, in_statements=ordinary))
    stated = _covered(text, known.statements)
    found = [span for span in text.spans(needle) if not _inside(span, excused)]
    if any(phrases.approved.spans(needle)):
        found = [span for span in found if _inside(span, stated)]
    if not found:
        return
    if _is_own_record(fact, examined) and all(_inside(span, stated) for span in found):
        detail = "a statement repeats words of the record that this audience is not shown"
        yield examined.finding(
            CHECK, "repeats-record", _weight(fact, examined), fact.attribute, detail
        )
        return
    # The words themselves are not repeated: findings are read by more people than the record.
    yield examined.finding(CHECK, "hidden-value", LEVEL, fact.attribute, f"{fact.id} is hidden")


def _is_word(fact: Fact) -> bool:
    """An identifier that is a word of the language: a signal called `errors` must not stop everybody who
    writes of errors. One with a digit, a mark, or a capital inside is a name that nobody writes by chance."""
    text = fact.value if fact.kind is ValueKind.IDENTIFIER else ""
    return isinstance(text, str) and text.isalpha() and text in (text.lower(), text.capitalize())


def _is_own_record(fact: Fact, examined: Examined) -> bool:
    """What technicians noted on this very ticket: one who repeats it to the requester may mean to."""
    return fact.kind is ValueKind.TEXT and fact.what == examined.brief.incident


def _weight(fact: Fact, examined: Examined) -> FindingLevel:
    """To her who reported it a technician may mean to say it; before everybody whom a failure hits, and
    of what is restricted, somebody answers for it first. What is restricted or not decided yet nobody
    may say to them at all."""
    shared = examined.kind in NEWS_OF_MAJOR
    if shared and is_confined(fact) and examined.brief.audience.clearance < Level.INTERNAL:
        return FindingLevel.BLOCK
    return FindingLevel.HOLD if shared or fact.level is Level.RESTRICTED else FindingLevel.WARN


def _covered(text: Haystack, known: Iterable[str]) -> list[Span]:
    return [span for wording in known for span in text.spans(wording)]


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
