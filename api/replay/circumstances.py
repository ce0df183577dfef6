"""What was so beside the tickets that decides who is told what: who was on call, who wished to hear what when, and whom
another ticket had asked how it went?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Directory
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message, MessageState
from pipeline.domain.rota import Rota, Shift
from pipeline.domain.survey import Offer, Survey
from pipeline.domain.wishes import Muting, Wishes
from pipeline.flow.surveys.offering import turns_of
from pipeline.oncall_ports import Reading
from pipeline.ports import Transaction

ASKED_LATELY = "survey_asked_lately"
MUTED = "muted"
MOST_UNASKED = 10_000
_NEVER = timedelta(days=3650)
_DAY = timedelta(days=1)
_BEFORE = timedelta(minutes=1)
"""What is known only by its effect had happened by then: in reality writing a text takes its seconds."""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Wishes are today's, like the directory; mutes are those of all the house that lasted then or began later, each with
    when it began; shifts are those that are still kept."""

    wishes: tuple[Wishes, ...] = ()
    mutings: tuple[Muting, ...] = ()
    rotas: tuple[tuple[Rota, tuple[Shift, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A person of this ticket did something elsewhere, by which she was told less here: she had been asked lately how
    another ticket went (`until` is None), or had muted this one on its page."""

    at: datetime
    person: str
    until: datetime | None = None


def circumstances(
    tx: Transaction, directory: Directory, since: datetime, now: datetime
) -> Circumstances:
    people = [person.id for person in directory.people]
    rotas = tx.rotas()
    return Circumstances(
        wishes=tuple(tx.wishes(people).values()),
        mutings=tuple(tx.mutings(None, since)),
        rotas=tuple((r, tuple(tx.shifts_between(r.id, since - _DAY, now))) for r in rotas),
    )


def elsewhere(
    app: Heliograph, incident: Incident, told: Sequence[Message]
) -> tuple[Elsewhere, ...]:
    return (*_asked(app, incident), *_muted(told))


def arrange(app: Heliograph, found: Circumstances, at: datetime) -> None:
    """What stood from the beginning."""
    with app.store.write() as tx:
        for wishes in found.wishes:
            tx.save_wishes(wishes)
        for muting in found.mutings:
            if muting.of == "service" and muting.at <= at:
                tx.save_muting(muting)
        for rota, shifts in found.rotas:
            # It is what was read then: nothing is fetched.
            kept = rota.model_copy(update={"url": None, "due_at": at + _NEVER})
            tx.keep_reading(None, Reading(rota=kept, shifts=shifts))


def mute(app: Heliograph, muting: Muting, incident: Incident | None) -> None:
    """`incident` is the ticket that it is about, as it is here: in reality it has another id."""
    if muting.of == "incident":
        if incident is None:
            return
        muting = muting.model_copy(update={"about": incident.id})
    with app.store.write() as tx:
        tx.save_muting(muting)


def happen_elsewhere(app: Heliograph, incident: Incident | None, one: Elsewhere) -> None:
    with app.store.write() as tx:
        if one.until is not None:
            if incident is not None:
                tx.mute(one.person, incident.id, one.until)
            return
        known = tx.people([one.person]).get(one.person)
        mails = [a.value for a in (known.addresses if known else ()) if a.channel == "mail"]
        survey = Survey(
            id=app.ids.new("srv"),
            incident=app.ids.new("elsewhere"),
            round=0,
            person=one.person,
            asked_at=one.at,
            expires_at=one.at,
        )
        turns = turns_of(one.person, mails[0] if mails else None)
        tx.offer_surveys([Offer(survey=survey, turns=turns)], one.at)


def _asked(app: Heliograph, incident: Incident) -> Iterator[Elsewhere]:
    for row in app.deciding.found.unasked(incident.id, MOST_UNASKED):
        if row.reason.code == ASKED_LATELY:
            yield Elsewhere(at=row.decided_at - _BEFORE, person=row.person)


def _muted(told: Sequence[Message]) -> Iterator[Elsewhere]:
    """The page of a ticket keeps until when it is mute, and not since when: it was when the first message was."""
    first: dict[str, Message] = {}
    for message in sorted(told, key=lambda m: m.created_at):
        why = message.waits
        if message.state is MessageState.CANCELLED and why is not None and why.code == MUTED:
            first.setdefault(message.recipient.id, message)
    for person, message in first.items():
        until = message.waits.values.get("promised_at") if message.waits else None
        if until is not None:
            at = message.created_at - _BEFORE
            yield Elsewhere(at=at, person=person, until=datetime.fromisoformat(until))
