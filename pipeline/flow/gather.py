"""What does composing need of the store? Read for a whole batch in a few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..delivery.plan import subscriber
from ..domain.communication import Awaited, Communication, Kind
from ..domain.correction import Correction
from ..domain.directory import Group, Language, Person
from ..domain.incident import Incident
from ..domain.message import Recipient
from ..domain.passage import Passage
from ..domain.promise import Promise
from ..domain.report import Action
from ..domain.service_clock import ServiceClock
from ..domain.suggested import Found
from ..domain.survey import Survey, Tally
from ..drafting.outage_record import Outage
from ..drafting.pieces import Lookup
from ..drafting.recurrence_record import Recurring
from ..policy.audiences import Wanted
from ..policy.readers import STAFF, labels_of
from ..ports import Source, Transaction
from .held_text import HeldText, held_text
from .links import REQUESTER
from .portal.attaching import AFFECTED, affected_by, outages_of
from .recurrence.reading import recurring_for
from .still_true import still_true
from .surges.asking import Question, question_of
from .surveys.candidates import Candidates, candidates_for, tallies_for
from .surveys.offering import surveys_for
from .users import wanted_by


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One communication with all that its text and its recipients depend on.

    `targets` are the audience's members, `members` the people whom its groups name, `told` what the
    audience knows already and `told_at` since when, `reached` whom the ledger names as told, `promise`
    the one that a warning or an announced update is about, `withheld` events whose words
    another row tells, or a person put aside, `found` what the library has for the ticket, `passage` what came of asking a model for its words, `survey` the one that it offers or is about, `action` the one that a reminder is about, `clock` the one whose stage it tells of, `held` the text that a request to release is about, and
    `beside` that news of the same batch goes to the same readers, and `correction` what one puts right.
    """

    communication: Communication
    incident: Incident
    lookup: Lookup
    source: Source
    told: Mapping[str, str]
    told_at: datetime | None
    targets: tuple[Person | Group, ...]
    pages: tuple[Language, ...]
    reached: tuple[Recipient, ...]
    members: Mapping[str, Person]
    promise: Promise | None
    clock: ServiceClock | None
    withheld: frozenset[str]
    found: Found | None = None
    passage: Passage | None = None
    action: Action | None = None
    survey: Survey | None = None
    held: HeldText | None = None
    beside: bool = False
    correction: Correction | None = None
    attached: tuple[Person, ...] = ()
    """Those who reported this major incident, or whose tickets belong to it."""
    outage: Outage | None = None
    """The major incident that this ticket belongs to."""
    question: Question | None = None
    """What those who are asked have to know besides."""
    subscribers: tuple[Recipient, ...] = ()
    """Who subscribed to what the page is told, as they stand now."""
    on_record: frozenset[str] = frozenset()
    """Those of them whose address somebody of the directory has."""
    recurring: Recurring | None = None
    """The chain that an alert or a notice is about."""
    candidates: Candidates = field(default_factory=Candidates)
    """Who could be asked something."""
    asked: Mapping[str, Survey] = field(default_factory=dict)
    """What each reader is asked, by its key; set when it was decided who is."""
    tally: Tally | None = None
    """What all answered, for a low score of a question that many were asked."""

    def survey_of(self, reader: Recipient) -> Survey | None:
        """The survey that this reader may answer."""
        if reader.key in self.asked:
            return self.asked[reader.key]
        mine = self.survey is not None and self.survey.person == reader.id
        return self.survey if mine else None


