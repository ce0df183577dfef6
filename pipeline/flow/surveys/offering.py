"""A ticket was resolved: is its requester asked how it went? Decided in the event's own unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ...domain.communication import Communication, Kind
from ...domain.directory import Person
from ...domain.events import Event, Resolved
from ...domain.incident import Incident
from ...domain.keys import address_turn
from ...domain.survey import Offer, Survey
from ...policy.surveys import SurveyRules, why_not_of_repair
from ...ports import Ids, Transaction
from .keeping import keep, unasked_as

MAIL = "mail"


def offer(
    tx: Transaction, event: Event, after: Incident, rules: SurveyRules, ids: Ids, now: datetime
) -> None:
    """At most one survey for a round of a ticket, and one for a person in `once_in`: the rows say so, also
    where two tickets of hers are resolved in the same moment. Why she is not asked is a row."""
    if not isinstance(event.data, Resolved) or after.requester is None:
        return
    if after.resolution is None or after.resolution.event != event.id:
        # It tells late of a solution that another one took the place of.
        return
    person = after.requester.value.id
    survey = _survey(after, person, ids.new("srv"), rules, now)
    why_not = why_not_of_repair(after)
    if why_not is not None:
        tx.keep_unasked([unasked_as(survey, why_not, now)])
        return
    known = tx.people([person], source=after.source).get(person)
    offered = Offer(survey=survey, turns=turns_of(person, _mail_of(known)))
    keep(tx, {person: offered}, (), rules, now)


def turns_of(person: str, address: str | None) -> tuple[str, ...]:
    """Whose turn it is: whoever is known twice, as a person and by an address, is asked once."""
    return (person, address_turn(address)) if address else (person,)


def surveys_for(
    tx: Transaction, claimed: Sequence[Communication], known: Mapping[str, Incident]
) -> dict[str, Survey]:
    """By communication: the survey that it is about, or, for the word that it is fixed, the one of this round.
    A query for all of either, and none where none of them needs it."""
    fixed = [c for c in claimed if c.kind is Kind.RESOLUTION and c.incident in known]
    kept = tx.surveys_on(sorted({c.incident for c in fixed}))
    found = {
        c.id: survey
        for c in fixed
        for survey in kept
        # Not of another ticket of the same batch, nor of a round that did not last.
        if (survey.incident, survey.round) == (c.incident, known[c.incident].reopened_times)
    }
    named = {c.id: c.survey for c in claimed if c.survey is not None}
    by_id = {survey.id: survey for survey in tx.surveys_by_id(sorted(set(named.values())))}
    return found | {c: by_id[name] for c, name in named.items() if name in by_id}


def _survey(after: Incident, person: str, name: str, rules: SurveyRules, now: datetime) -> Survey:
    return Survey(
        id=name,
        incident=after.id,
        round=after.reopened_times,
        person=person,
        asked_at=now,
        expires_at=now + rules.open_for,
        group=after.group.value if after.group else None,
        service=after.service.value if after.service else None,
    )


def _mail_of(person: Person | None) -> str | None:
    addresses = person.addresses if person else ()
    return next((a.value for a in addresses if a.channel == MAIL), None)
