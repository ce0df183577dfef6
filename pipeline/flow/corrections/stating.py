"""Which facts did a text state that may turn out to be wrong? Kept with it, so that the ledger can say who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ...domain.communication import NEWS_OF_MAJOR, Communication, Draft, Kind, Rendition
from ...domain.correction import ALL_CLEAR, CORRECTABLE, Correction, Statement
from ...domain.facts import Brief, Fact
from ...drafting.outage_record import Outage, told_of_outage
from ...drafting.wrong_values import all_clear
from ..portal.attaching import AFFECTED

STATES = NEWS_OF_MAJOR | {Kind.CORRECTION}


def statements_of(
    c: Communication,
    drafts: Iterable[Draft],
    brief: Brief,
    now: datetime,
    *,
    outage: Outage | None,
    correction: Correction | None,
) -> tuple[Statement, ...]:
    """By what each text used, form by form: a short text leaves out what a mail says. What a ticket's text says of
    the `outage` that it belongs to is stated of that."""
    renditions = [rendition for draft in drafts for rendition in draft.renditions]
    if outage is not None:
        of, audience, ticket = outage.incident.id, AFFECTED, c.incident
        stated = [(r, fact) for r in renditions for fact in _of_outage(r, brief, outage)]
    else:
        of, audience, ticket = c.incident, c.audience, None
        wanted = renditions if c.kind in STATES else []
        stated = [(r, fact) for r in wanted for fact in _stated(c.kind, r, brief)]
    return tuple(
        Statement(
            rendition=rendition.id,
            attribute=fact.attribute,
            incident=of,
            audience=audience,
            kind=c.kind,
            at=now,
            fact=fact,
            ticket=ticket,
            since=correction.since if correction else None,
        )
        for rendition, fact in stated
    )


def _of_outage(rendition: Rendition, brief: Brief, outage: Outage) -> Iterator[Fact]:
    used = {value.fact for value in rendition.values}
    names = {fact.attribute for fact in brief.facts if fact.id in used}
    yield from (f for f in told_of_outage(outage, names) if f.attribute in CORRECTABLE)


def _stated(kind: Kind, rendition: Rendition, brief: Brief) -> Iterator[Fact]:
    used = {value.fact for value in rendition.values}
    yield from (f for f in brief.facts if f.attribute in CORRECTABLE and f.id in used)
    confirmed = brief.find("confirmed_at")
    if kind is Kind.RECOVERY and confirmed is not None:
        # Its own words say that it works again, whatever else they leave out.
        yield all_clear(confirmed).model_copy(update={"attribute": ALL_CLEAR})
