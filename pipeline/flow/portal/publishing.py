"""What may everybody know of the failures that are open, or were? Read once for each change of it.

Only what was delivered to the public page counts: its texts, how it stands by the last of them, and facts
that the public has been told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ...alert_ports import AlertQueries
from ...domain.communication import NEWS_OF_MAJOR, Kind
from ...domain.directory import LANGUAGES, Language, Names
from ...domain.errors import HeliographError
from ...domain.events import Event
from ...domain.facts import Fact, cut
from ...domain.incident import Incident
from ...domain.message import Outbound
from ...domain.promise import Promise
from ...drafting.brief import comparable
from ...drafting.outside_names import as_outside
from ...drafting.pieces import Lookup
from ...drafting.record import facts_of
from ...policy.audiences import audience_of
from ...policy.availability import (
    DAYS,
    Announced,
    Level,
    Spell,
    level_of,
    spells_of,
    standing_of,
)
from ...portal_ports import PortalQueries
from ...ports import Clock, Queries
from ..finish import finished
from ..promises import NEXT_UPDATE
from .announced_work import MOST as MOST_WORKS
from .announced_work import AnnouncedWork, announced_work, under_way

PUBLIC = "public"
MOST = 1000
"""Failures of one look."""
SHOWN = {
    # While it is open, a recovery on record is that of an earlier failure.
    "open": ("service", "impact", "phase", "symptom", "started_at"),
    "restored": ("service", "symptom", "started_at", "restored_at"),
    # There was no failure, whatever was believed.
    "withdrawn": ("service",),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One text on the page of an incident."""

    kind: Kind
    at: datetime
    said: Outbound


@dataclass(frozen=True, kw_only=True)
class Published:
    """A major incident as its pages show it. `entries` are newest first, and there is at least one in each
    language; `service` is set only where the public was told."""

    id: str
    number: str
    opened_at: datetime
    standing: str
    level: Level
    service: str | None
    phase: str | None
    facts: Mapping[str, Fact]
    entries: Mapping[Language, tuple[Entry, ...]]
    spells: tuple[Spell, ...]
    promised: tuple[datetime, ...] = ()

    def title(self, language: Language) -> str:
        """That of the newest entry that tells how things stand: what a correction says is of the past."""
        told = self.entries[language]
        standing = (e for e in told if e.kind is not Kind.CORRECTION)
        return next(standing, told[0]).said.subject

    def next_update(self, now: datetime) -> datetime | None:
        """The next update that was promised to the public, while it lies ahead."""
        ahead = [at for at in self.promised if at > now]
        return min(ahead, default=None) if self.standing == "open" else None

    @property
    def updated_at(self) -> datetime:
        return max(entries[0].at for entries in self.entries.values())


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """All that the page shows, at one mark. `services` are listed whether or not they ever failed."""

    mark: int
    known_since: datetime | None
    services: Mapping[str, Names]
    open: tuple[Published, ...] = ()
    over: tuple[Published, ...] = field(default=())
    works: tuple[AnnouncedWork, ...] = ()

    def of_service(self, service: str) -> tuple[Published, ...]:
        return tuple(p for p in (*self.open, *self.over) if p.service == service)

    def of_incident(self, major: str) -> Published | None:
        return next((p for p in (*self.open, *self.over) if p.id == major), None)

    def works_at(self, now: datetime) -> tuple[AnnouncedWork, ...]:
        """Planned maintenance that is under way."""
        return tuple(work for work in self.works if work.is_under_way(now))


