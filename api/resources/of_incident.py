"""Which ticket does an address name, and is it there for this caller? By id, or by number; or what was told of it."""

from __future__ import annotations

from fastapi import Request

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication
from pipeline.domain.errors import UnknownIncident, UnknownThing
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message

from ..auth.callers import ANY_SOURCE, Caller
from ..auth.visitors import heliograph_of

MOST_ALARMS = 10_000


def incident_named(request: Request, name: str, caller: Caller) -> Incident:
    """Raises UnknownIncident, also for a ticket that is not there for the caller: it learns of no other's."""
    app = heliograph_of(request)
    found = app.queries.incident(name)
    if found is not None and caller.reaches(found.source):
        return found
    # Two sources may use one number.
    with app.store.read() as tx:
        own = [
            tx.incidents_by_number(source, [name]).get(name) for source in sorted(caller.sources)
        ]
    known = next((one for one in own if one is not None and caller.reaches(one.source)), None)
    if known is None:
        raise UnknownIncident(f"no ticket {name[:100]}{_bound(caller)}")
    return known


def _bound(caller: Caller) -> str:
    """Why a ticket that somebody sees elsewhere may not be there for this token; it learns of none by that."""
    named = sorted(caller.sources - {ANY_SOURCE})
    if caller.scope != "act" or not named or ANY_SOURCE in caller.sources:
        return ""
    return f" of the sources that this token acts on: {', '.join(named)[:200]}"


def communication_named(request: Request, name: str, caller: Caller) -> Communication:
    """Raises UnknownThing, also for one about a ticket that is not there for the caller."""
    app = heliograph_of(request)
    found = app.queries.communication(name)
    if found is None or not _reaches(app, caller, found.incident):
        raise UnknownThing(f"no communication {name[:100]}")
    return found


def message_named(request: Request, name: str, caller: Caller) -> Message:
    """Raises UnknownThing, as above; one that carries several belongs to the ticket of each."""
    app = heliograph_of(request)
    found = app.queries.message(name)
    if found is None or not all(
        _reaches(app, caller, one) for one in {found.incident, *_tickets(app, found)}
    ):
        raise UnknownThing(f"no message {name[:100]}")
    return found


def refuse_foreign_alarm(request: Request, key: str, caller: Caller) -> None:
    """Raises UnknownThing for an alarm about a ticket that is not there for the caller."""
    app = heliograph_of(request)
    about = [one.incident for one in app.queries.alarms(MOST_ALARMS) if one.key == key]
    if any(one is not None and not _reaches(app, caller, one) for one in about):
        raise UnknownThing(f"no alarm {key[:100]}")


def _tickets(app: Heliograph, message: Message) -> set[str]:
    told = (app.queries.communication(one) for one in message.contents)
    return {one.incident for one in told if one is not None}


def _reaches(app: Heliograph, caller: Caller, incident_id: str) -> bool:
    found = app.queries.incident(incident_id)
    return found is None or caller.reaches(found.source)
