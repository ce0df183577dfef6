"""A recorded fact is taken back: what does the major incident hold from now on?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .correction_events import Corrected
from .events import Event
from .lattices import Phase
from .recorded import Recorded, precedes, recorded
from .times import Instant

if TYPE_CHECKING:
    from .major import Major


def righted(major: Major, event: Event, data: Corrected) -> dict[str, object]:
    """What changes; a late word changes nothing that was recorded for a later moment."""
    match data.attribute:
        case "started_at":
            return _started(major, event, data.at)
        case "restored_at":
            return _restored_at(major, data.at)
        case "restored":
            return _not_restored(major, event)
        case "cause":
            return {"cause": _instead(major.cause, event, data.words)}
        case "impact":
            return {"impact": _instead(major.impact, event, data.impact)}
        case "scope":
            return {"scope": _instead(major.scope, event, data.words)}
        case "not_affected":
            return {"not_affected": _instead(major.not_affected, event, data.words)}


def _instead(old: Recorded[Any] | None, event: Event, value: Any) -> Recorded[Any] | None:
    if precedes(event, old):
        return old
    return None if value is None else recorded(event, value)


def _started(major: Major, event: Event, at: Instant | None) -> dict[str, object]:
    """After a relapse it is the start of that one."""
    if major.relapse is None:
        return {"started_at": _instead(major.started_at, event, at)}
    told = major.relapse.value.model_copy(update={"started_at": at})
    return {"relapse": major.relapse.model_copy(update={"value": told})}


def _restored_at(major: Major, at: Instant | None) -> dict[str, object]:
    if major.restored is None or major.phase.value is not Phase.RESOLVED:
        return {}
    told = major.restored.value.model_copy(update={"restored_at": at})
    return {"restored": major.restored.model_copy(update={"value": told})}


def _not_restored(major: Major, event: Event) -> dict[str, object]:
    """The failure never ended: it is no relapse, and people wait for news again."""
    if major.restored is None or major.standing != "restored" or precedes(event, major.restored):
        return {}
    at = max(event.occurred_at, major.phase.at)
    phase: Recorded[Phase] = Recorded(value=Phase.INVESTIGATING, at=at, event=event.id)
    return {"restored": None, "phase": phase, "action": None}
