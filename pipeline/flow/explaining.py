"""Why did this person get this, and why not that? Every decision about a ticket that concerns them, in order.

Decisions that became rows are read; a rule that had nothing to say left none, and is asked again: the version that was
in force then, of the ticket as it stood then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from ..domain.communication import Awaited, Communication, CommunicationState, Kind, Reason
from ..domain.directory import Person
from ..domain.errors import Misconfigured, UnknownThing
from ..domain.incident import Incident
from ..domain.message import Message, MessageState
from ..domain.survey import SurveyKind, Unasked
from ..policy.answers import Answer, answers
from ..policy.rules import RulePack
from ..ports import Queries, Store, Transaction
from .belonging import House
from .explained import Explained, Explanation, Outcome
from .library import Library
from .moments import Moment, moments_of

MOST_TICKETS, MOST_LOOKED_AT = 50, 500


class Explaining:
    def __init__(self, *, store: Store, queries: Queries, library: Library) -> None:
        self._store, self._queries, self._library = store, queries, library

    def of_ticket(self, person_id: str, name: str) -> Explanation:
        """Raises UnknownThing for a person, or a ticket, that nobody knows."""
        incident = self._queries.incident(name)
        if incident is None:
            raise UnknownThing(f"no ticket {name[:100]}")
        person = self._person(person_id, incident.source)
        with self._store.read() as tx:
            found, audiences = self._of(tx, self._house(), person, incident)
        return Explanation(person=person, decisions=tuple(found), audiences=audiences)

    def of_time(self, person_id: str, since: datetime, until: datetime) -> Explanation:
        """Of all tickets that changed in that time, as far as they concern the person."""
        decisions: list[Explained] = []
        audiences: dict[str, None] = {}
        with self._store.read() as tx:
            changed = tx.incidents_changed(since, until, MOST_LOOKED_AT)
            sent = {m.incident for m in self._queries.messages(recipient=f"person:{person_id}")}
            person = self._person(person_id, changed[0].source if changed else None)
            house = self._house()
            theirs = [i for i in changed if i.id in sent or house.audiences(person, i)]
            for incident in theirs[:MOST_TICKETS]:
                found, roles = self._of(tx, house, person, incident)
                decisions += [one for one in found if since <= one.at <= until]
                audiences |= dict.fromkeys(roles)
        return Explanation(
            person=person,
            decisions=tuple(sorted(decisions, key=lambda one: one.at)),
            audiences=tuple(audiences),
            cut=len(theirs) > MOST_TICKETS or len(changed) == MOST_LOOKED_AT,
        )

    def _person(self, person_id: str, source: str | None) -> Person:
        found = self._queries.people([person_id], source=source).get(person_id)
        if found is None:
            raise UnknownThing(f"nobody is known as {person_id[:100]}")
        return found

    def _house(self) -> House:
        return House(groups=self._queries.groups(), services=self._queries.services())

    def _of(
        self, tx: Transaction, house: House, person: Person, incident: Incident
    ) -> tuple[list[Explained], tuple[str, ...]]:
        moments = list(moments_of(tx, incident))
        belongs = {m.event.id: house.audiences(person, m.after) for m in moments}
        audiences = tuple(dict.fromkeys(a for roles in belongs.values() for a in roles))
        unasked = tx.unasked_of(incident.id, person.id)
        searched = tx.found_for([incident.id]).get(incident.id)
        unsearched = searched is not None and searched.failed
        rows = _Rows(self._queries, house.rooms(person), person, incident, unasked, unsearched)
        found = [one for c in rows.communications if (one := rows.explained(c, audiences))]
        for moment in moments:
            decided = {
                (c.rule, c.audience) for c in rows.communications if moment.event.id in c.events
            }
            found += self._unsaid(tx, moment, belongs[moment.event.id], decided)
        return sorted(found, key=lambda one: one.at), audiences

    def _unsaid(
        self,
        tx: Transaction,
        moment: Moment,
        audiences: Sequence[str],
        decided: set[tuple[str, str]],
    ) -> Iterator[Explained]:
        """What left no row: rules that were not about it, and events of which no rule tells this person."""
        pack = self._pack_at(tx, moment.event.recorded_at)
        asked = answers(
            pack,
            moment.event,
            moment.before,
            moment.after,
            late=moment.late,
            told=lambda audience: moment.told.get(audience, []),
        )
        mine = [one for one in asked if one.rule.audience in audiences]
        for one in mine:
            if (
                one.said in ("not_about", "failed")
                and (one.rule.id, one.rule.audience) not in decided
            ):
                yield _of_rule(moment, one, pack)
        if audiences and not mine:
            values = {"audience": audiences[0], "event": moment.event.name}
            reason = Reason(code="no_rule_tells", values=values)
            yield _unsaid(moment, "no_rule", "", audiences[0], reason, pack)

    def _pack_at(self, tx: Transaction, at: datetime) -> RulePack:
        """The rules of that time; those of now where the time is older than the record of versions."""
        then = tx.activation_at(at)
        if then is None or then.version == self._library.rules.version:
            return self._library.rules
        kept = tx.rule_version(then.version)
        if kept is None:
            return self._library.rules
        try:
            return _compiled(self._library, kept.version, tuple(sorted(kept.files.items())))
        except Misconfigured:
            return self._library.rules


class _Rows:
    """What the ledger has for one person and one ticket, read once."""

    def __init__(
        self,
        queries: Queries,
        rooms: Sequence[str],
        person: Person,
        incident: Incident,
        unasked: Sequence[Unasked],
        unsearched: bool,
    ) -> None:
        self._person, self._incident, self._unsearched = person, incident, unsearched
        self.communications = list(reversed(queries.communications(incident.id)))
        mine = queries.messages(
            incident_id=incident.id, recipient=f"person:{person.id}", limit=1000
        )
        theirs = [
            m
            for room in rooms
            for m in queries.messages(incident_id=incident.id, recipient=f"room:{room}")
        ]
        self._mine = {name: m for m in mine for name in m.contents}
        self._rooms = {name: m for m in theirs for name in m.contents}
        self._unasked = [one.reason for one in unasked if one.kind is SurveyKind.INFORMED]

    def explained(self, c: Communication, audiences: Sequence[str]) -> Explained | None:
        """None for what concerns others alone."""
        message = self._mine.get(c.id)
        if message is not None:
            outcome = _outcome(message)
            # Not each text that is held needs somebody's agreement: its own reason says what it waits for.
            held = c.outcome if message.state is MessageState.HELD else None
            return self._one(c, outcome, held or _sent(message), message)
        if c.audience not in audiences:
            return None
        if (room := self._rooms.get(c.id)) is not None:
            reason = Reason(code="told_in_room", values={"room": room.recipient.name})
            return self._one(c, "in_room", reason, room)
        return self._unsent(c)

    def _unsent(self, c: Communication) -> Explained:
        if c.kind is Kind.SURVEY and c.state in _ASKED and self._unasked:
            # Others were asked, or nobody was left: of this person it is kept why.
            return self._one(c, "silent", self._unasked[-1])
        because = c.outcome or c.reason
        match c.state:
            case CommunicationState.MERGED:
                return self._one(c, "merged", because)
            case CommunicationState.PLANNED:
                waits = Reason(code="waits_until", values={"promised_at": c.due_at.isoformat()})
                return self._one(c, "waits", waits)
            case CommunicationState.HELD:
                return self._one(c, "held", because)
            case CommunicationState.PARKED:
                return self._one(c, "failed", because)
            case CommunicationState.SKIPPED:
                return self._one(c, "silent", because)
            case CommunicationState.RELEASED:
                values = {"audience": c.audience}
                return self._one(c, "missed", Reason(code="not_among_told", values=values))

    def _one(
        self, c: Communication, outcome: Outcome, why: Reason, message: Message | None = None
    ) -> Explained:
        return Explained(
            at=c.created_at,
            number=self._incident.number,
            incident=self._incident.id,
            outcome=outcome,
            kind=c.kind.value,
            audience=c.audience,
            why=why,
            because=c.reason,
            on_call=c.on_call.why if c.on_call else None,
            without=self._without(c, message),
            rule=c.rule,
            rules=c.rules,
            communication=c.id,
            message=message,
        )

    def _without(self, c: Communication, message: Message | None) -> Reason | None:
        waited = c.awaits is Awaited.ARTICLES and message is not None
        return Reason(code="articles_unsearched") if self._unsearched and waited else None


_ASKED = (CommunicationState.RELEASED, CommunicationState.SKIPPED)


def _outcome(message: Message) -> Outcome:
    if message.state in (MessageState.WAITING, MessageState.HELD):
        return "held" if message.state is MessageState.HELD else "waits"
    return "silent" if message.state is MessageState.CANCELLED else "told"


def _sent(message: Message) -> Reason:
    if message.waits is not None and message.state in (
        MessageState.WAITING,
        MessageState.CANCELLED,
    ):
        return message.waits
    if message.state is MessageState.BUNDLED:
        values = {"promised_at": message.due_at.isoformat()}
        return Reason(code="message_bundled", values=values)
    return Reason(code=f"message_{message.state.value}")


def _of_rule(moment: Moment, answer: Answer, pack: RulePack) -> Explained:
    rule = answer.rule
    outcome: Outcome = "failed" if answer.said == "failed" else "silent"
    found = _unsaid(moment, outcome, rule.kind.value, rule.audience, answer.reason, pack)
    return replace(found, rule=rule.id, because=rule.reason)


def _unsaid(
    moment: Moment,
    outcome: Outcome,
    kind: str,
    audience: str,
    why: Reason,
    pack: RulePack,
) -> Explained:
    return Explained(
        at=moment.event.recorded_at,
        number=moment.event.number,
        incident=moment.event.incident_id,
        outcome=outcome,
        kind=kind,
        audience=audience,
        why=why,
        rules=pack.version,
    )


@lru_cache(maxsize=16)
def _compiled(library: Library, _version: str, files: tuple[tuple[str, str], ...]) -> RulePack:
    return library.rules_of(dict(files))
