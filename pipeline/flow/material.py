"""What may be told to one audience now? The facts cut for it, and which of them a model may put into words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from ..domain.communication import Communication, Kind
from ..domain.facts import STATEMENT, Brief, Fact
from ..drafting.approval_record import approval_facts
from ..drafting.article_record import article_facts
from ..drafting.brief import make_brief
from ..drafting.catalogue import Catalogue
from ..drafting.outage_record import outage_facts, stands_aside, waits_for_end
from ..drafting.outside_names import as_outside
from ..drafting.record import facts_of
from ..drafting.recurrence_record import recurrence_facts
from ..drafting.slot_names import ARTICLES, DETACHED_FROM, OUTAGE_NUMBER
from ..drafting.survey_record import survey_facts
from ..drafting.thread_tokens import without_tokens
from ..policy.audiences import audience_of
from ..policy.rules import RulePack
from ..policy.service_levels import first_contact_by
from .clock_reading import facts_of_clock
from .corrections.telling import as_corrected
from .gather import Subject
from .held_text import held_facts
from .library import InForce
from .news import facts_of_ledger
from .surges.asking import question_facts

_BELONGING = frozenset({"attached", "detached"})
_OF_FORMER = frozenset({DETACHED_FROM, "false_alarm_at"})
OF_THE_FRAME = frozenset({STATEMENT, "previous_update", "next_update", "due_what", "due_at"})
"""What a text tells in its fixed words alone: what people said (law 9), and when they hear from us."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """`hidden` are the record's facts that the audience may not know."""

    subject: Subject
    catalogue: Catalogue
    brief: Brief
    hidden: tuple[Fact, ...]
    of_belonging: bool = False
    """It tells whether the ticket belongs to a major incident: without that it says nothing."""

    @property
    def nothing_new(self) -> bool:
        """Everybody was told all of it, and nobody was told that there would be a message."""
        subject = self.subject
        c = subject.communication
        if c.held is not None:
            # Asked again, because nobody has decided: that is what there is to say.
            return False
        # A stage of a clock is news, however like the one before it reads; a question is asked, though all is known.
        anyway = c.scheduled or c.is_about_one or c.clock is not None or c.kind is Kind.SURVEY
        known = bool(subject.told) or self.of_belonging
        return known and not self.brief.news and not anyway


def material_of(subject: Subject, rules: RulePack, in_force: InForce, now: datetime) -> Material:
    """Raises MissingVariable where there is no such text, or its audience may not know the ticket."""
    c = subject.communication
    catalogue = in_force.templates.catalogue(c.kind, c.audience)
    if not catalogue.slots & ARTICLES:
        subject = replace(subject, found=None)
    audience = audience_of(c.audience, subject.incident)
    facts = _facts(rules, subject, now)
    of_belonging = _is_of_belonging(rules, c)
    news = _of_its_events(facts, c) & catalogue.news if of_belonging else catalogue.news
    return Material(
        subject=subject,
        catalogue=catalogue,
        brief=make_brief(facts, audience, subject.told, news),
        hidden=tuple(f for f in facts if not audience.may_know(f)),
        of_belonging=of_belonging,
    )


def _is_of_belonging(rules: RulePack, c: Communication) -> bool:
    """By the rule that decided it, which is asked for by nothing else."""
    return any(rule.id == c.rule and _BELONGING.issuperset(rule.events) for rule in rules.rules)


def _of_its_events(facts: Iterable[Fact], c: Communication) -> frozenset[str]:
    """What else was never told is left to its own message."""
    own = {fact.attribute for fact in facts if fact.event in c.events}
    return frozenset(own | {OUTAGE_NUMBER, DETACHED_FROM})


def in_words(material: Material) -> Brief:
    """What of it a model may put into words: what the text declares, without what belongs to its frame."""
    told = material.catalogue.slots - OF_THE_FRAME
    facts = tuple(f for f in material.brief.facts if f.attribute in told)
    return material.brief.model_copy(
        update={"facts": facts, "news": material.brief.news & told & {f.attribute for f in facts}}
    )


def digest_of(brief: Brief) -> str:
    """The same for the same facts with the same news, whenever it is asked."""
    rows = [_row(fact) for fact in brief.facts]
    told = json.dumps([brief.incident, brief.audience.role, rows, sorted(brief.news)])
    return sha256(told.encode()).hexdigest()[:16]


def _row(fact: Fact) -> list[str]:
    return [fact.id, fact.status.value, fact.model_dump_json(include={"value"})]


def _facts(rules: RulePack, subject: Subject, now: datetime) -> tuple[Fact, ...]:
    incident = subject.incident
    contact = None if _stands_still(subject) else first_contact_by(rules, incident)
    recorded = as_corrected(
        facts_of(incident, subject.lookup, first_contact_by=contact), subject.correction
    )
    known = subject.lookup.services.get(incident.service.value) if incident.service else None
    recorded = as_outside(recorded, subject.communication.audience, known)
    articles = article_facts(incident, subject.communication, subject.found)
    ledger = (*facts_of_ledger(subject, rules.cadence, now), *facts_of_clock(subject, rules, now))
    outage = outage_facts(incident, subject.outage)
    approval = approval_facts(incident, subject.communication, subject.lookup)
    low = rules.surveys.low
    survey = survey_facts(incident, subject.communication, subject.survey, subject.tally, low)
    held = held_facts(subject.held, incident)
    chain = recurrence_facts(incident, subject.communication, subject.recurring)
    question = question_facts(subject.question, incident, rules.confirmation, now)
    about = (*articles, *outage, *ledger, *approval, *survey, *held, *chain, *question)
    # Its news takes the place of what was announced for her ticket alone.
    aside = _waits_for_end(subject)
    own = (f for f in _tellable(recorded, subject) if not (aside and stands_aside(f, incident)))
    facts = (*own, *about)
    return without_tokens(facts, subject.source.thread_token)


def _tellable(recorded: Iterable[Fact], subject: Subject) -> Iterable[Fact]:
    return (
        f
        for f in recorded
        if (f.attribute != STATEMENT or f.event not in subject.withheld)
        and (f.attribute not in _OF_FORMER or _heard_of_former(subject))
    )


def _heard_of_former(subject: Subject) -> bool:
    """Whoever was never told that her ticket belongs to a failure does not learn of it by hearing that it does not."""
    former = subject.incident.detached_from
    told = (subject.told.get(OUTAGE_NUMBER), subject.told.get(DETACHED_FROM))
    return former is not None and former.value in told


def _stands_still(subject: Subject) -> bool:
    """A ticket that belongs to a major incident waits for its end, and for no contact of its own."""
    return subject.communication.kind is Kind.STATUS_CHANGE and _waits_for_end(subject)


def _waits_for_end(subject: Subject) -> bool:
    of = subject.outage
    return of is not None and waits_for_end(subject.incident, of.incident, of.lookup.services)
