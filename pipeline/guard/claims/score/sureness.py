"""Is a sentence as sure as the record, and does it tell causes and promises that the record tells?"""

from __future__ import annotations

import re

from .footed import Footed, Signs, held, parted, weight_of

_VOW = re.compile(
    r"\b(?:guarantee|promise|at the latest)|保证|一定|承诺|务必|届时|争取", re.IGNORECASE
)


def of_sureness(footed: Footed) -> Signs:
    told, whole = footed.told, footed.weight
    hedged, sure = told.is_hedged, _is_sure(footed)
    doubted = footed.doubtful
    doubt = held(footed.items, doubted) / whole
    firm = held(footed.items, footed.footing.whole & ~doubted) / whole
    is_open = bool(doubted) and not told.index.known_causes
    return {
        "hedged": hedged,
        "sure": sure,
        "doubtful_told_plainly": doubt * (not hedged),
        "doubtful_fits_better": max(0.0, doubt - firm) * (not hedged),
        "doubtful_told_as_sure": doubt * sure,
        "firm_told_with_doubt": max(0.0, firm - doubt) * hedged,
        "doubt_of_nothing_doubtful": hedged and not doubted,
        "sure_while_open": is_open and sure,
        "cause_while_open": is_open and not hedged and _tells_cause(footed),
    }


def _is_sure(footed: Footed) -> bool:
    reading = footed.told.reading
    return bool(reading.within(reading.whole, "sure")) or any(
        p.group in ("known", "confirmed") and p.sign > 0 and not p.loose for p in footed.told.polars
    )


def _tells_cause(footed: Footed) -> bool:
    reading = footed.told.reading
    return bool(reading.within(reading.whole, "causes"))


def of_causes(footed: Footed) -> Signs:
    if not _tells_cause(footed):
        return {}
    index = footed.told.index
    told = [s for s in index.statements if s.attribute.endswith("cause") or s.tells_cause]
    causes = footed.footing.of(told) | footed.doubtful
    return {
        "cause": True,
        "cause_none_told": not causes,
        "cause_unlike_told": 1 - min(1.0, held(footed.items, causes) / footed.weight),
        "cause_beyond_one": 1 - min(1.0, footed.share),
        **parted(footed, "cause_new_words", weight_of(footed.new)),
    }


def of_promises(footed: Footed) -> Signs:
    reading, footing = footed.told.reading, footed.footing
    found: Signs = {"vow": bool(_VOW.search(reading.text))}
    if any(m.entry.key == "will" for m in reading.within(reading.whole, "future")):
        found |= {
            "ahead": True,
            "ahead_new_share": weight_of(footed.new) / footed.weight,
            "ahead_beyond_one": 1 - min(1.0, footed.share),
            "ahead_not_near": not any(said.looks_ahead for said in footed.near),
            "ahead_nowhere": not any(said.looks_ahead for said in footing.said),
        }
    return found
