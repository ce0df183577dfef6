"""Are deeds, names, values and states told beside that with which the record tells them?"""

from __future__ import annotations

from ..deeds import deeds, part_of
from ..kin import KIN, SOFT
from .footed import Footed, Signs, parted

_MOST = 2
"""More of one thing tells no more."""
_MOST_NAMES = 3
_DONE = frozenset({"restored", "resolved", "closed"})
_OPEN = frozenset({"over", "health", "restored"})


def of_deeds(footed: Footed) -> Signs:
    told, footing = footed.told, footed.footing
    hard = soft = nobody = 0
    far = 0.0
    for mark in deeds(told):
        group = mark.entry.group
        kin = KIN.get(group, frozenset({group}))
        same = footing.where(group in said.deeds for said in footing.said)
        like = footing.where(bool(kin & said.deeds) for said in footing.said)
        hard += not same and group not in SOFT
        soft += not same and group in SOFT
        nobody += not like
        items = footed.within(part_of(told, mark.start), without=(mark.start, mark.end))
        far = max(far, footed.far(items, same or like))
    return {
        "deeds_new": min(_MOST, hard),
        "deeds_new_soft": min(_MOST, soft),
        "deeds_without_kin": min(_MOST, nobody),
        **parted(footed, "deed_of_something_else", far),
    }


def of_names(footed: Footed) -> Signs:
    """People, teams and places beside that with which the record names them."""
    reading, footing = footed.told.reading, footed.footing
    text = reading.text.lower()
    count, far = 0, 0.0
    for entity in footed.told.index.entities:
        name = entity.name.lower()
        at = text.find(name)
        if at < 0:
            continue
        count += 1
        items = footed.within(reading.clause(at), without=(at, at + len(name)))
        far = max(
            far, footed.far(items, footing.where(name in said.lower for said in footing.said))
        )
    return {"names": min(_MOST_NAMES, count), **parted(footed, "name_of_something_else", far)}


def of_values(footed: Footed) -> Signs:
    """Values beside the words with which the record tells them."""
    far = 0.0
    for value in footed.items:
        if not value.is_word and value.events:
            items = footed.within(footed.told.reading.clause(value.start))
            far = max(far, footed.far([i for i in items if i.is_word], value.events))
    return parted(footed, "value_of_something_else", far)


def of_state(footed: Footed) -> Signs:
    over = footed.told.index.is_over
    told = [p for p in footed.told.polars if not p.loose]
    return {
        "over": over,
        "done_while_open": not over and any(p.state in _DONE and p.sign > 0 for p in told),
        "open_while_over": over and any(p.group in _OPEN and p.sign < 0 for p in told),
    }
