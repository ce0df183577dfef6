"""Is everybody and everything that is named in the record: people, teams, companies, places, services?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..atoms import Named
from ..claim import Claim, Told, because
from ..instants import zone_of
from ..places import Place, places, plain
from .chinese_names import chinese_names

KIND = "name"
_PLURAL = re.compile(r"[A-Z]{2,5}s")
_HEADS = "组部队司心台处室科班团院店厂"
_BESIDE_CLOCK = 5
"""Characters from a time to the place that says by which clock it is told: `04:30 in Berlin`."""
_RUN_OF_HAN = re.compile(r"[\u4e00-\u9fff]+")


def names(told: Told) -> Iterator[Claim]:
    for named in told.reading.names:
        if _is_clock(told, named.start, named.end):
            continue
        if _PLURAL.fullmatch(told.reading.text[named.start : named.end]):
            continue  # `PUTs`, `SDKs`: a kind of things
        if _is_abbreviated(told, named):
            continue
        if _means_known(told, named):
            continue
        parts = [p for p in re.split(r"[ &]| of ", named.key) if p]
        missing = [p for p in parts if not _known(told, p)] or _never_together(told, parts)
        place = places().get(plain(named.key))
        if missing and place and place.chinese in told.index.lower:
            missing = []
        if missing and not place and not told.index.is_written_in(False):
            continue  # it may stand there in Chinese
        if not missing:
            yield told.supported(KIND, named.start, named.end, _holding(told, named.key, parts))
        else:
            reason = because("claim_unnamed", name=missing[0])
            yield told.unsupported(KIND, named.start, named.end, reason)
    yield from chinese_names(told)
    yield from _nearly_named(told)
    yield from _elsewhere(told)


def _is_abbreviated(told: Told, named: Named) -> bool:
    """The short form of a zone, or a place that the record calls by its first letters: MEL."""
    words = told.reading.text[named.start : named.end]
    if words.isupper():
        zones = told.reading.within((named.start, named.end), "zones")
        return any((m.start, m.end) == (named.start, named.end) for m in zones)
    short = re.compile(rf"(?<![A-Za-z]){re.escape(words[:3].upper())}(?![A-Za-z])")
    written = (s.reading.text for s in told.index.statements)
    return named.key in places() and any(short.search(text) for text in written)


def _means_known(told: Told, named: Named) -> bool:
    """A part of a place or a service that the record names in other words: `southern China`, 华南."""
    return any(
        m.entry.category in ("places", "services")
        and m.start <= named.start
        and named.end <= m.end
        and f"{m.entry.category}:{m.entry.group}" in told.index.keys
        for m in told.reading.marks
    )


def _is_clock(told: Told, start: int, end: int) -> bool:
    """A place that only says by which clock a time is told."""
    if re.match(
        r"(?: (?:standard|daylight|local))? time\b|[\u4e00-\u9fff]{0,4}(?:时间|夏令时|标准时)|当地|[这那][边里]\s?\d{1,2}[:点时]",
        told.reading.text[end:],
    ):
        return True
    if any(m.zone and 0 <= start - m.end <= _BESIDE_CLOCK for m in told.reading.moments):
        return True
    zones = told.reading.within(told.reading.whole, "zones")
    return any(m.start <= start and end <= m.end and m.end - m.start > end - start for m in zones)


def _elsewhere(told: Told) -> Iterator[Claim]:
    """A place in Chinese that the record does not name in either language."""
    text, known = told.reading.text, places()
    at = 0
    while at < len(text) - 1:
        name = next((text[at : at + n] for n in (5, 4, 3, 2) if text[at : at + n] in known), "")
        if len(name) > 1 and _RUN_OF_HAN.fullmatch(name):
            place = known[name]
            here = name in told.index.lower or place.english in told.index.lower
            here = here or _keeps_its_clock(told, place)
            meant = any(w.start == at and w.end >= at + len(name) for w in told.reading.words)
            if not here and meant and not _is_no_place(told, at, at + len(name)):
                yield told.unsupported(
                    KIND, at, at + len(name), because("claim_unnamed", name=name)
                )
        at += max(1, len(name))


def _keeps_its_clock(told: Told, place: Place) -> bool:
    """A country by whose clock the record is written: what happens in Leeds happens in Britain."""
    zone, at = zone_of(place.zone), told.index.record.opened_at
    shown = zone and at.astimezone(zone).utcoffset()
    return place.is_country and shown == at.utcoffset()


def _is_no_place(told: Told, start: int, end: int) -> bool:
    return told.reading.text[end : end + 1] in ("语", "文", "一", "个", "了") or _is_clock(
        told, start, end
    )


def _nearly_named(told: Told) -> Iterator[Claim]:
    """One character off a name of the record: another person, another company."""
    text = told.reading.text
    starts = sorted({w.start for w in told.reading.words if w.han})
    for name, statement in told.index.han_names:
        size = len(name)
        for at in starts:
            window = text[at : at + size]
            if len(window) < size or (name[-1] in _HEADS and window[-1] != name[-1]):
                continue
            apart = sum(a != b for a, b in zip(window, name, strict=True))
            if apart == 1 and _RUN_OF_HAN.fullmatch(window) and window not in told.index.lower:
                yield told.contradicted(
                    KIND, at, at + size, [statement], because("claim_says", said=name)
                )


def _never_together(told: Told, parts: list[str]) -> list[str]:
    """`Data Platform`, where the record knows a database and a platform, but not this team."""
    if len(parts) < 2:
        return []
    apart = [
        f"{one} {other}"
        for one, other in pairwise(parts)
        if not any(one in text and other in text for text in told.index.texts)
    ]
    return apart if len(apart) == len(parts) - 1 else []


def _known(told: Told, part: str) -> bool:
    """As a word of the record, or a word of the same meaning in the other language."""
    if re.search(rf"(?<![a-z0-9]){re.escape(part)}(?:s|es)?(?![a-z0-9])", told.index.lower):
        return True
    return any(
        told.index.covers(w) for w in told.reading.words if part in w.text.lower().split("-")
    )


def _holding(told: Told, key: str, parts: list[str]) -> list[str]:
    found = [s.id for s in told.index.statements if key in s.reading.text.lower()]
    return found or [s.id for s in told.index.statements if parts[0] in s.reading.text.lower()]
