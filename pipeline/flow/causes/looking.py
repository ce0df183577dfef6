"""What does the record hold that may have caused an incident? Read by windows of time, in a few queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from ...causes.reading import LineReader
from ...causes.seen import AFTERWARDS, WINDOW, ChangeSeen, Earlier, Failure, Line, Seen, Upstream
from ...causes.wording import words
from ...domain.change import Change
from ...domain.directory import Bilingual
from ...domain.incident import Incident
from ...domain.payload import PersonRef, Words
from ...domain.recurring import Judgement
from ...ports import Transaction
from ..summaries.conversations import lines_in

DEEPEST = 3
"""Steps down the register of services."""
MOST_SERVICES, MOST_CHANGES, MOST_TICKETS, MOST_LINES = 60, 40, 300, 2_000
BEFORE = timedelta(hours=24)
"""How long before it something that it depends on may have begun to fail."""
Reaches = Callable[[str], bool]
"""Whether tickets of a source are there for whoever asks."""


def everywhere(source: str) -> bool:
    return True


def seen_of(
    tx: Transaction, incident: Incident, reader: LineReader, now: datetime, reaches: Reaches
) -> Seen:
    """Other tickets speak only where their source is reached: not even what they weigh is told else."""
    failure = failure_of(tx, incident, now)
    judged = tx.judgement(incident.id)
    lines = tuple(_lines(tx, incident, reader))
    return Seen(
        failure=failure,
        changes=tuple(_changes(tx, incident, failure)),
        earlier=tuple(_earlier(tx, incident, judged, reaches)),
        upstream=tuple(_upstream(tx, incident, failure, reaches)),
        lines=lines,
        blind=tuple(
            code
            for code, is_so in (
                ("no_service", not failure.path),
                ("not_compared", judged is None),
                ("no_log", not lines),
            )
            if is_so
        ),
    )


def failure_of(tx: Transaction, incident: Incident, now: datetime) -> Failure:
    began = first_symptom(incident)
    symptom = incident.major.symptom if incident.major else None
    said = [incident.title.value, incident.description.value if incident.description else ""]
    if symptom is not None:
        said += _in_all(symptom.value)
    return Failure(
        incident=incident.id,
        began_at=began,
        came_back_at=_came_back(incident),
        over_at=over_since(incident),
        now=max(now, _came_back(incident) or began),
        path=path_of(tx, incident.services),
        words=words("\n".join(said)),
    )


def _in_all(said: Words) -> list[str]:
    return [said.zh, said.en] if isinstance(said, Bilingual) else [said]


def first_symptom(incident: Incident) -> datetime:
    """What is recorded as the start, else the first alert or report; a relapse is the same failure."""
    major = incident.major
    if major is not None and major.started_at is not None:
        return major.started_at.value
    return min(
        [incident.opened_at, *(signal.began or signal.first.at for signal in incident.signals)]
    )


def _came_back(incident: Incident) -> datetime | None:
    relapse = incident.major.relapse if incident.major is not None else None
    return None if relapse is None else relapse.value.started_at or relapse.at


def over_since(incident: Incident) -> datetime | None:
    major = incident.major
    if major is not None:
        if major.restored is None or major.is_open:
            return None
        return major.restored.value.restored_at or major.restored.at
    return incident.state.at if incident.state.value.is_over else None


def path_of(tx: Transaction, services: Sequence[str]) -> dict[str, int]:
    """Each service on which these rest, with its steps from them; a circle ends where it began."""
    found: dict[str, int] = {}
    layer = list(dict.fromkeys(services))
    for steps in range(DEEPEST + 1):
        layer = [name for name in layer if name not in found][: MOST_SERVICES - len(found)]
        if not layer:
            break
        found |= dict.fromkeys(layer, steps)
        known = tx.services(layer)
        layer = [below for service in known.values() for below in service.depends_on]
    return found


def _changes(tx: Transaction, incident: Incident, failure: Failure) -> Iterator[ChangeSeen]:
    found = tx.changes_of(failure.path, failure.began_at - WINDOW, failure.newest, MOST_CHANGES)
    # Planned maintenance is no cause of its own ticket.
    changes = [change for change in found if change.ticket != incident.id]
    beside = {name for change in changes for name in change.services} - failure.path.keys()
    first = min((change.began_at for change in changes), default=failure.began_at)
    opened = tx.opened_on(beside, first, failure.newest + AFTERWARDS, MOST_TICKETS)
    for change in changes:
        others = [name for name in change.services if name in beside]
        failed = {
            one.service
            for one in opened
            if change.began_at <= one.at <= change.over_at + AFTERWARDS
            and one.incident not in (incident.id, change.ticket)
        }
        yield ChangeSeen(
            change=change,
            others_failed=tuple(name for name in others if name in failed),
            others_fine=tuple(_fine(change, others, failed, failure)),
        )


_SHOWS = timedelta(minutes=30)
"""A service that was changed just now may still fail."""


def _fine(
    change: Change, others: Iterable[str], failed: set[str], failure: Failure
) -> Iterator[str]:
    if failure.now >= change.over_at + _SHOWS:
        yield from (name for name in others if name not in failed)


def _earlier(
    tx: Transaction, incident: Incident, judged: Judgement | None, reaches: Reaches
) -> Iterator[Earlier]:
    alike = {one.incident: one.probability for one in judged.similar} if judged else {}
    for id_, other in tx.incidents(list(alike)).items():
        cause, confirmed = cause_on_record(other)
        if cause is not None and id_ != incident.id and reaches(other.source):
            yield Earlier(
                incident=id_,
                number=other.number,
                at=other.opened_at,
                probability=alike[id_],
                cause=cause,
                confirmed=confirmed,
                same_service=bool(set(other.services) & set(incident.services)),
            )


def cause_on_record(incident: Incident) -> tuple[Words | None, bool]:
    """(its cause, whether a person confirmed it among candidates)."""
    ruled = [one for one in incident.causes if one.is_confirmed]
    if ruled:
        return ruled[-1].cause, True
    if incident.major is not None and incident.major.cause is not None:
        return incident.major.cause.value, False
    resolved = incident.resolution
    return (resolved.value.cause_confirmed, False) if resolved else (None, False)


def _upstream(
    tx: Transaction, incident: Incident, failure: Failure, reaches: Reaches
) -> Iterator[Upstream]:
    below = [name for name, steps in failure.path.items() if steps]
    since, until = failure.began_at - BEFORE, failure.newest + timedelta(minutes=10)
    opened = tx.opened_on(below, since, until, MOST_TICKETS)
    tickets = tx.incidents([one.incident for one in opened[-20:] if one.incident != incident.id])
    for other in tickets.values():
        if not reaches(other.source):
            continue
        if other.maintenance is None and other.service is not None:
            yield Upstream(
                incident=other.id,
                number=other.number,
                service=other.service.value,
                began_at=first_symptom(other),
                over_at=over_since(other),
                major=other.major is not None,
            )


def _lines(tx: Transaction, incident: Incident, reader: LineReader) -> Iterator[Line]:
    """Notes of the ticket, and what people said in its conversations, in order of time."""
    found: list[Line] = [
        reader.line(note.event, _author(note.value.author), note.at, note.value.text)
        for note in incident.notes
    ]
    for kept in tx.conversations(incident.id):
        said = [line for line in lines_in(tx.conversation_lines(kept.id)) if line.counts]
        found += [
            reader.line(f"{kept.id}:{line.n}", line.speaker, line.at, line.text)
            for line in said[-MOST_LINES:]
        ]
    yield from sorted(found, key=lambda line: line.at or incident.opened_at)


def _author(person: PersonRef | None) -> str:
    return "" if person is None else person.name or person.id
