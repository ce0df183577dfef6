"""A file of past tickets was sent up: how is it read, a part at a time, so that a kill costs a part and no more?

What is read of it and how far it is are one transaction. After a kill the lines before are read again, and passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

import structlog

from knowledge.errors import Refused as NoText

from ...domain.errors import Malformed
from ...domain.history import MOST_TOLD, Broken, Counts, HistoryImport, PastTicket
from ...history.lines import Lines
from ...history.moments import Dates
from ...history.naming import naming
from ...history.tickets import Reading, Twice
from ...history_ports import HISTORY, HistoryFiles
from ...ports import Clock, Ids, Store
from .taking import MOST_AT_ONCE, Past, keep

LEASE = timedelta(minutes=2)
SWEEP = timedelta(days=1)
"""Between two looks for files that nobody reads any more; one that is being sent up is younger."""
MOST_FAULTS = 5
"""Tries that read nothing, one after the other; then the file is refused."""
Found = tuple[int, PastTicket] | Broken | Twice

log = structlog.get_logger(__name__)


class Imports:
    """The door for files of the past, and the worker that reads them."""

    def __init__(
        self, store: Store, clock: Clock, ids: Ids, files: HistoryFiles, past: Past
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._files, self._past = files, past
        self._open: _Open | None = None
        self._sweep_at: datetime | None = None

    def begin(
        self,
        content: BinaryIO,
        *,
        file: str,
        source: str,
        zone: str,
        by: str,
        dates: Dates = "",
        columns: Mapping[str, str] | None = None,
        propose: bool = False,
    ) -> HistoryImport:
        """Kept, and due. Raises Malformed for columns that are no fields'."""
        try:
            naming(columns or {})
        except ValueError as wrong:
            raise Malformed(str(wrong), field="map") from None
        id_, now = self._ids.new("imp"), self._clock.now()
        size = self._files.keep(id_, content)
        new = HistoryImport(
            id=id_,
            file=file[-200:],
            source=source,
            zone=zone,
            dates=dates,
            columns=dict(columns or {}),
            propose=propose,
            by=by,
            at=now,
            size=size,
        )
        with self._store.write() as tx:
            tx.add_import(new)
        return new

    def turn(self) -> bool:
        """True when a part was read."""
        now = self._clock.now()
        if self._sweep_at is None or self._sweep_at <= now:
            self._sweep(now)
            self._sweep_at = now + SWEEP
        with self._store.read() as tx:
            due_at = tx.next_due(HISTORY)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = tx.claim_import(now, LEASE)
        if claimed is None:
            return False
        try:
            self._part(claimed)
        except (NoText, FileNotFoundError) as refused:
            self._end(claimed, "refused", str(refused) if isinstance(refused, NoText) else "lost")
        except Exception:
            # Whatever a file holds, others are read, and whoever sent it up is told.
            log.exception("a part of a file of past tickets was not read", file=claimed.id)
            self._failed(claimed)
        return True

    def _part(self, was: HistoryImport) -> None:
        reading = self._reading(was)
        found = list(islice(reading.found, MOST_AT_ONCE))
        if not found:
            self._end(was, "done")
            return
        tickets = [one[1] for one in found if isinstance(one, tuple)]
        signed = self._past.signed(tickets)
        with self._store.write() as tx:
            if tx.hold_import(was):
                taken = keep(tx, tickets, signed, propose=was.propose)
                now = _further(was, found, taken, reading.lines.octets)
                tx.move_import(was, now, self._clock.now())
                return
        self.close()

    def _failed(self, was: HistoryImport) -> None:
        """Once more later: it may be the disk, or the database. Not for ever."""
        self.close()
        if was.faults + 1 >= MOST_FAULTS:
            told = f"after {was.counts.rows} rows nothing more of it could be read"
            self._end(was, "refused", told)
            return
        more = was.model_copy(update={"faults": was.faults + 1})
        with self._store.write() as tx:
            tx.move_import(was, more, self._clock.now() + LEASE)

    def _reading(self, was: HistoryImport) -> _Open:
        """Where it stands after as many rows as are taken in."""
        if self._open is None or not self._open.stands_at(was):
            self.close()
            self._open = _Open(self._files, was, self._reading_of(was))
        return self._open

    def _reading_of(self, was: HistoryImport) -> Reading:
        # What was in the future when the file was sent up is in the future still.
        dates: Dates = was.dates if was.dates in ("dmy", "mdy") else ""  # type: ignore[assignment]
        return Reading(
            source=was.source,
            zone=ZoneInfo(was.zone),
            now=was.at,
            dates=dates,
            columns=was.columns,
            erased=was.erased,
        )

    def _end(self, was: HistoryImport, state: str, problem: str = "") -> None:
        self.close()
        now = self._clock.now()
        ended: dict[str, object] = {"state": state, "problem": problem, "erased": {}}
        ended |= {"ended_at": now, "octets": was.size}
        with self._store.write() as tx:
            if not tx.move_import(was, was.model_copy(update=ended), now):
                return
        self._files.remove(was.id)
        log.info("a file of past tickets was read", state=state, **was.counts.model_dump())

    def _sweep(self, now: datetime) -> None:
        """A kill may leave a file whose import has ended, or was never written down: it holds people's words."""
        kept = self._files.kept()
        with self._store.read() as tx:
            for name, since in kept.items():
                known = tx.history_import(name)
                ended = known.ended_at is not None if known else since < now - SWEEP
                if ended:
                    self._files.remove(name)

    def close(self) -> None:
        """The file that is being read; its import goes on from its rows."""
        if self._open is not None:
            self._open.close()
            self._open = None


class _Open:
    """A file that is being read, after as many rows as its import has taken in."""

    def __init__(self, files: HistoryFiles, was: HistoryImport, reading: Reading) -> None:
        self._stack = ExitStack()
        self.id, self.rows, self._erased = was.id, was.counts.rows, was.erased
        self.lines = Lines(self._stack.enter_context(files.opened(was.id)))
        found = reading.tickets(self.lines)
        # What is passed over is read all the same: it says which numbers came before.
        next(islice(found, self.rows, self.rows), None)
        self.found: Iterator[Found] = self._counted(found)

    def stands_at(self, was: HistoryImport) -> bool:
        return (self.id, self.rows, self._erased) == (was.id, was.counts.rows, was.erased)

    def _counted(self, found: Iterator[Found]) -> Iterator[Found]:
        for one in found:
            self.rows += 1
            yield one

    def close(self) -> None:
        self._stack.close()


def _further(was: HistoryImport, found: list[Found], taken: Counts, octets: int) -> HistoryImport:
    broken = [one for one in found if isinstance(one, Broken)]
    before = was.counts
    counts = Counts(
        rows=before.rows + len(found),
        added=before.added + taken.added,
        changed=before.changed + taken.changed,
        unchanged=before.unchanged + taken.unchanged,
        live=before.live + taken.live,
        twice=before.twice + sum(isinstance(one, Twice) for one in found),
        broken=before.broken + len(broken),
    )
    told = (*was.broken, *broken)[:MOST_TOLD]
    return was.model_copy(
        update={
            "counts": counts,
            "broken": told,
            "octets": min(octets, was.size),
            "faults": 0,
        }
    )