class Publishing:
    """Reads the public page out of the ledger."""

    def __init__(
        self, queries: Queries, portal: PortalQueries, plans: AlertQueries, clock: Clock
    ) -> None:
        self._queries, self._portal, self._clock = queries, portal, clock
        self._plans = plans

    def mark(self) -> int:
        return self._portal.mark()

    def snapshot(self) -> Snapshot:
        """The last `DAYS` days. The mark is read first: what is published meanwhile is read again."""
        mark = self._portal.mark()
        since = self._clock.now() - timedelta(days=DAYS + 1)
        found = self.published(self._portal.majors_since(since, MOST))
        directory = self._queries.services()
        listed = {
            s.id: s.public_name or s.name for s in directory.values() if s.listed and s.public
        }
        failed = {p.service for p in found if p.service}
        named = {s.id: s.public_name or s.name for s in directory.values() if s.id in failed}
        return Snapshot(
            mark=mark,
            known_since=self._portal.known_since(),
            services=dict(
                sorted({**listed, **named}.items(), key=lambda one: one[1].en.casefold())
            ),
            open=_newest_first(p for p in found if p.standing == "open"),
            over=_newest_first(p for p in found if p.standing != "open"),
            works=self._works(),
        )

    def _works(self) -> tuple[AnnouncedWork, ...]:
        plans = self._plans.maintenance(self._clock.now(), MOST_WORKS)
        ids = [plan.id for plan in plans]
        entries, told = self._entries(ids), self._portal.told_to_public(ids)
        found = (
            announced_work(plan, told.get(plan.id, {}), _titles(entries.get(plan.id, {})))
            for plan in plans
        )
        return tuple(work for work in found if work is not None)

    def numbered(self, number: str) -> Published | None:
        """Two desks may use one number: the newest of them that was published."""
        found = self.published(self._queries.majors_numbered(number))
        return found[0] if found else None

    def begun(self, since: datetime, until: datetime) -> list[Published]:
        return self.published(self._portal.majors_begun(since, until, MOST))

    def published(self, incidents: Sequence[Incident]) -> list[Published]:
        """In that order, without what nobody declared, and what does not stand on the page."""
        majors = [i for i in incidents if i.major is not None]
        ids = [i.id for i in majors]
        entries = self._entries(ids)
        told = self._portal.told_to_public(ids)
        promises = self._portal.public_promises(ids)
        turns = self._portal.turns(ids)
        services = self._queries.services([i.service.value for i in majors if i.service])
        lookup = Lookup(people={}, groups={}, services=services)
        return [
            _one(i, entries[i.id], told.get(i.id, {}), promises, turns.get(i.id, ()), lookup)
            for i in majors
            if all(_tells_news(entries.get(i.id, {}).get(language, ())) for language in LANGUAGES)
        ]

    def _entries(self, ids: Sequence[str]) -> dict[str, dict[Language, list[Entry]]]:
        found: dict[str, dict[Language, list[Entry]]] = {}
        for message, rendition in self._portal.published(ids):
            try:
                said = finished(message, {rendition.id: rendition})
            except HeliographError:
                # A text that was erased is not shown, and takes none of the others with it.
                continue
            kind = Kind(rendition.template.partition("/")[0])
            entry = Entry(kind=kind, at=message.created_at, said=said)
            of_incident = found.setdefault(message.incident, {})
            of_incident.setdefault(message.recipient.language, []).append(entry)
        return found


def _titles(entries: Mapping[Language, Sequence[Entry]]) -> dict[Language, str]:
    """Those of the newest texts; none where a language has no text of it yet."""
    if any(not entries.get(language) for language in LANGUAGES):
        return {}
    return {language: found[-1].said.subject for language, found in entries.items()}


def _tells_news(entries: Sequence[Entry]) -> bool:
    return any(entry.kind in NEWS_OF_MAJOR for entry in entries)


def _one(
    incident: Incident,
    entries: Mapping[Language, Sequence[Entry]],
    told: Mapping[str, str],
    promises: Iterable[Promise],
    turns: Sequence[Event],
    lookup: Lookup,
) -> Published:
    longest = max(entries.values(), key=len)
    # What is told of the past (a review, a correction) says nothing of how it stands.
    announced = [Announced(kind=e.kind, at=e.at) for e in longest if e.kind in NEWS_OF_MAJOR]
    standing = standing_of(announced)
    level = level_of(told.get("impact"))
    service = incident.service.value if incident.service and "service" in told else None
    ahead = (p for p in promises if p.incident == incident.id and p.what == NEXT_UPDATE)
    return Published(
        id=incident.id,
        number=incident.number,
        opened_at=incident.opened_at,
        standing=standing,
        level=level,
        service=service,
        phase=told.get("phase"),
        facts=_facts(incident, told, lookup, standing),
        entries={language: tuple(reversed(found)) for language, found in entries.items()},
        spells=spells_of(announced, turns, level),
        promised=tuple(p.promised_at for p in ahead),
    )


def _facts(
    incident: Incident, told: Mapping[str, str], lookup: Lookup, standing: str
) -> dict[str, Fact]:
    """Only what its readers have been told: what waits for a person, or has just come in, is not public."""
    service = lookup.services.get(incident.service.value) if incident.service else None
    recorded = as_outside(facts_of(incident, lookup), PUBLIC, service)
    known = cut(recorded, audience_of(PUBLIC, incident))
    return {
        f.attribute: f
        for name in SHOWN[standing]
        for f in known
        if f.attribute == name and told.get(name) == comparable(f)
    }


def _newest_first(found: Iterable[Published]) -> tuple[Published, ...]:
    return tuple(sorted(found, key=lambda p: (p.updated_at, p.id), reverse=True))


def listed(snapshot: Snapshot, service: str, now: datetime) -> Level:
    """How a service stands now: the gravest of the failures that are open, and else whether it is under
    planned maintenance. That is said of this moment alone; it counts neither as failure nor as success."""
    levels = [p.level for p in snapshot.open if p.service == service]
    if under_way(snapshot.works, service, now):
        levels.append(Level.MAINTENANCE)
    return min(levels, key=list(Level).index, default=Level.WORKING)
