"""The seam to rules that are kept in versions: what was written, what is in force, what a trial found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from .domain.incident import Incident

Origin = Literal["shipped", "files", "written"]
"""Where the rules in force come from: this program, a folder that is followed, or a version that somebody
activated, which stands above both until it is given up."""


@dataclass(frozen=True, kw_only=True)
class RuleVersion:
    """`version` is the digest of `files` (name → text). A list leaves the files out."""

    version: str
    saved_at: datetime
    saved_by: str
    note: str
    files: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Activation:
    """From `at` on `version` is in force, until the one with the next `n`."""

    n: int
    version: str
    origin: Origin
    at: datetime
    by: str
    reason: str


DryRunState = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """A trial of `version` against the `most` tickets that changed last since then: how far it is, and what it
    found against the version that was in force."""

    id: str
    version: str
    against: str
    state: DryRunState
    asked_at: datetime
    asked_by: str
    most: int
    since: datetime
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] | None = None
    failed: str | None = None


class RuleWork(Protocol):
    """The part of a unit of work that is about rules."""

    def newest_activation(self) -> int:
        """Its number; 0 where nothing was ever activated. One step into an index: asked for each event."""

    def activation(self, n: int) -> Activation | None: ...

    def activations(self, limit: int) -> list[Activation]:
        """Newest first."""

    def activation_at(self, at: datetime) -> Activation | None:
        """The one that was in force at a moment."""

    def activate(self, activation: Activation) -> None:
        """Raises StaleVersion, and leaves the transaction unusable, when its number is taken."""

    def rule_version(self, version: str) -> RuleVersion | None: ...

    def rule_versions(self, limit: int) -> list[RuleVersion]:
        """Newest first, without their files."""

    def save_rule_version(self, version: RuleVersion) -> None:
        """What is there already stays as it was."""

    def incident_of_event(self, event_id: str) -> str | None: ...

    def incidents_changed(self, since: datetime, until: datetime, limit: int) -> list[Incident]:
        """Those whose newest event was recorded in that time, newest first."""

    def save_dry_run(self, run: DryRun) -> None:
        """Insert or replace."""

    def dry_run(self, run_id: str) -> DryRun | None: ...

    def dry_runs(self, limit: int) -> Sequence[DryRun]:
        """Newest first, without their results."""
