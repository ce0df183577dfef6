"""What does the record hold about a major incident, and who may know it?

These facts are shared by everybody whom it hits, so they stand in a circle of their own: nothing that
one requester wrote is among them. What a public page may say is PUBLIC, what those affected may know
AFFECTED, what leaders and those in charge may know INTERNAL.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.directory import Bilingual
from ..domain.facts import STATEMENT, FactValue, Level, ValueKind
from ..domain.incident import Incident
from ..domain.lattices import Phase
from ..domain.major import Major
from ..domain.payload import Words
from ..domain.recorded import Recorded
from .maintenance_record import change_pieces
from .pieces import Lookup, Piece, group_name
from .slot_names import AUTHOR, EARLIER_DETAIL, EARLIER_SIGNAL

K = ValueKind
PUBLIC, AFFECTED, INTERNAL = Level.PUBLIC, Level.AFFECTED, Level.INTERNAL


def major_pieces(incident: Incident, names: Lookup) -> Iterator[Piece]:
    """All of it; nothing as long as no major incident was declared."""
    major = incident.major
    if major is None:
        return
    yield from _effect(major)
    yield from _advice(incident, major, names)
    yield from _repair(major, names)
    yield from _actions(major)
    yield from _said(major)
    yield from _recovered(major)
    yield from _returned(major)
    yield from _reviewed(major)
    yield from change_pieces(major)
    for author in major.people:
        name = names.person(author.value)
        yield Piece(
            attribute=AUTHOR, kind=K.NAME, value=name, of=author, level=INTERNAL, entry=author.event
        )


def alert_pieces(incident: Incident) -> Iterator[Piece]:
    """What monitors said: for those who decide whether this is a major incident."""
    yield from _earlier_alerts(incident)
    yield from _flapping(incident)
    for signal in incident.signals[-1:]:
        seen = signal.first
        yield _alert("signal", K.IDENTIFIER, signal.signal, seen)
        detail = seen.value.detail
        yield _alert("signal_detail", K.QUOTE, detail, seen)
        if incident.major is None:
            impact = seen.value.impact
            yield _state("impact", impact.value if impact else None, seen, INTERNAL)
            yield _state("severity", incident.severity, seen, INTERNAL)


def _flapping(incident: Incident) -> Iterator[Piece]:
    """The one that began to flap last, while it does."""
    for told in (s.flapping for s in reversed(incident.signals) if s.flapping is not None):
        yield _alert("flapping_signal", K.IDENTIFIER, told.value.signal, told)
        for name, value in (
            ("changes", told.value.changes),
            ("within", told.value.within_minutes * 60),
        ):
            kind = K.NUMBER if name == "changes" else K.DURATION
            yield Piece(
                attribute=f"flapping_{name}", kind=kind, value=value, of=told, level=INTERNAL
            )
        return


def _earlier_alerts(incident: Incident) -> Iterator[Piece]:
    """No text shows them; they are here so that none gives them away."""
    for signal in incident.signals[:-1]:
        seen = signal.first
        yield _alert(EARLIER_SIGNAL, K.IDENTIFIER, signal.signal, seen, entry=seen.event)
        yield _alert(EARLIER_DETAIL, K.QUOTE, seen.value.detail, seen, entry=seen.event)
    for said in (again for signal in incident.signals for again in signal.repeated):
        yield _alert(EARLIER_DETAIL, K.QUOTE, said.value, said, entry=said.event)


def _alert(
    name: str, kind: ValueKind, value: str | None, of: Recorded[Any], entry: str | None = None
) -> Piece:
    """Hosts, figures and thresholds: not for her who reported the ticket that an alert joins."""
    return Piece(attribute=name, kind=kind, value=value, of=of, level=INTERNAL, entry=entry)


def _effect(major: Major) -> Iterator[Piece]:
    yield _state("severity", major.severity.value, major.severity, PUBLIC)
    yield _state("phase", major.phase.value.value, major.phase, PUBLIC)
    if major.impact:
        yield _state("impact", major.impact.value.value, major.impact, PUBLIC)
    for name in ("headline", "symptom"):
        yield from _words(name, getattr(major, name), PUBLIC)
    for name in ("scope", "not_affected"):
        yield from _words(name, getattr(major, name), AFFECTED)
    yield from _words("customer_effect", major.customer_effect, INTERNAL)
    if major.relapse:
        yield _time("started_at", major.relapse.value.started_at, major.relapse, PUBLIC)
    elif major.started_at:
        yield _time("started_at", major.started_at.value, major.started_at, PUBLIC)
    yield _time("declared_at", major.declared.at, major.declared, PUBLIC)
    basis = major.declared.value.basis
    by_itself = None if basis == "person" else basis
    yield _state("declared_basis", by_itself, major.declared, INTERNAL)


def _advice(incident: Incident, major: Major, names: Lookup) -> Iterator[Piece]:
    """Written by the service's owner in calm times: about the service, so that it belongs to no circle."""
    service = names.services.get(incident.service.value) if incident.service else None
    if service is not None:
        told, of = service.advice, major.declared
        yield Piece(attribute="advice", kind=K.TEXT, value=told, of=of, level=AFFECTED, open=True)


