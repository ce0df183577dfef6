"""One communication as it would be told: texts in both languages, the release, a message for each reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..delivery.plan import Plan, addresses, again, page_of, still_subscribed, with_more
from ..domain.communication import (
    TO_THE_TOLD,
    Communication,
    CommunicationState,
    Draft,
    Form,
    Lane,
    Reason,
)
from ..domain.directory import Language, Person
from ..domain.facts import Brief
from ..domain.findings import Verdict
from ..domain.keys import message_key, rendition_key
from ..domain.message import Message, MessageState, Part, Recipient
from ..drafting.article_record import articles_for, told_articles
from ..drafting.passages import machine_mark
from ..drafting.personal import personal_values
from ..drafting.slot_names import OUTAGE_URL, STATUS_URL, SUBSCRIPTION_URL
from ..drafting.slots import Context
from ..drafting.thread_tokens import token_for
from ..policy.standing import overtaken
from ..ports import Channel, Ids
from ..release.permission import permission
from . import promises
from .beside import stops, told_beside, without_others_words
from .checked import Drafting, Texts, drafted, told_after
from .composed import Composed, nobody
from .gather import Subject
from .library import InForce, Library
from .links import Links
from .material import Material, material_of
from .writing.passages import wording_of


@dataclass(frozen=True, kw_only=True)
class Desk:
    """How the service desk is named and reached, at the foot of its messages; `zone` is the one of its
    public page, if it has a `status_page`, to which people may have `subscriptions`; `mark_machine_text` says under a model's words that they are."""

    name: str
    phone: str
    zone: str = "UTC"
    status_page: bool = True
    subscriptions: bool = True
    mark_machine_text: bool = False


class Drafter:
    """Touches no store: what it needs was gathered before, and others write what it makes."""

    def __init__(
        self,
        *,
        ids: Ids,
        library: Library,
        channels: Mapping[str, Channel],
        links: Links,
        desk: Desk,
        always: frozenset[Form] = frozenset(),
    ) -> None:
        """`always` are drafted beside the forms that are needed."""
        self._ids, self._library = ids, library
        self._channels, self._links, self._desk = channels, links, desk
        self._always = always

    def material(self, subject: Subject, now: datetime) -> Material | None:
        """What a text would be made of; None where nothing would be told."""
        if overtaken(subject.communication, subject.incident, subject.promise):
            return None
        found = material_of(subject, self._library.rules, self._library.texts, now)
        return found if not found.nothing_new and self._plan(subject).recipients else None

    def in_place(self, material: Material, now: datetime) -> frozenset[str]:
        """The facts that the fixed words tell where a model may say it better."""
        subject = material.subject
        templates, context = self._library.templates, self._context(subject)
        return templates.told_in_place(
            subject.communication, material.brief, now=now, context=context
        )

    def draft(self, subject: Subject, now: datetime) -> Composed:
        """What would be written, and nothing is. Raises what makes a text unusable."""
        # Taken once: an activation in the middle must not mix old texts with new.
        c, rules, in_force = subject.communication, self._library.rules, self._library.texts
        why_not = overtaken(c, subject.incident, subject.promise) or told_beside(subject)
        if why_not is not None:
            return Composed(state=CommunicationState.SKIPPED, outcome=why_not)
        material = material_of(subject, rules, in_force, now)
        subject = material.subject
        if material.nothing_new:
            return Composed(state=CommunicationState.SKIPPED, outcome=Reason(code="nothing_new"))
        plan = self._plan(subject)
        if not plan.recipients:
            return nobody(subject, plan)
        drafts = self._drafts(material, in_force, plan, now)
        apart = without_others_words(subject, material.brief)
        if apart is not None and any(stops(d) for d in drafts):
            return self.draft(apart, now)
        if subject.found is not None and any(stops(d) for d in drafts):
            # No article is worth an acknowledgement that waits for a person.
            return self.draft(replace(subject, found=None), now)
        return self._released(material, plan, drafts, now)

    def _drafts(
        self, material: Material, in_force: InForce, plan: Plan, now: datetime
    ) -> tuple[Draft, ...]:
        subject = material.subject
        mark = machine_mark(in_force.files) if self._desk.mark_machine_text else {}
        drafting = Drafting(
            templates=in_force.templates,
            phrases=in_force.phrases,
            communication=subject.communication,
            brief=material.brief,
            hidden=material.hidden,
            context=self._context(subject),
            now=now,
            wording=wording_of(subject.passage, material, mark),
        )
        return drafted(drafting, self._always | {self._form(r) for r in plan.recipients})

    def _plan(self, subject: Subject) -> Plan:
        """Whoever belongs to the audience now; the end of a failure is for those who were told of it."""
        c = subject.communication
        subscribers = subject.subscribers if self._desk.subscriptions else ()
        if c.kind in TO_THE_TOLD:
            told = again(still_subscribed(subject.reached, subscribers), live=self._channels.keys())
            # Whose ticket was attached to it was answered with it, and waits for its end.
            return with_more(told, self._reach(c, subject.attached))
        return addresses(
            (*subject.targets, *subject.attached),
            subject.members,
            channels=c.channels,
            live=self._channels.keys(),
            pages=[*(page_of(p, self._desk.zone) for p in subject.pages), *subscribers],
        )

    def _context(self, subject: Subject) -> Context:
        return Context(
            desk_name=self._desk.name,
            desk_phone=self._desk.phone,
            thread_token=token_for(subject.source.thread_token, subject.incident.number),
            without=self._without(subject),
        )

    def _without(self, subject: Subject) -> frozenset[str]:
        """Links to what is not there."""
        if not self._desk.status_page:
            return frozenset({STATUS_URL, OUTAGE_URL})
        return frozenset() if subject.outage else frozenset({OUTAGE_URL})

    def _reach(self, c: Communication, people: tuple[Person, ...]) -> Plan:
        return addresses(people, {}, channels=c.channels, live=self._channels.keys())

    def _released(
        self,
        material: Material,
        plan: Plan,
        drafts: tuple[Draft, ...],
        now: datetime,
    ) -> Composed:
        subject, brief, catalogue = material.subject, material.brief, material.catalogue
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
            told=told_after(subject.told, drafts, brief, catalogue, now),
            told_at=subject.told_at,
            promised=tuple(promises.made(c, brief, announced, zones, self._ids, now)),
            alarms=plan.unreached,
            articles=told_articles(c.audience, subject.found, used),
        )

    def _form(self, recipient: Recipient) -> Form:
        channel = self._channels[recipient.channel]
        return channel.room_form if recipient.kind == "room" else channel.form

    def _links_for(self, subject: Subject, recipient: Recipient, now: datetime) -> dict[str, str]:
        audience = subject.communication.audience
        shown = [one.article for one in articles_for(audience, subject.found)]
        links = self._links.for_reader(subject.incident, audience, recipient.id, now, shown)
        if recipient.kind == "subscriber":
            links |= {SUBSCRIPTION_URL: self._links.subscription(recipient.id, now)}
        if subject.outage is not None:
            links |= {OUTAGE_URL: self._links.status(subject.outage.incident)}
        return links

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
            links = self._links_for(subject, recipient, now)
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
            # However many they are, those whom it hits do not wait for them.
            lane=Lane.BULK if recipient.kind == "subscriber" else c.lane,
            state=state,
            due_at=now,
            created_at=now,
        )
