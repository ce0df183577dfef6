"""A pack against the past, off every request: rows say how far it is, another process plays, and one goes at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Reason
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import Unavailable, UnknownThing
from pipeline.flow.library import Library
from pipeline.rules_ports import DryRun

from .difference import HOW, Difference, difference
from .own_run import PART, Played, Script, play_part
from .past import Past, past_of
from .shards import workers
from .texts import texts_in_force

MOST_WAITING = 5
MOST_TICKETS, USUAL_TICKETS, USUAL_DAYS = 1000, 100, 30
MOST_SHOWN = 200
"""Changes that are kept one by one; all are counted."""
log = structlog.get_logger(__name__)
Pool = Callable[[], AbstractContextManager[Executor]]


class DryRuns:
    """Begun by a request, resumed after a restart: playing twice gives the same."""

    def __init__(self, app: Heliograph, pool: Pool = lambda: workers(1)) -> None:
        self._app, self._pool = app, pool
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="dry-run")

    def resume(self) -> None:
        """At the start: what another process left unfinished."""
        with self._app.store.read() as tx:
            left = [run.id for run in tx.dry_runs(MOST_WAITING) if _is_open(run)]
        for name in reversed(left):
            self._thread.submit(self._run, name)

    def ask(self, version: str, *, by: str, most: int, days: int) -> DryRun:
        """Of the `most` tickets that changed last in so many days. Raises UnknownThing, and Unavailable when enough
        wait already."""
        app = self._app
        kept = app.rule_keeping.versions.version(version)
        standing = app.rule_keeping.versions.standing()
        run = DryRun(
            id=app.ids.new("dry"),
            version=kept.version,
            against=standing.activation.version if standing.activation else "",
            state="waiting",
            asked_at=app.clock.now(),
            asked_by=by,
            most=min(most, MOST_TICKETS),
            since=app.clock.now() - timedelta(days=days),
        )
        with app.store.write() as tx:
            if sum(map(_is_open, tx.dry_runs(MOST_WAITING))) >= MOST_WAITING:
                raise Unavailable(f"{MOST_WAITING} trials wait already; try again later")
            tx.save_dry_run(run)
        self._thread.submit(self._run, run.id)
        return run

    def run(self, run_id: str) -> DryRun:
        """Raises UnknownThing."""
        with self._app.store.read() as tx:
            found = tx.dry_run(run_id)
        if found is None:
            raise UnknownThing(f"no trial {run_id[:100]}")
        return found

    def close(self) -> None:
        """What is under way is begun anew at the next start."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _run(self, run_id: str) -> None:
        try:
            self._play(self.run(run_id))
        except Exception as failed:  # a fault of one trial must not end the thread of the next
            log.exception("dry run failed", run=run_id)
            self._save(replace(self.run(run_id), state="failed", failed=str(failed)[:500]))

    def _play(self, run: DryRun) -> None:
        app = self._app
        now = app.clock.now()
        with app.store.read() as tx:
            incidents = tx.incidents_changed(run.since, now, run.most)
        past = past_of(app, incidents)
        scripts = [self._script(name) for name in (run.against, run.version)]
        run = replace(run, state="running", done=0, total=past.total)
        self._save(run)
        sides = [Played(), Played()]
        with self._pool() as pool:
            for part in past.parts(PART):
                for side, played in zip(sides, self._both(pool, part, scripts, now), strict=True):
                    side.add(played)
                run = replace(run, done=run.done + part.total)
                self._save(run)
        result = result_of(
            difference(sides[0].rows, sides[1].rows), sides[1], run.total, app.library
        )
        self._save(replace(run, state="done", result=result))

    def _both(
        self, pool: Executor, part: Past, scripts: list[Script], now: datetime
    ) -> list[Played]:
        settings = self._app.settings
        running = [pool.submit(play_part, part, settings, one, until=now) for one in scripts]
        return [future.result() for future in running]

    def _script(self, version: str) -> Script:
        files = self._app.rule_keeping.versions.version(version).files
        return Script(rules=files, templates=texts_in_force(self._app))

    def _save(self, run: DryRun) -> None:
        with self._app.store.write() as tx:
            tx.save_dry_run(run)


def result_of(
    found: Difference, played: Played, tickets: int, library: Library
) -> Mapping[str, Any]:
    """As it is kept and shown: counts of everything, and the first changes one by one, with a sentence in both languages
    where one cannot be told."""
    return {
        "tickets": tickets,
        "same": found.same,
        "counts": {how: found.counts.get(how, 0) for how in HOW},
        "by_kind": found.by_kind(),
        "changes": [
            change.as_json() | {"note": sentence(library, change.why) if change.why else None}
            for change in found.changes[:MOST_SHOWN]
        ],
        "cut": len(found.changes) > MOST_SHOWN,
        "refused": [{"number": number, "why": why} for number, why in played.refused[:MOST_SHOWN]],
    }


def sentence(library: Library, what: str, **values: str) -> dict[str, str]:
    reason = Reason(code=f"unplayed_{what}", values=values)
    return {language: library.reason(reason, language) for language in LANGUAGES}


def _is_open(run: DryRun) -> bool:
    return run.state in ("waiting", "running")
