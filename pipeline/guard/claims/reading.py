"""What does one sentence say, as words, marks and typed values? Prose and record are read alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from knowledge.tokens.concepts import glossary
from knowledge.tokens.normal import normal
from knowledge.tokens.words import Cutter

from ..comparing import legible
from .atoms import Lasting, Moment, Named, Quantity, Quoted
from .lastings import lastings
from .lexicon import Lexicon, Mark
from .moments import moments, stamps
from .named import identifiers, names
from .places import places, plain
from .quantities import quantities
from .sentences import clauses
from .tokens import Token, tokens

_QUOTES = re.compile(
    r"“([^”]{1,300})”|\"([^\"]{1,300})\"|「([^」]{1,300})」|『([^』]{1,300})』|(?<!\w)‘([^’]{4,300})’(?!\w)"
    r"|(?<![\w'])'(?=\S)((?:[^']|(?<=\w)'(?=\w)){3,300})(?<=\S)'(?!\w)"
)
_MEANING = frozenset({"acts", "effects", "counts", "services", "places", "nouns"})
_CUTTER = Cutter()
_LOCAL_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,5}?)(?:当地)?时间[\s:]*(?:\d{1,2}月\d{1,2}日)?\s?$")
_LOCAL_AFTER = re.compile(
    r"\s?\(?([A-Z]\w+(?: [A-Z]\w+)?) time\b|\s?\(?\bin ([A-Z]\w+(?: [A-Z]\w+)?)\b"
)
_OFFSET = re.compile(r"(?:UTC|GMT)\s?([+-]\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_FAR = ("美东", "美西")
_ZONES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_ZONE_WORDS = re.compile(
    r"[\s,(]*(?:US )?(eastern|central|mountain|pacific)(?: (?:standard |daylight )?time)?\b(?! european)",
    re.IGNORECASE,
)
_BEFORE_ZONE = re.compile(r"[\s,(]*(?:in )?")
_NEXT_CLOCK = re.compile(r"[次当翌前昨今明日天凌清早上中下午晚的\s:(]{0,6}\d{1,2}(?::\d\d|[点时])")
_AFTER_ZONE = re.compile(r"[\s,:(]*(?:\d{1,2}月\d{1,2}日)?\s?")
Span = tuple[int, int]
Typed = Named | Moment | Lasting | Quantity
BLANK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says something, with all keys under which it may be met again."""

    start: int
    end: int
    text: str
    keys: frozenset[str]
    han: bool


@dataclass(frozen=True)
class Reading:
    """One sentence. Positions are those of `text`, the legible form of what was written."""

    text: str
    clauses: list[Span]
    words: list[Word]
    marks: list[Mark]
    moments: list[Moment]
    lastings: list[Lasting]
    quantities: list[Quantity]
    identifiers: list[Named]
    names: list[Named]
    quotes: list[Quoted]

    def clause(self, at: int) -> Span:
        return next((c for c in self.clauses if c[0] <= at < c[1]), (0, len(self.text)))

    def within(self, span: Span, *categories: str) -> list[Mark]:
        start, end = span
        return [m for m in self.marks if m.entry.category in categories and start <= m.start < end]

    def words_in(self, span: Span) -> list[Word]:
        return [w for w in self.words if span[0] <= w.start < span[1]]

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(k for w in self.words for k in w.keys)

    def keys_in(self, span: Span) -> frozenset[str]:
        return frozenset(k for w in self.words_in(span) for k in w.keys)

    def shown(self, start: int, end: int) -> str:
        return self.text[start:end].strip()

    @cached_property
    def whole(self) -> Span:
        return 0, len(self.text)