def gather(tx: Transaction, claimed: Sequence[Communication]) -> list[Subject]:
    """In the order of `claimed`; one whose incident is not in the store is left out."""
    known = tx.incidents(_unique(c.incident for c in claimed))
    services = tx.services(_unique(name for i in known.values() for name in i.services))
    groups, wanted = _with_groups(tx, known, wanted_by(tx, claimed, known, services))
    members = tx.people(_unique(person for group in groups.values() for person in group.members))
    sources = _sources(tx, known)
    lookups = {
        name: Lookup(people=_people(tx, name, known, wanted), groups=groups, services=services)
        for name in sources
    }
    read = _Read(
        lookups=lookups,
        sources=sources,
        members=members,
        wanted=wanted,
        clocks=tx.service_clocks_named([c.clock for c in claimed if c.clock is not None]),
        searched=still_true(tx, known, tx.found_for(list(known))),
        passages=tx.passages([c.id for c in claimed if c.awaits is Awaited.PROSE]),
        actions=tx.actions_by_id([c.action for c in claimed if c.action]),
        surveys=surveys_for(tx, claimed, known),
        candidates=candidates_for(tx, claimed, known),
        tallies=tallies_for(tx, claimed),
        corrections=tx.corrections([c.id for c in claimed if c.kind is Kind.CORRECTION]),
        attached=affected_by(tx, claimed, known),
        outages=outages_of(tx, claimed, known),
        recurring=recurring_for(tx, claimed, known),
    )
    return [_subject(tx, c, known[c.incident], read) for c in claimed if c.incident in known]


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What was read for the whole batch: by source, by person, by communication, clock or incident."""

    lookups: Mapping[str, Lookup]
    sources: Mapping[str, Source]
    members: Mapping[str, Person]
    wanted: Mapping[str, Wanted]
    clocks: Mapping[str, ServiceClock]
    searched: Mapping[str, Found]
    passages: Mapping[str, Passage]
    actions: Mapping[str, Action]
    surveys: Mapping[str, Survey]
    candidates: Mapping[str, Candidates]
    tallies: Mapping[str, Tally]
    corrections: Mapping[str, Correction]
    attached: Mapping[str, tuple[Person, ...]]
    outages: Mapping[str, Outage]
    recurring: Mapping[str, Recurring]


def _subject(tx: Transaction, c: Communication, incident: Incident, read: _Read) -> Subject:
    told, told_at = tx.last_told(c.incident, c.audience)
    lookup, wanted = read.lookups[incident.source], read.wanted[c.id]
    targets = _targets(wanted, lookup)
    return Subject(
        communication=c,
        incident=incident,
        lookup=lookup,
        source=read.sources[incident.source],
        told=told,
        told_at=told_at,
        targets=targets,
        pages=wanted.pages,
        reached=_reached(tx, c, read.corrections.get(c.id)),
        members=read.members,
        promise=tx.promise(c.promise) if c.promise else None,
        clock=read.clocks.get(c.clock or ""),
        withheld=_withheld(tx, c, incident),
        found=_for_these(read.searched.get(c.incident), c, targets),
        passage=read.passages.get(c.id),
        action=read.actions.get(c.action or ""),
        survey=read.surveys.get(c.id),
        held=held_text(tx, c),
        correction=read.corrections.get(c.id),
        attached=read.attached.get(c.incident, ()) if c.audience == AFFECTED else (),
        outage=read.outages.get(c.incident),
        question=question_of(tx, c, incident),
        subscribers=(subscribers := _subscribers(tx, wanted, incident)),
        on_record=tx.subscribers_on_record(_service_of(incident)) if subscribers else frozenset(),
        recurring=read.recurring.get(c.id),
        candidates=read.candidates.get(c.id, Candidates()),
        tally=read.tallies.get(c.id),
    )


def _sources(tx: Transaction, known: Mapping[str, Incident]) -> dict[str, Source]:
    names = {incident.source for incident in known.values()}
    return {name: tx.source(name) or Source(name=name) for name in names}


def _with_groups(
    tx: Transaction, known: Mapping[str, Incident], wanted: Mapping[str, Wanted]
) -> tuple[dict[str, Group], dict[str, Wanted]]:
    """All groups that are spoken of; whose managers are wanted is then known as well."""
    groups = tx.groups(_unique(_groups_of(known.values(), wanted.values())))
    return groups, {name: one.with_managers(groups) for name, one in wanted.items()}


def lookup_of(tx: Transaction, incident: Incident) -> Lookup:
    """The part of the directory that this one ticket speaks of."""
    return Lookup(
        people=tx.people(_unique(_people_of([incident])), source=incident.source),
        groups=tx.groups(_unique(_groups_of([incident], []))),
        services=tx.services(incident.services),
    )


def _for_these(
    found: Found | None, c: Communication, targets: Sequence[Person | Group]
) -> Found | None:
    """What is written for staff goes to people who are, as the directory says, and to nobody beside them."""
    if found is None or c.audience == REQUESTER:
        return found
    people = [target for target in targets if isinstance(target, Person)]
    staff = len(people) == len(targets) and all(STAFF in labels_of(person) for person in people)
    return found if staff else found.model_copy(update={"staff": found.requester})


def _withheld(tx: Transaction, c: Communication, incident: Incident) -> frozenset[str]:
    """A communication's own events are told by it. While the failure lasts the others' are left to
    their own communications; a first word holds all there is, and once it is over they would come too
    late."""
    if incident.major is None:
        return frozenset()
    waiting = incident.major.is_open and c.kind not in (Kind.FIRST_CONTACT, Kind.RELAPSE)
    withheld = tx.withheld_events(c.incident, c.audience, waiting=waiting)
    return frozenset(withheld) - frozenset(c.events)


def _subscribers(tx: Transaction, wanted: Wanted, incident: Incident) -> tuple[Recipient, ...]:
    if not wanted.subscribers:
        return ()
    return tuple(subscriber(one) for one in tx.subscribers(_service_of(incident)))


def _service_of(incident: Incident) -> str | None:
    return incident.service.value if incident.service else None


def _reached(
    tx: Transaction, c: Communication, correction: Correction | None
) -> tuple[Recipient, ...]:
    if not c.goes_to_the_told or c.kind is Kind.SURVEY:
        return ()
    if c.kind is Kind.CORRECTION:
        return correction.recipients if correction else ()
    told = tx.told_recipients(c.incident, c.audience)
    return tuple(r for r in told if c.card is None or r.channel in c.channels)


def _targets(wanted: Wanted, lookup: Lookup) -> tuple[Person | Group, ...]:
    people = [lookup.people[name] for name in wanted.people if name in lookup.people]
    groups = [lookup.groups[name] for name in wanted.groups if name in lookup.groups]
    return (*people, *groups)


def _people(
    tx: Transaction, source: str, known: Mapping[str, Incident], wanted: Mapping[str, Wanted]
) -> dict[str, Person]:
    """Those of whom one source's tickets speak; another source may mean others by the same ids."""
    incidents = [i for i in known.values() if i.source == source]
    told = [name for w in wanted.values() for name in w.people]
    return tx.people(_unique([*_people_of(incidents), *told]), source=source)


def _people_of(incidents: Iterable[Incident]) -> list[str]:
    found = []
    for incident in incidents:
        if incident.requester:
            found.append(incident.requester.value.id)
        if incident.assignee:
            found.append(incident.assignee.value.id)
        if incident.reopening and incident.reopening.value.by:
            found.append(incident.reopening.value.by.id)
        for approval in incident.approvals:
            found += [ref.id for ref in approval.people]
        if incident.major:
            found += [author.value.id for author in incident.major.people]
    return found


def _groups_of(incidents: Iterable[Incident], wanted: Collection[Wanted]) -> list[str]:
    found = [name for w in wanted for name in w.groups]
    found += [w.managers_of for w in wanted if w.managers_of]
    found += [other for w in wanted for other in w.instead.values()]
    for incident in incidents:
        found += [name for name in (incident.handed_from,) if name]
        found += [incident.group.value] if incident.group else []
        teams = (incident.major.accepted, incident.major.called) if incident.major else ()
        found += [team.value for team in teams if team]
    return found


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
