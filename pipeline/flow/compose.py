"""A due communication becomes checked messages: brief, draft, guard, release, plan.

Claiming is one commit and the result another; the drafting between them holds no lock. A process that
dies in between has told nobody, and the row comes back when its lease ends; one that comes back too
often, or that cannot be drafted, is parked with its reason and alarmed, while the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from ..delivery.plan import Plan, addresses, again, page_of
from ..domain.communication import (
    TO_THE_TOLD,
    Communication,
    CommunicationState,
    Draft,
    Form,
    Reason,
)
from ..domain.directory import Language
from ..domain.errors import HeliographError
from ..domain.facts import STATEMENT, Brief, Fact
from ..domain.findings import Verdict
from ..domain.keys import message_key, rendition_key
from ..domain.message import Message, MessageState, Part, Recipient
from ..drafting.article_record import article_facts, articles_for, told_articles
from ..drafting.brief import make_brief
from ..drafting.catalogue import Catalogue
from ..drafting.personal import personal_values
from ..drafting.record import facts_of
from ..drafting.slot_names import ARTICLES, STATUS_URL
from ..drafting.slots import Context
from ..drafting.thread_tokens import token_for, without_tokens
from ..policy.audiences import audience_of
from ..policy.rules import RulePack
from ..policy.service_levels import first_contact_by
from ..policy.standing import overtaken
from ..ports import Channel, Clock, Ids, Store
from ..release.permission import permission
from . import promises
from .beside import stops, told_beside, without_others_words
from .checked import Texts, drafted, told_after
from .composed import Composed, failed, nobody, parked, write
from .gather import Subject, gather
from .library import Library
from .links import Links
from .news import facts_of_ledger

BATCH = 32
LEASE = timedelta(minutes=1)
MOST_TRIES = 5
"""A row that was claimed so often and never settled has killed its process each time."""
PLANNED = "communications"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """How the service desk is named and reached, at the foot of its messages; `zone` is the one of its
    public page, if it has a `status_page`."""

    name: str
    phone: str
    zone: str = "UTC"
    status_page: bool = True


class Composer:
    """The worker between the rules and the channels."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        library: Library,
        channels: Mapping[str, Channel],
        links: Links,
        desk: Desk,
        wake: Callable[[Collection[str]], None],
        always: frozenset[Form] = frozenset(),
    ) -> None:
        """`always` are drafted beside the forms that are needed; `wake` is told who has to send."""
        self._store, self._clock, self._ids, self._library = store, clock, ids, library
        self._channels, self._links, self._desk = channels, links, desk
        self._always, self._wake = always, wake

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(PLANNED)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = tx.claim_communications(now, LEASE, BATCH)
        # What came back unsettled goes first and alone: if it kills its process, it takes none with it.
        for batch in [*([c] for c in claimed if c.tries > 1), [c for c in claimed if c.tries <= 1]]:
            self._settle(batch, now)
        return bool(claimed)

    def _settle(self, batch: list[Communication], now: datetime) -> None:
        if not batch:
            return
        with self._store.read() as tx:
            subjects = {s.communication.id: s for s in gather(tx, batch)}
        made = self._compose_all(batch, subjects, now)
        with self._store.write() as tx:
            write(tx, made, self._ids, now)
        self._wake({m.recipient.channel for _, composed in made for m in composed.messages})

    def _compose_all(
        self, claimed: list[Communication], subjects: Mapping[str, Subject], now: datetime
    ) -> list[tuple[Communication, Composed]]:
        made = []
        said: dict[tuple[str, str], dict[str, str]] = {}
        for communication in claimed:
            audience = (communication.incident, communication.audience)
            subject = subjects.get(communication.id)
            if subject is not None and audience in said:
                subject = replace(subject, told=said[audience], told_at=now, beside=True)
            composed = self._compose(communication, subject, now)
            if composed.told is not None and composed.state is CommunicationState.RELEASED:
                said[audience] = composed.told
            made.append((communication, composed))
        return made

    def _compose(
        self, communication: Communication, subject: Subject | None, now: datetime
    ) -> Composed:
        """Never raises: whatever goes wrong with one communication is a parked row, not a dead worker."""
        if communication.tries > MOST_TRIES:
            return parked(Reason(code="poison", values={"tries": str(communication.tries)}))
        if subject is None:
            return parked(failed("the ticket is not in the store"))
        try:
            return self.draft(subject, now)
        except HeliographError as unusable:
            return parked(failed(str(unusable)))
        except Exception as unforeseen:
            log.exception("communication could not be composed", communication=communication.id)
            return parked(failed(type(unforeseen).__name__))

    def draft(self, subject: Subject, now: datetime) -> Composed:
        """What would be written, and nothing is. Raises what makes a text unusable."""
        told = subject.told
        # Taken once: an activation in the middle must not mix old texts with new.
        c, rules, in_force = subject.communication, self._library.rules, self._library.texts
        why_not = overtaken(c, subject.incident, subject.promise) or told_beside(subject)
        if why_not is not None:
            return Composed(state=CommunicationState.SKIPPED, outcome=why_not)
        catalogue = in_force.templates.catalogue(c.kind, c.audience)
        audience = audience_of(c.audience, subject.incident)
        if not catalogue.slots & ARTICLES:
            subject = replace(subject, found=None)
        facts = self._facts(rules, subject, now)
        brief = make_brief(facts, audience, told, catalogue.news)
        if told and not brief.news and not c.scheduled:
            return Composed(state=CommunicationState.SKIPPED, outcome=Reason(code="nothing_new"))
        plan = self._plan(subject)
        if not plan.recipients:
            return nobody(subject, plan)
        hidden = tuple(f for f in facts if not audience.may_know(f))
        forms = self._always | {self._form(r) for r in plan.recipients}
        drafts = drafted(
            in_force.templates,
            in_force.phrases,
            c,
            brief,
            hidden=hidden,
            forms=forms,
            context=self._context(subject),
            now=now,
        )
        apart = without_others_words(subject, brief)
        if apart is not None and any(stops(d) for d in drafts):
            return self.draft(apart, now)
        if subject.found is not None and any(stops(d) for d in drafts):
            # No article is worth an acknowledgement that waits for a person.
            return self.draft(replace(subject, found=None), now)
        return self._released(subject, brief, plan, catalogue, drafts, told, now)

    def _facts(self, rules: RulePack, subject: Subject, now: datetime) -> tuple[Fact, ...]:
        incident = subject.incident
        recorded = facts_of(
            incident, subject.lookup, first_contact_by=first_contact_by(rules, incident)
        )
        tellable = (
            f for f in recorded if f.attribute != STATEMENT or f.event not in subject.withheld
        )
        articles = article_facts(incident, subject.communication, subject.found)
        facts = (*tellable, *articles, *facts_of_ledger(subject, rules.cadence, now))
        return without_tokens(facts, subject.source.thread_token)

    def _plan(self, subject: Subject) -> Plan:
        """Whoever belongs to the audience now; the end of a failure is for those who were told of it."""
        c = subject.communication
        if c.kind in TO_THE_TOLD:
            return again(subject.reached, live=self._channels.keys())
        return addresses(
            subject.targets,
            subject.members,
            channels=c.channels,
            live=self._channels.keys(),
            pages=[page_of(language, self._desk.zone) for language in subject.pages],
        )

    def _context(self, subject: Subject) -> Context:
        return Context(
            desk_name=self._desk.name,
            desk_phone=self._desk.phone,
            thread_token=token_for(subject.source.thread_token, subject.incident.number),
            without=frozenset() if self._desk.status_page else frozenset({STATUS_URL}),
        )

    def _released(
        self,
        subject: Subject,
        brief: Brief,
        plan: Plan,
        catalogue: Catalogue,
        drafts: tuple[Draft, ...],
        told: Mapping[str, str],
        now: datetime,
    ) -> Composed:
        c = subject.communication
        verdict = Verdict(findings=tuple(f for d in drafts for f in d.verdict.findings))
        release = permission(c, verdict, now)
        used = {v.slot for d in drafts for r in d.renditions for v in r.values}
        announced = [slot for slot in catalogue.promises if slot in used]
        state = MessageState.QUEUED if release.granted else MessageState.HELD
        texts = {(d.language, r.form): r for d in drafts for r in d.renditions}
        zones = {recipient.zone for recipient in plan.recipients}
        return Composed(
            state=CommunicationState.RELEASED if release.granted else CommunicationState.HELD,
            outcome=release.reason,
            drafts=drafts,
            release=release,
            messages=tuple(
                self._message(subject, brief, texts, recipient, state, now)
                for recipient in plan.recipients
            ),
            told=told_after(told, drafts, brief, catalogue, now),
            told_at=subject.told_at,
            promised=tuple(promises.made(c, brief, announced, zones, self._ids, now)),
            alarms=plan.unreached,
            articles=told_articles(c.audience, subject.found, used),
        )

    def _form(self, recipient: Recipient) -> Form:
        channel = self._channels[recipient.channel]
        return channel.room_form if recipient.kind == "room" else channel.form

    def _message(
        self,
        subject: Subject,
        brief: Brief,
        texts: Texts,
        recipient: Recipient,
        state: MessageState,
        now: datetime,
    ) -> Message:
        c = subject.communication
        form = self._form(recipient)

        def part(language: Language) -> Part:
            reader = recipient.model_copy(update={"language": language})
            shown = [one.article for one in articles_for(c.audience, subject.found)]
            links = self._links.for_reader(subject.incident, c.audience, recipient.id, now, shown)
            marks = {value.slot for value in texts[language, form].values if value.personal}
            return Part(
                rendition=rendition_key(c.id, c.revision, language, form),
                values=personal_values(brief, reader, links, now, marks),
            )

        first = part(recipient.language)
        return Message(
            id=message_key(c.id, c.revision, recipient.key, recipient.channel),
            bundle=c.id,
            contents=(c.id,),
            incident=c.incident,
            recipient=recipient,
            form=form,
            rendition=first.rendition,
            values=first.values,
            english=part("en") if recipient.mixed else None,
            lane=c.lane,
            state=state,
            due_at=now,
            created_at=now,
        )
