"""A major incident is over and closed: which of those who were told of it are asked how well they were kept informed?

Pure: each is asked, or not for a reason. Between two at once the rows decide (`keeping`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ...domain.classified import type_of
from ...domain.communication import CommunicationState, Kind, Reason
from ...domain.keys import survey_key
from ...domain.major import Major
from ...domain.message import Recipient
from ...domain.survey import Offer, Survey, SurveyKind, Unasked
from ...policy.surveys import SurveyRules, why_not_of_informed
from ..composed import Composed
from ..gather import Subject
from .candidates import Candidates, person_of
from .keeping import unasked_as
from .offering import turns_of


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """`offers` by the reader's key. Of one that was composed before the row is there already: the same one."""

    readers: tuple[Recipient, ...]
    offers: dict[str, Offer]
    unasked: tuple[Unasked, ...]


Draft = Callable[[Subject, datetime], Composed]


def composed(subject: Subject, rules: SurveyRules, now: datetime, draft: Draft) -> Composed:
    """As `draft` makes it; where it asks something, with what has to be kept of all who could be asked. Raises
    what `draft` does."""
    if subject.communication.kind is not Kind.SURVEY:
        return draft(subject, now)
    why_not = why_not_of_informed(
        subject.incident, type_of(subject.incident, subject.lookup.services)
    )
    major = subject.incident.major
    if why_not is not None or major is None:
        return Composed(state=CommunicationState.SKIPPED, outcome=why_not or Reason(code="not_so"))
    candidates = subject.candidates
    offers = {r.key: _offer(subject, major, r, rules, now) for r in candidates.readers}
    subscribed = {one.key for one in subject.subscribers}
    chosen = chosen_of(candidates, offers, subscribed, rules, now)
    if not chosen.readers:
        outcome = Reason(code="survey_nobody_left" if chosen.unasked else "nobody_was_told")
        return Composed(state=CommunicationState.SKIPPED, outcome=outcome, unasked=chosen.unasked)
    surveys = {key: offer.survey for key, offer in chosen.offers.items()}
    made = draft(replace(subject, reached=chosen.readers, attached=(), asked=surveys), now)
    sent = {message.recipient.key for message in made.messages}
    return replace(
        made,
        offers={key: offer for key, offer in chosen.offers.items() if key in sent},
        unasked=chosen.unasked,
    )


def chosen_of(
    candidates: Candidates,
    offers: Mapping[str, Offer],
    subscribed: Collection[str],
    rules: SurveyRules,
    now: datetime,
) -> Chosen:
    """Each reader is asked, or not for a reason. Persons first: whoever is told at one address as both a person and a
    subscriber is asked by name. `offers` and `subscribed` go by the reader's key."""
    taken = {turn for turn, at in candidates.asked.items() if at > now - rules.once_in}
    readers, chosen, unasked = [], {}, []
    for reader in sorted(candidates.readers, key=lambda r: (r.kind != "person", r.key)):
        offer = offers[reader.key]
        person = offer.survey.person
        # Composed before, and not written: the same survey, whose own turn stands in nobody's way.
        again = candidates.mine.get(person) == offer.survey.id
        here = reader.kind == "person" or reader.key in subscribed
        why_not = None if again else _why_not(candidates, offer, taken, here=here)
        if why_not is not None:
            unasked.append(unasked_as(offer.survey, why_not, now))
            continue
        taken.update(offer.turns)
        readers.append(reader)
        chosen[reader.key] = offer
    return Chosen(readers=tuple(readers), offers=chosen, unasked=tuple(unasked))


def _why_not(
    candidates: Candidates, offer: Offer, taken: Collection[str], *, here: bool
) -> Reason | None:
    if offer.survey.person in candidates.gone:
        return Reason(code="survey_gone")
    if not here:
        return Reason(code="survey_unsubscribed")
    if offer.survey.person in candidates.mine:
        return Reason(code="survey_asked_already")
    asked = any(turn in taken for turn in offer.turns)
    return Reason(code="survey_asked_lately") if asked else None


def _offer(
    subject: Subject, major: Major, reader: Recipient, rules: SurveyRules, now: datetime
) -> Offer:
    person = person_of(reader)
    name = survey_key(subject.communication.id, reader.key)
    survey = _survey(subject, major, person, name, rules, now)
    return Offer(survey=survey, turns=turns_of(person, reader.address))


def _survey(
    subject: Subject, major: Major, person: str, name: str, rules: SurveyRules, now: datetime
) -> Survey:
    incident = subject.incident
    team = major.accepted or major.called or incident.group
    return Survey(
        id=name,
        kind=SurveyKind.INFORMED,
        incident=incident.id,
        round=major.relapsed_times,
        person=person,
        asked_at=now,
        expires_at=now + rules.open_for,
        group=team.value if team else None,
        service=incident.service.value if incident.service else None,
    )