class Reader:
    """Reads sentences with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def read(self, written: str) -> Reading:
        text = legible(written)
        words = tokens(text)
        marks = self.lexicon.marks(text, words)
        quotes = _quoted(text)
        stamped = list(stamps(text))
        # A stamp has letters and digits in it, as identifiers have.
        linked = identifiers(_blanked(text, stamped))
        masked = _blanked(text, linked)
        when = [_in_zone(m, text, marks) for m in moments(masked)]
        masked = _blanked(masked, when)
        lasting = lastings(masked)
        masked = _blanked(masked, lasting)
        offsets = [Named(start=m.start(), end=m.end(), key="") for m in _OFFSET.finditer(masked)]
        counted = quantities(_blanked(masked, offsets), marks, self.lexicon)
        typed: list[Typed] = [*linked, *when, *lasting, *counted]
        return Reading(
            text=text,
            clauses=clauses(text),
            words=_content(words, marks, typed),
            marks=marks,
            moments=when,
            lastings=lasting,
            quantities=counted,
            identifiers=linked,
            names=names(text, [w for w in words if not _inside(w.start, typed)]),
            quotes=quotes,
        )


def _in_zone(moment: Moment, text: str, marks: list[Mark]) -> Moment:
    """The zone said right beside a time; a place that is only mentioned is none."""
    if moment.zone or moment.minute is None:
        return moment
    offset = _OFFSET.search(text, moment.start, moment.end + 12)
    if offset and offset.start() <= moment.end + 2:
        return replace(moment, zone=offset_at(text, offset.start()))
    if words := _ZONE_WORDS.match(text, moment.end):
        return replace(moment, zone=_ZONES[words[1].lower()])
    if place := _place_of(_LOCAL_AFTER.match(text, moment.end)):
        return replace(moment, zone=place)
    zones = [m for m in marks if m.entry.category == "zones" and _beside(moment, m, text)]
    han = [m for m in zones if m.start < moment.start and text[m.start] >= "\u4e00"]
    if zones:
        if han:  # `悉尼时间 13:22（北京时间 11:22）`
            return replace(moment, zone=han[-1].entry.key)
        # What follows a time is meant before what precedes it: `15:15 Beijing time (07:15 UTC)`.
        return replace(moment, zone=max(zones, key=lambda m: m.start).entry.key)
    return replace(moment, zone=_place_of(_LOCAL_BEFORE.search(text[: moment.start])))


def offset_at(text: str, at: int) -> str | None:
    """`UTC+10` as the zone `+10:00`."""
    offset = _OFFSET.match(text, at)
    if offset is None:
        return None
    hours, minutes = int(offset[1]), offset[2] or "00"
    return f"{'-' if hours < 0 else '+'}{abs(hours):02d}:{minutes}"


def _place_of(found: re.Match[str] | None) -> str | None:
    """The clock that a place keeps; of a Chinese run the name at its end: 下一次通知在珀斯时间."""
    if found is None:
        return None
    name = plain(next(filter(None, found.groups())))
    tails = [name] if name.isascii() else [name[n:] for n in range(len(name) - 1)]
    place = next((places()[tail] for tail in tails if tail in places()), None)
    return place.zone if place else None


def _beside(moment: Moment, mark: Mark, text: str) -> bool:
    if moment.start <= mark.start and mark.end <= moment.end:
        return True
    if mark.start >= moment.end:
        if text[mark.start] >= "\u4e00" and _NEXT_CLOCK.match(text, mark.end):
            return False  # `14:00（北京时间 22:00）`: of the time that follows it
        return bool(_BEFORE_ZONE.fullmatch(text[moment.end : mark.start]))
    gap, words = text[mark.end : moment.start], text[mark.start : mark.end + 2].lower()
    return bool(_AFTER_ZONE.fullmatch(gap)) and (
        "time" in words or "时间" in words or words[:3] in ("utc", "gmt") or words[:2] in _FAR
    )


def _quoted(text: str) -> list[Quoted]:
    return [
        Quoted(start=m.start(), end=m.end(), words=next(g for g in m.groups() if g))
        for m in _QUOTES.finditer(text)
    ]


def _blanked(text: str, taken: list[Named] | list[Moment] | list[Lasting]) -> str:
    for atom in taken:
        text = text[: atom.start] + BLANK * (atom.end - atom.start) + text[atom.end :]
    return text


def _inside(at: int, taken: list[Typed]) -> bool:
    return any(atom.start <= at < atom.end for atom in taken)


def _content(words: list[Token], marks: list[Mark], typed: list[Typed]) -> list[Word]:
    """Words that are no value, and not plain ones."""
    plain = [(m.start, m.end) for m in marks if m.entry.category == "plain"]
    small = {m.start for m in marks if m.entry.key == "function"}
    meant = [m for m in marks if m.entry.category in _MEANING]
    joined, found = _joined(words), []
    for word in words:
        if _inside(word.start, typed):
            continue
        own = [m for m in meant if m.start < word.end and word.start < m.end]
        if not word.han and word.start in small and word.text.islower():
            continue
        if not own and any(s <= word.start and word.end <= e for s, e in plain):
            continue
        groups = {f"{m.entry.category}:{m.entry.group}" for m in own}
        keys = frozenset({word.stem, *concepts(word.text), *joined.get(word.start, ()), *groups})
        found.append(Word(word.start, word.end, word.text, keys, word.han))
    return found


def _joined(words: list[Token]) -> dict[int, frozenset[str]]:
    """Concepts that only two neighbours name together, as `data centre` does, or 呼出 however it is cut."""
    found: dict[int, frozenset[str]] = {}
    for one, two in pairwise(words):
        gap = two.start - one.end
        if one.han != two.han or gap != (0 if one.han else 1):
            continue
        between = "" if one.han else " "
        new = concepts(one.text + between + two.text) - concepts(one.text) - concepts(two.text)
        if new:
            for word in (one, two):
                found[word.start] = found.get(word.start, frozenset()) | new
    return found


@lru_cache(maxsize=20_000)
def concepts(word: str) -> frozenset[str]:
    """What the glossary of the search takes a word for, in either language."""
    return frozenset(glossary().concepts(normal(word), _CUTTER))
