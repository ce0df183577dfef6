"""One communication as it would be told: texts in both languages, the release, a message for each reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ..delivery.plan import PAGE, Plan
from ..domain.agreement import Demand, Mode
from ..domain.classified import type_of
from ..domain.communication import (
    OF_RECURRENCE,
    CommunicationState,
    Draft,
    Form,
    Reason,
)
from ..domain.errors import Unusable
from ..domain.facts import Brief
from ..domain.findings import Verdict
from ..domain.message import MessageState, Recipient
from ..domain.portal_parts import PUBLISHING, Part
from ..drafting.article_record import told_articles
from ..drafting.leading_nowhere import leading_nowhere
from ..drafting.passages import machine_mark
from ..drafting.slots import Context
from ..drafting.thread_tokens import token_for
from ..drafting.variants import parsed_part
from ..policy.releases import demand_of
from ..policy.rules import RulePack
from ..policy.standing import clock_stopped, overtaken
from ..ports import Channel, Ids
from ..release.permission import permission
from . import promises
from .addressing import addressed
from .beside import stops, told_beside, without_others_words
from .checked import Drafting, drafted, told_after
from .composed import Composed, nobody
from .corrections.stating import statements_of
from .corrections.telling import put_right
from .fallen_back import fell_back
from .gather import Subject
from .library import InForce, Library
from .links import Links
from .material import Material, material_of
from .recipients import recipients_of, users_missing
from .service_desk import Desk
from .surveys.answering import score_changed
from .writing.passages import wording_of


def _overtaken(subject: Subject) -> Reason | None:
    c = subject.communication
    return overtaken(c, subject.incident, subject.promise) or clock_stopped(c, subject.clock)


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
        if _overtaken(subject) is not None:
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
        """What would be written, and nothing is. A text that fails for this ticket falls to what was in force
        before, then to the files, then to the shipped one; that it did is an alarm. Raises what makes even that
        unusable."""
        # Taken once: an activation in the middle must not mix old texts with new.
        in_force = self._library.texts
        try:
            return self._draft(subject, in_force, now)
        except Unusable as failed:
            for other in self._library.earlier():
                try:
                    made = self._draft(subject, other, now)
                except Unusable:
                    continue
                brief = material_of(subject, self._library.rules, other, now).brief
                fell = fell_back(subject, brief, in_force, other, failed)
                return made if fell is None else replace(made, alarms=(*made.alarms, fell))
            raise

    def trial(
        self, subject: Subject, in_force: InForce, part: str, reader: str, now: datetime
    ) -> tuple[tuple[Draft, ...], Brief, dict[str, str]]:
        """One text on this ticket in every form, whether or not it would be told now; with the links of a
        reader. Raises what `draft` does."""
        material = material_of(subject, self._library.rules, in_force, now)
        _, variant = parsed_part(part)
        forms = [variant.form] if variant.form else list(Form)
        drafting = replace(self._drafting(material, in_force, now), wording=None, part=part)
        incident = subject.incident
        links = self._links.for_reader(incident, subject.communication.audience, reader, now)
        return drafted(drafting, forms), material.brief, links

    def _draft(self, subject: Subject, in_force: InForce, now: datetime) -> Composed:
        c, rules = subject.communication, self._library.rules
        why_not = _overtaken(subject) or told_beside(subject)
        why_not = why_not or score_changed(c, subject.survey, subject.tally, rules.surveys)
        if c.held is not None and subject.held is None:
            why_not = Reason(code="text_decided_already")
        if c.kind in OF_RECURRENCE and subject.recurring is None:
            why_not = Reason(code="chain_gone")
        if why_not is not None:
            return Composed(state=CommunicationState.SKIPPED, outcome=why_not)
        material = material_of(subject, rules, in_force, now)
        subject = material.subject
        if material.nothing_new:
            return Composed(state=CommunicationState.SKIPPED, outcome=Reason(code="nothing_new"))
        plan = self._plan(subject)
        if not plan.recipients:
            return nobody(subject, plan, self._showing())
        drafts = self._drafts(material, in_force, plan, now)
        apart = without_others_words(subject, material.brief)
        if apart is not None and any(stops(d) for d in drafts):
            return self._draft(apart, in_force, now)
        if subject.held is not None and any(stops(d) for d in drafts):
            # What was found in the text would be found in its quotation too, and nobody be asked.
            unquoted = replace(subject.held, subject=None, text=None)
            if unquoted != subject.held:
                return self._draft(replace(subject, held=unquoted), in_force, now)
        if subject.found is not None and any(stops(d) for d in drafts):
            # No article is worth an acknowledgement that waits for a person.
            return self._draft(replace(subject, found=None), in_force, now)
        return self._released(material, rules, plan, drafts, now)

    def _drafts(
        self, material: Material, in_force: InForce, plan: Plan, now: datetime
    ) -> tuple[Draft, ...]:
        drafting = self._drafting(material, in_force, now)
        return drafted(drafting, self._always | {self._form(r) for r in plan.recipients})

    def _drafting(self, material: Material, in_force: InForce, now: datetime) -> Drafting:
        subject = material.subject
        mark = machine_mark(in_force.files) if self._desk.mark_machine_text else {}
        return Drafting(
            templates=in_force.templates,
            phrases=in_force.phrases,
            communication=subject.communication,
            brief=material.brief,
            hidden=material.hidden,
            context=self._context(subject),
            now=now,
            wording=wording_of(subject.passage, material, mark),
        )

    def _plan(self, subject: Subject) -> Plan:
        return recipients_of(subject, self._channels, self._desk)

    def _showing(self) -> frozenset[Part]:
        """The parts that are on, and have what they need."""
        return self._desk.parts if PAGE in self._channels else self._desk.parts - PUBLISHING

    def _context(self, subject: Subject) -> Context:
        return Context(
            desk_name=self._desk.name,
            desk_phone=self._desk.phone,
            thread_token=token_for(subject.source.thread_token, subject.incident.number),
            without=leading_nowhere(
                self._desk.parts,
                outage=subject.outage is not None,
                asked=subject.communication.to is not None,
                survey=subject.survey is not None or bool(subject.asked),
            ),
        )

    def _released(
        self,
        material: Material,
        rules: RulePack,
        plan: Plan,
        drafts: tuple[Draft, ...],
        now: datetime,
    ) -> Composed:
        subject, brief, catalogue = material.subject, material.brief, material.catalogue
        c = subject.communication
        verdict = Verdict(findings=tuple(f for d in drafts for f in d.verdict.findings))
        demand = _demand(subject, rules, verdict)
        release = permission(c, verdict, demand, now)
        if demand.mode is Mode.NOBODY:
            return Composed(state=CommunicationState.SKIPPED, outcome=release.reason)
        used = {v.slot for d in drafts for r in d.renditions for v in r.values}
        announced = [slot for slot in catalogue.promises if slot in used]
        state = MessageState.QUEUED if release.granted else MessageState.HELD
        texts = {(d.language, r.form): r for d in drafts for r in d.renditions}
        return Composed(
            state=CommunicationState.RELEASED if release.granted else CommunicationState.HELD,
            outcome=release.reason,
            drafts=drafts,
            release=release,
            demand=None if release.granted else demand,
            messages=tuple(
                addressed(
                    self._links, subject, brief, texts, recipient, self._form(recipient), state, now
                )
                for recipient in plan.recipients
            ),
            told=self._told(material, drafts, now),
            stated=statements_of(
                c, drafts, brief, now, outage=subject.outage, correction=subject.correction
            ),
            told_at=subject.told_at,
            promised=tuple(promises.made(c, brief, announced, _zones(plan), self._ids, now)),
            alarms=(*plan.unreached, *users_missing(subject)),
            articles=told_articles(c.audience, subject.found, used),
        )

    def _told(self, material: Material, drafts: tuple[Draft, ...], now: datetime) -> dict[str, str]:
        subject = material.subject
        c = subject.communication
        if subject.correction is not None:
            return put_right(subject.correction, drafts)
        if c.on_call is not None:
            # It went to some of the audience: what all of it knows is as before.
            return dict(subject.told)
        return told_after(subject.told, drafts, material.brief, material.catalogue, now)

    def _form(self, recipient: Recipient) -> Form:
        channel = self._channels[recipient.channel]
        return channel.room_form if recipient.kind == "room" else channel.form


def _zones(plan: Plan) -> set[str]:
    return {recipient.zone for recipient in plan.recipients}


def _demand(subject: Subject, rules: RulePack, verdict: Verdict) -> Demand:
    return demand_of(
        rules.releases,
        subject.communication,
        verdict=verdict,
        severity=subject.incident.severity,
        incident_type=type_of(subject.incident, subject.lookup.services),
    )
