"""Which articles may be read here, and on which day do they hold? For tokens, and for people who are signed in."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from fastapi import Request

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Person, Role
from pipeline.domain.errors import NotAllowed, UnknownThing
from pipeline.domain.incident import Incident
from pipeline.policy.readers import STAFF, labels_for_work, labels_of

from .callers import Caller
from .visitors import heliograph_of

Labels = frozenset[str] | None
"""None is an editor, who may read everything."""
EDITOR = Role.INCIDENT_MANAGER
"""From this role on articles are written, imported and retired."""


def labels_of_reader(person: Person) -> Labels:
    """Of somebody who is signed in: None for an editor, else what the directory says."""
    if person.role is not None and person.role.includes(EDITOR):
        return None
    return labels_of(person)


def labels_of_caller(caller: Caller) -> Labels:
    """A token reads for work, and with `admin` as an editor; a person as who she is."""
    if caller.person is not None:
        return labels_of_reader(caller.person)
    return None if "admin" in caller.scopes else labels_for_work(())


def labels_for(request: Request, caller: Caller, person_id: str | None) -> Labels:
    """What `person_id` may read of what the caller may: naming somebody shows nothing that was not shown
    before. Raises NotAllowed for a caller who does not work on tickets and asks for somebody else,
    UnknownThing for nobody."""
    own = labels_of_caller(caller)
    if person_id is None:
        return own
    if own is not None and STAFF not in own and person_id != caller.name:
        raise NotAllowed("only those who work on tickets may search for somebody else", field="for")
    hers = labels_of(_person(request, person_id))
    return hers if own is None else own & hers


def labels_on(app: Heliograph, own: Labels, incident: Incident | None) -> Labels:
    """Whoever works on a ticket may read what its requester may, too."""
    if own is None or STAFF not in own or incident is None or incident.requester is None:
        return own
    requester = app.queries.person(incident.requester.value.id)
    return own | labels_for_work(labels_of(requester))


def readable_article(app: Heliograph, article_id: str, labels: Labels) -> Kept:
    """Raises UnknownThing, with the same words whether it is unknown or not for the reader: its title is no
    news for her either."""
    kept = app.found_articles.kept(article_id)
    if kept is None or not kept.article.is_for(labels):
        raise UnknownThing(f"no article {article_id[:100]}")
    return kept


def today(app: Heliograph) -> date:
    """The day for which articles hold: that of the desk."""
    return app.clock.now().astimezone(ZoneInfo(app.settings.zone)).date()


def _person(request: Request, person_id: str) -> Person:
    found = heliograph_of(request).queries.person(person_id)
    if found is None:
        raise UnknownThing(f"the directory knows nobody called {person_id[:100]}", field="for")
    return found
