"""Which on-call calendars are there, and what do they say? Kept by administrators, and read again by themselves.

What was read well stays in force until something else is: a server that is away for a night takes nobody off the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from ...domain.communication import Reason
from ...domain.directory import Names
from ...domain.errors import HeliographError, Malformed, StaleVersion, UnknownThing
from ...domain.rota import LARGEST_CALENDAR, Rota, Shift
from ...oncall_ports import ROTAS, FetchCalendar, Reading, UnreadCalendar
from ...policy.rotas.occurrences import occurrences_in
from ...policy.rotas.shifts import Names as Known
from ...policy.rotas.shifts import notes_on, shifts_of
from ...ports import Alarm, Clock, Queries, Store

BEHIND, AHEAD = timedelta(days=1), timedelta(days=100)
AT_ADDRESS, AS_FILE, AGAIN = timedelta(minutes=15), timedelta(hours=6), timedelta(minutes=5)
"""How soon a calendar is fetched, how soon a file is read anew (its repeats reach only so far, and people come and
go), and how soon one that failed is tried again."""
BATCH = 4
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A calendar as somebody describes it: at a `url`, or as `content`; neither keeps what was there."""

    id: str
    name: Names
    fallback: str
    zone: str
    url: str | None = None
    content: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A calendar with who has it now, and the shifts that begin next."""

    rota: Rota
    now: tuple[Shift, ...]
    next: tuple[Shift, ...]


class Rotas:
    """The calendars, as people keep them."""

    def __init__(
        self, *, store: Store, queries: Queries, clock: Clock, fetch: FetchCalendar, zone: str
    ) -> None:
        self._store, self._queries, self._clock, self._fetch = store, queries, clock, fetch
        self.zone = zone

    def standing(self, following: timedelta = timedelta(days=14)) -> list[Standing]:
        """All calendars, by their ids."""
        now = self._clock.now()
        with self._store.read() as tx:
            found = [
                (rota, tx.shifts_between(rota.id, now, now + following)) for rota in tx.rotas()
            ]
        return [_standing(rota, shifts, now) for rota, shifts in found]

    def one(self, rota_id: str, following: timedelta = timedelta(days=28)) -> Standing:
        """Raises UnknownThing."""
        now = self._clock.now()
        with self._store.read() as tx:
            rota = tx.rota(rota_id)
            if rota is None:
                raise UnknownThing(f"no on-call calendar {rota_id[:100]}")
            shifts = tx.shifts_between(rota_id, now, now + following)
        return _standing(rota, shifts, now)

    def write(self, wanted: Wanted, *, by: str) -> Standing:
        """Make or change one, and read it. A calendar that cannot be read is not taken: whoever enters it is there to
        mend it. Raises Malformed."""
        now = self._clock.now()
        with self._store.read() as tx:
            before = tx.rota(wanted.id)
            if not tx.groups([wanted.fallback]):
                raise Malformed(f"no group {wanted.fallback[:100]}", field="fallback")
            kept = tx.rota_content(wanted.id)
        url, content = self._content(wanted, before, kept)
        rota = _as_wanted(wanted, before, url, by, now)
        reading = self._read(rota, content, now)
        with self._store.write() as tx:
            if not tx.keep_reading(before, reading):
                raise StaleVersion("the calendar was changed meanwhile")
            tx.clear_alarm(alarm_key(rota.id), now)
        return self.one(rota.id)

    def remove(self, rota_id: str) -> None:
        """Rules that name it tell their audience from then on. Raises UnknownThing."""
        with self._store.write() as tx:
            if not tx.remove_rota(rota_id):
                raise UnknownThing(f"no on-call calendar {rota_id[:100]}")
            tx.clear_alarm(alarm_key(rota_id), self._clock.now())

    def read_again(self, rota_id: str) -> Standing:
        """At once, whatever its time is. Raises UnknownThing."""
        self.refresh(self.one(rota_id).rota)
        return self.one(rota_id)

    def refresh(self, rota: Rota) -> None:
        """One that fails stays as it was, says so, and is an alarm until it is read again."""
        now = self._clock.now()
        try:
            content = self._fetch(rota.url) if rota.url else self._kept(rota.id)
            self._keep(rota, self._read(rota, content, now), now)
        except (UnreadCalendar, HeliographError) as failed:
            self._keep(rota, Reading(rota=_failed(rota, str(failed), now)), now)
        except Exception as failed:
            # Whatever a calendar holds, those after it are read, and somebody hears of this one.
            log.exception("a calendar was not read", rota=rota.id)
            problem = f"cannot be read ({type(failed).__name__})"
            self._keep(rota, Reading(rota=_failed(rota, problem, now)), now)

    def _keep(self, rota: Rota, reading: Reading, now: datetime) -> None:
        with self._store.write() as tx:
            if not tx.keep_reading(rota, reading):
                log.info("reading dropped: the calendar was changed meanwhile", rota=rota.id)
            elif reading.rota.failed is None:
                tx.clear_alarm(alarm_key(rota.id), now)
            else:
                tx.raise_alarm(_alarm(reading.rota, now))

    def _content(
        self, wanted: Wanted, before: Rota | None, kept: str | None
    ) -> tuple[str | None, bytes]:
        if wanted.content is not None:
            return None, wanted.content
        url = wanted.url or (before.url if before else None)
        if url is not None:
            try:
                return url, self._fetch(url)
            except UnreadCalendar as failed:
                raise Malformed(str(failed), field="url") from None
        if kept is None:
            raise Malformed("needs an address or a file", field="url")
        return None, kept.encode()

    def _kept(self, rota_id: str) -> bytes:
        with self._store.read() as tx:
            return (tx.rota_content(rota_id) or "").encode()

    def _read(self, rota: Rota, content: bytes, now: datetime) -> Reading:
        if len(content) > LARGEST_CALENDAR:
            raise Malformed(f"is larger than {LARGEST_CALENDAR:,} octets", field="calendar")
        found = occurrences_in(content, rota.zone, now - BEHIND, now + AHEAD)
        shifts = shifts_of(found.occurrences, Known(self._queries.directory().people))
        changed = {
            "read_at": now,
            "failed": None,
            "notes": (*notes_on(shifts, now), *found.notes),
            "due_at": now + (AT_ADDRESS if rota.url else AS_FILE),
            "revision": rota.revision + 1,
        }
        text = content.decode("utf-8-sig")
        return Reading(rota=rota.model_copy(update=changed), content=text, shifts=shifts)


class RotaReading:
    """The worker behind calendars whose time has come."""

    def __init__(self, *, store: Store, clock: Clock, rotas: Rotas) -> None:
        self._store, self._clock, self._rotas = store, clock, rotas

    def turn(self) -> bool:
        """True when one was read again."""
        with self._store.read() as tx:
            due = tx.due_rotas(self._clock.now(), BATCH)
        for rota in due:
            self._rotas.refresh(rota)
        return bool(due)


def alarm_key(rota_id: str) -> str:
    return f"rota:{rota_id}"


def _alarm(rota: Rota, now: datetime) -> Alarm:
    problem = rota.failed.values.get("problem", "") if rota.failed else ""
    values = {"name": rota.id, "problem": problem}
    return Alarm(key=alarm_key(rota.id), code="rota_unread", values=values, raised_at=now)


def _failed(rota: Rota, problem: str, now: datetime) -> Rota:
    failed = Reason(code="rota_failed", values={"problem": problem[:500]})
    changed = {"failed": failed, "due_at": now + AGAIN, "revision": rota.revision + 1}
    return rota.model_copy(update=changed)


def _as_wanted(
    wanted: Wanted, before: Rota | None, url: str | None, by: str, now: datetime
) -> Rota:
    return Rota(
        id=wanted.id,
        name=wanted.name,
        fallback=wanted.fallback,
        zone=wanted.zone,
        url=url,
        saved_by=by,
        saved_at=now,
        due_at=now,
        revision=before.revision if before else 1,
    )


def _standing(rota: Rota, shifts: list[Shift], now: datetime) -> Standing:
    having = tuple(s for s in shifts if s.starts_at <= now < s.ends_at)
    return Standing(rota=rota, now=having, next=tuple(s for s in shifts if s.starts_at > now))


__all__ = ["ROTAS", "RotaReading", "Rotas", "Standing", "Wanted", "alarm_key"]
