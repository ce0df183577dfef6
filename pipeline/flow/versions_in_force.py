"""Which version of the rules counts, in every process and from which event on?

The newest row of `hg_rule_activations` does. A version that somebody activated stands above the files;
without one the folder of the settings is followed, and without that the rules of this program. Each of them
is kept as a version, so that every decision can be read against the rules that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog

from ..domain.errors import Misconfigured, StaleVersion
from ..policy.rules import RulePack, version_of
from ..ports import Alarm, Clock, Store, Transaction
from ..rules_ports import Activation, Origin, RuleVersion

log = structlog.get_logger(__name__)
START = "start"
Files = Mapping[str, str]


class VersionsInForce:
    """Follows the newest activation. `load` makes a pack of files, or raises Misconfigured."""

    def __init__(
        self, store: Store, clock: Clock, load: Callable[[Files], RulePack], *, shipped: bool
    ) -> None:
        self._store, self._clock, self._load = store, clock, load
        self._files_are: Origin = "shipped" if shipped else "files"
        self._seen = 0

    @property
    def followed(self) -> Origin:
        """What counts where no version was activated."""
        return self._files_are

    def open(self, files_rules: RulePack, files: Files | None) -> RulePack:
        """At the start: the version that was activated, else the files; None for files that are bad, whose
        last good pack is `files_rules`."""
        with self._store.read() as tx:
            now = tx.activation(tx.newest_activation())
        if now is not None and now.origin == "written":
            self._seen = now.n
            return self._written(now, files_rules)
        if files is None:
            self._seen = now.n if now else 0
            return files_rules
        if now is not None and (now.version, now.origin) == (files_rules.version, self._files_are):
            self._seen = now.n
            return files_rules
        self._seen = self.follow(files, START)
        return files_rules

    def above_files(self) -> Files | None:
        """The files of the activated version, if one stands above those that are followed."""
        with self._store.read() as tx:
            now = tx.activation(tx.newest_activation())
            if now is None or now.origin != "written":
                return None
            kept = tx.rule_version(now.version)
        return kept.files if kept else None

    def follow(self, files: Files, by: str) -> int:
        """What is followed is in force, and kept as a version like any other; the number of its activation."""
        with self._store.write() as tx:
            return self.put(tx, self._files_are, files, by=by).n

    def put(
        self, tx: Transaction, origin: Origin, files: Files, *, by: str, reason: str = ""
    ) -> Activation:
        """In force from the end of this transaction on. What is in force already stays so."""
        version, now = version_of(files), self._clock.now()
        before = tx.activation(tx.newest_activation())
        if before is not None and (before.version, before.origin) == (version, origin):
            return before
        kept = RuleVersion(version=version, saved_at=now, saved_by=by, note="", files=files)
        tx.save_rule_version(kept)
        made = Activation(
            n=(before.n if before else 0) + 1,
            version=version,
            origin=origin,
            # Not before the one it follows, whatever the clock says: their order is their meaning.
            at=max(now, before.at) if before else now,
            by=by,
            reason=reason,
        )
        tx.activate(made)
        return made

    def newest(self, tx: Transaction, current: RulePack) -> RulePack:
        """The pack that counts for what `tx` reads; `current` is the one in hand."""
        n = tx.newest_activation()
        # A reader that began before the last activation must not bring the old rules back for everybody.
        if n <= self._seen:
            return current
        made = tx.activation(n)
        kept = tx.rule_version(made.version) if made else None
        try:
            if kept is not None and kept.version != current.version:
                current = self._load(kept.files)
        except Misconfigured as unusable:
            told = {"version": made.version if made else "", "problem": str(unusable)}
            log.warning("rules cannot be used, the ones before stay", **told)
        self._seen = n
        return current

    def _written(self, now: Activation, instead: RulePack) -> RulePack:
        """The activated version; an older program's, which this one cannot read, is alarmed."""
        with self._store.read() as tx:
            kept = tx.rule_version(now.version)
        problem = "its files are not in the store"
        try:
            if kept is not None:
                return self._load(kept.files)
        except Misconfigured as unusable:
            problem = str(unusable)
        log.error("activated rules cannot be used", version=now.version, problem=problem)
        alarm = Alarm(
            key="rules_version_refused",
            code="rules_version_unusable",
            values={"version": now.version, "problem": problem[:2000]},
            raised_at=self._clock.now(),
        )
        with self._store.write() as tx:
            tx.raise_alarm(alarm)
        return instead


def refuse_overtaken(tx: Transaction, expected: int | None) -> None:
    """Raises StaleVersion when others were put in force since somebody looked."""
    newest = tx.newest_activation()
    if expected is not None and newest != expected:
        made = tx.activation(newest)
        who = f" by {made.by}" if made else ""
        raise StaleVersion(f"other rules were put in force{who} meanwhile; look again, and decide")
