"""How much of a sentence does the record say, one event of it, two, or all of it?"""

from __future__ import annotations

from itertools import pairwise
from math import log

from .footed import Footed, Signs, held, parted, weight_of

_LEAST = 1.5
"""The weight of a clause below which it is about nothing."""
_FULL = 4.0
"""The weight from which a clause that no event says counts in full."""
_FOREIGN = 0.3
_MOST_VALUES = 4


def of_form(footed: Footed) -> Signs:
    told, items = footed.told, footed.items
    words = sum(i.is_word for i in items)
    return {
        "across": told.is_across,
        "chinese": told.is_chinese,
        "words": log(1 + words),
        "values": min(_MOST_VALUES, len(items) - words),
        "advice": bool(told.reading.within(told.reading.whole, "advice")),
    }


def of_cover(footed: Footed) -> Signs:
    items, whole, ranked = footed.items, footed.weight, footed.ranked
    one = footed.share
    left = [i for i in items if not ranked or not i.events & ranked[0][1]]
    two = one + held(left, footed.footing.whole) / whole
    everything = weight_of([i for i in items if i.events]) / whole
    new = weight_of(footed.new)
    names = [i for i in footed.new if i.text[0].isascii() and i.text[0].isupper() and i.start]
    return {
        "one_event": one,
        "two_events": min(1.2, two),
        "whole_record": everything,
        "beyond_two": everything - two,
        "foreign": everything < _FOREIGN,
        "new_names": len(names),
        **parted(footed, "best_event", one),
        **parted(footed, "new_words", new),
        **parted(footed, "new_share", new / (weight_of([i for i in items if i.is_word]) or 1)),
    }


def of_joins(footed: Footed) -> Signs:
    """Words side by side that no event says together, and clauses that no event says."""
    known = [i for i in footed.items if i.events]
    apart = sum(not one.events & two.events for one, two in pairwise(known))
    worst = 0.0
    for _, items in footed.clauses:
        could = [i for i in items if i.could_be_held or i.events]
        whole = weight_of(could)
        if whole >= _LEAST:
            share = held(could, footed.footing.whole) / whole
            worst = max(worst, (1 - share) * min(1.0, whole / _FULL))
    return {
        "apart_share": apart / max(1, len(known) - 1),
        "apart": log(1 + apart),
        **parted(footed, "worst_clause", worst),
    }
