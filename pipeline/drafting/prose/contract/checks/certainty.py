"""Is what is only suspected, or only reported, told as such?"""

from __future__ import annotations

from collections.abc import Iterator

from .....domain.facts import Status
from ..problems import Code, Found
from ..text import Text
from .against import Against


def certainty(text: Text, against: Against) -> Iterator[Found]:
    grounds = [slot for slot in (*text.slots, *text.grounds) if slot.fact is not None]
    by = {slot.fact.status: f"{{{slot.name}}}" for slot in reversed(grounds) if slot.fact}
    hedged = against.tables.hedges[text.language].search(text.plain)
    said = against.tables.told[text.language].search(text.plain)
    if Status.SUSPECTED in by and not hedged:
        yield Found(code=Code.SUSPECTED, words=by[Status.SUSPECTED])
    if Status.REPORTED in by and not said:
        yield Found(code=Code.REPORTED, words=by[Status.REPORTED])
