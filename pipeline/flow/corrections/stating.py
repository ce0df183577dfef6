"""Which facts did a text state that may turn out to be wrong? Kept with it, so that the ledger can say who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ...domain.communication import NEWS_OF_MAJOR, Communication, Draft, Kind, Rendition
from ...domain.correction import ALL_CLEAR, CORRECTABLE, Statement
from ...domain.facts import Brief, Fact
from ...drafting.wrong_values import all_clear

STATES = NEWS_OF_MAJOR | {Kind.CORRECTION}


def statements_of(
    c: Communication, drafts: Iterable[Draft], brief: Brief, now: datetime
) -> tuple[Statement, ...]:
    """By what each text used, form by form: a short text leaves out what a mail says."""
    if c.kind not in STATES:
        return ()
    return tuple(
        Statement(
            rendition=rendition.id,
            attribute=fact.attribute,
            incident=c.incident,
            audience=c.audience,
            kind=c.kind,
            at=now,
            fact=fact,
        )
        for draft in drafts
        for rendition in draft.renditions
        for fact in _stated(c.kind, rendition, brief)
    )


def _stated(kind: Kind, rendition: Rendition, brief: Brief) -> Iterator[Fact]:
    used = {value.fact for value in rendition.values}
    yield from (f for f in brief.facts if f.attribute in CORRECTABLE and f.id in used)
    confirmed = brief.find("confirmed_at")
    if kind is Kind.RECOVERY and confirmed is not None:
        # Its own words say that it works again, whatever else they leave out.
        yield all_clear(confirmed).model_copy(update={"attribute": ALL_CLEAR})
