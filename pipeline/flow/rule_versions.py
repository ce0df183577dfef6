"""What an administrator does with rules: write a version, put it in force, go back; each with who and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from ..domain.errors import Hindrance, Misconfigured, UnknownThing, WrongState
from ..drafting.marks import clean
from ..policy.doubts import Doubt, doubts_about_services, doubts_of
from ..policy.rules import RulePack, version_of
from ..ports import Clock, Store, Transaction
from ..rules_ports import Activation, RuleVersion
from .library import Library
from .versions_in_force import refuse_overtaken

MOST = 200
"""Versions and activations that a list holds."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is in force, and what would be without the version that somebody activated."""

    activation: Activation | None
    followed: str
    files_differ: bool
    files_problem: str = ""


class RuleVersions:
    """Everything is refused whole: what cannot be put in force is not kept either."""

    def __init__(self, *, store: Store, clock: Clock, library: Library) -> None:
        self._store, self._clock, self._library = store, clock, library

    def standing(self) -> Standing:
        self._library.keep_up()
        with self._store.read() as tx:
            now = tx.activation(tx.newest_activation())
        try:
            pack = self._library.rules_of(self._library.rule_files())
        except Misconfigured as bad:
            followed, problem = "", str(bad)
        else:
            followed, problem = pack.version, ""
        return Standing(
            activation=now,
            followed=self._library.versions.followed,
            files_differ=followed != (now.version if now else followed),
            files_problem=problem,
        )

    def versions(self) -> Sequence[RuleVersion]:
        with self._store.read() as tx:
            return tx.rule_versions(MOST)

    def activations(self) -> Sequence[Activation]:
        with self._store.read() as tx:
            return tx.activations(MOST)

    def version(self, name: str) -> RuleVersion:
        """Raises UnknownThing. A beginning that fits one version alone names it."""
        with self._store.read() as tx:
            found = tx.rule_version(name)
            if found is None and len(name) >= 4:
                alike = [v.version for v in tx.rule_versions(MOST) if v.version.startswith(name)]
                found = tx.rule_version(alike[0]) if len(alike) == 1 else None
        if found is None:
            raise UnknownThing(f"no version {name[:100]} of the rules")
        return found

    def pack(self, files: Mapping[str, str]) -> tuple[RulePack, list[Doubt]]:
        """As it could be put in force, with what is likely not meant. Raises Misconfigured."""
        pack = self._library.rules_of(files)
        return pack, self.doubts(pack)

    def doubts(self, pack: RulePack) -> list[Doubt]:
        """Also of what the register here does not know."""
        named = sorted({line.service for line in pack.confirmation.tickets if line.service})
        with self._store.read() as tx:
            known = {s.id for s in tx.services(named).values() if not s.deleted}
        return doubts_of(pack) + doubts_about_services(pack, known)

    def save(self, files: Mapping[str, str], *, by: str, note: str = "") -> RuleVersion:
        """Raises Misconfigured with every problem; then nothing is kept."""
        pack = self._library.rules_of(files)
        kept = RuleVersion(
            version=pack.version,
            saved_at=self._clock.now(),
            saved_by=by,
            note=clean(note),
            files=dict(files),
        )
        with self._store.write() as tx:
            tx.save_rule_version(kept)
        return self.version(pack.version)

    def activate(
        self, name: str, *, by: str, reason: str, expected: int | None = None
    ) -> Activation:
        """For every process, from the next event on. `expected` is the activation that was looked at.

        Raises Misconfigured, StaleVersion when others were activated meanwhile, UnknownThing.
        """
        kept = self.version(name)
        self._library.rules_of(kept.files)
        with self._store.write() as tx:
            refuse_overtaken(tx, expected)
            made = self._library.versions.put(
                tx, "written", kept.files, by=by, reason=clean(reason)
            )
        self._library.keep_up()
        return made

    def follow_files(self, *, by: str, reason: str, expected: int | None = None) -> Activation:
        """The files count again. Raises Misconfigured when they are bad, StaleVersion."""
        files = self._library.rule_files()
        self._library.rules_of(files)
        versions = self._library.versions
        with self._store.write() as tx:
            refuse_overtaken(tx, expected)
            made = versions.put(tx, versions.followed, files, by=by, reason=clean(reason))
        self._library.keep_up()
        return made

    def roll_back(self, *, by: str, reason: str, expected: int | None = None) -> Activation:
        """To the version that was in force before this one. Raises WrongState when there was none."""
        with self._store.read() as tx:
            now, before = tx.newest_activation(), _before(tx)
        kept = self.version(before.version)
        self._library.rules_of(kept.files)
        versions = self._library.versions
        # Files that have changed since would come back at the next start: such a one stands above them.
        followed = kept.version == version_of(self._library.rule_files())
        with self._store.write() as tx:
            refuse_overtaken(tx, now if expected is None else expected)
            origin = versions.followed if followed else "written"
            made = versions.put(tx, origin, kept.files, by=by, reason=clean(reason))
        self._library.keep_up()
        return made


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Line by line, as `diff -u` writes it."""
    lines: list[str] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, "").splitlines(), after.get(name, "").splitlines()
        lines += unified_diff(old, new, f"{name} (in force)", name, lineterm="", n=3)
    return lines


def _before(tx: Transaction) -> Activation:
    history = tx.activations(MOST)
    now = history[0].version if history else ""
    for one in history:
        if one.version != now:
            return one
    raise WrongState(Hindrance.MOVED_ON, "no other rules were in force before these")