def _repair(major: Major, names: Lookup) -> Iterator[Piece]:
    """Who has it: taken on by one team, or called and not answered yet."""
    team = major.accepted or major.called
    if team is not None:
        yield _piece("team", K.NAME, group_name(team.value, names), team, AFFECTED)
    if major.accepted:
        yield _time("taken_at", major.accepted.at, major.accepted, AFFECTED)
    elif major.called:
        yield _time("paged_at", major.called.at, major.called, AFFECTED)
    yield from _words("cause_confirmed", major.cause, AFFECTED)
    if major.workaround:
        yield from _words("workaround", major.workaround, AFFECTED)
        yield _time("verified_at", major.workaround.at, major.workaround, AFFECTED)


def _actions(major: Major) -> Iterator[Piece]:
    for logged in major.done:
        level = AFFECTED if logged.value.visibility == "affected" else INTERNAL
        yield _listed("done", logged, logged.value.action, level)
    if major.action:
        under_way, of = major.action.value, major.action
        yield _piece("action", K.TEXT, under_way.action, of, INTERNAL)
        yield _piece("action_role", K.TEXT, under_way.role, of, INTERNAL)
        yield _time("action_due", under_way.due_at, of, INTERNAL)
    if major.decision:
        asked = major.decision.value.decision
        yield _piece("decision_needed", K.TEXT, asked, major.decision, INTERNAL)


def _said(major: Major) -> Iterator[Piece]:
    """A person's own words; how many there were says that a cause may stand in them."""
    for said in major.statements:
        level = PUBLIC if said.value.visibility == "public" else AFFECTED
        yield _listed(STATEMENT, said, said.value.text, level)
    if major.statements:
        count = len(major.statements)
        yield _piece("stated_times", K.NUMBER, count, major.statements[-1], PUBLIC)


def _recovered(major: Major) -> Iterator[Piece]:
    """Only while the recovery stands: a relapse makes it history."""
    done = major.restored
    if done is None or major.phase.value is not Phase.RESOLVED:
        return
    told = done.value
    yield _time("restored_at", told.restored_at, done, PUBLIC)
    yield _time("confirmed_at", done.at, done, PUBLIC)
    yield _piece("duration", K.DURATION, major.seconds_down, done, PUBLIC)
    yield _state("data", told.data, done, AFFECTED)
    for name in ("confirmed_role", "measures", "data_loss"):
        yield _piece(name, K.TEXT, getattr(told, name), done, AFFECTED)
    for name in ("limits", "user_action"):
        value = getattr(told, name)
        if value == "none":
            yield _piece(f"no_{name}", K.STATE, f"checked.no_{name}", done, AFFECTED)
        else:
            yield _piece(name, K.TEXT, value, done, AFFECTED)
    for name in ("limits_news_by", "data_news_by", *(() if major.review else ("review_by",))):
        yield _time(name, getattr(told, name), done, AFFECTED)


def _returned(major: Major) -> Iterator[Piece]:
    if major.relapse and major.is_open:
        since = major.relapse.value.started_at or major.relapse.at
        yield _time("relapsed_at", since, major.relapse, PUBLIC)
        if major.restored:
            before = major.restored.value.restored_at
            yield _time("restored_at", before, major.restored, PUBLIC)
    if major.withdrawn:
        yield _time("withdrawn_at", major.withdrawn.at, major.withdrawn, PUBLIC)
        why = major.withdrawn.value.reason
        yield _piece("withdrawn_reason", K.TEXT, why, major.withdrawn, AFFECTED)


def _reviewed(major: Major) -> Iterator[Piece]:
    """What is told after it; the announced time of a review takes the place of the one told at recovery."""
    if major.review:
        yield _time("review_by", major.review.value.review_by, major.review, PUBLIC)
    if major.published:
        told, of = major.published.value, major.published
        yield _piece("review_found", K.TEXT, told.found, of, PUBLIC)
        yield _piece("review_cause", K.TEXT, told.cause, of, PUBLIC)
        yield _piece("review_lessons", K.TEXT, told.lessons, of, PUBLIC)


def _words(name: str, said: Recorded[Any] | None, level: Level) -> Iterator[Piece]:
    if said is not None:
        yield _piece(name, K.TEXT, said.value, said, level)


def _piece(
    name: str, kind: ValueKind, value: FactValue | None, of: Recorded[Any], level: Level
) -> Piece:
    return Piece(attribute=name, kind=kind, value=value, of=of, level=level, shared=True)


def _listed(name: str, of: Recorded[Any], value: Words, level: Level) -> Piece:
    """Named by its event, so that it is known again however the list grows."""
    words: str | Bilingual = value
    return Piece(
        attribute=name, kind=K.TEXT, value=words, of=of, level=level, shared=True, entry=of.event
    )


def _time(name: str, value: Any, of: Recorded[Any], level: Level) -> Piece:
    return _piece(name, K.TIME, value, of, level)


def _state(name: str, value: str | None, of: Recorded[Any], level: Level) -> Piece:
    return _piece(name, K.STATE, None if value is None else f"{name}.{value}", of, level)
