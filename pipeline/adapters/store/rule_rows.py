"""Rules in versions: what was written stays as it was, and the newest activation is in force."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from ...domain.errors import StaleVersion
from ...domain.incident import Incident
from ...domain.times import from_text, to_text
from ...rules_ports import Activation, DryRun, RuleVersion
from . import tables
from .rows import Found, Rows
from .rules_tables import dry_runs, rule_activations, rule_versions

V, A, D = rule_versions, rule_activations, dry_runs
E, T = tables.events, tables.incidents
_NEWEST = select(A.c.n).order_by(A.c.n.desc()).limit(1)
_KNOWN = ("state", "asked_at", "asked_by", "done", "total")


class RuleRows(Rows):
    """What `rules_ports.RuleWork` promises."""

    def newest_activation(self) -> int:
        found = self._connection.execute(_NEWEST).scalar()
        return int(found) if found is not None else 0

    def activation(self, n: int) -> Activation | None:
        row = self._first(select(A).where(A.c.n == n))
        return _activation(row) if row else None

    def activations(self, limit: int) -> list[Activation]:
        rows = self._all(select(A).order_by(A.c.n.desc()).limit(limit))
        return [_activation(row) for row in rows]

    def activation_at(self, at: datetime) -> Activation | None:
        before = select(A).where(A.c.at <= to_text(at)).order_by(A.c.at.desc(), A.c.n.desc())
        row = self._first(before.limit(1))
        return _activation(row) if row else None

    def activate(self, activation: Activation) -> None:
        a = activation
        row = {"n": a.n, "version": a.version, "origin": a.origin, "at": to_text(a.at)}
        try:
            self._connection.execute(insert(A), [{**row, "by": a.by, "reason": a.reason}])
        except IntegrityError as taken:
            raise StaleVersion("somebody else put other rules in force first") from taken

    def rule_version(self, version: str) -> RuleVersion | None:
        row = self._first(select(V).where(V.c.version == version))
        return _version(row, json.loads(row["files"])) if row else None

    def rule_versions(self, limit: int) -> list[RuleVersion]:
        listed = select(V.c.version, V.c.saved_at, V.c.saved_by, V.c.note)
        newest = listed.order_by(V.c.saved_at.desc(), V.c.version).limit(limit)
        return [_version(row, {}) for row in self._all(newest)]

    def save_rule_version(self, version: RuleVersion) -> None:
        v = version
        files = json.dumps(dict(sorted(v.files.items())), ensure_ascii=False)
        row = {"version": v.version, "saved_at": to_text(v.saved_at), "saved_by": v.saved_by}
        self._insert_new(V, [{**row, "note": v.note, "files": files}])

    def incident_of_event(self, event_id: str) -> str | None:
        row = self._first(select(E.c.incident_id).where(E.c.id == event_id))
        return row["incident_id"] if row else None

    def incidents_changed(self, since: datetime, until: datetime, limit: int) -> list[Incident]:
        within = T.c.updated_at.between(to_text(since), to_text(until))
        newest = select(T.c.snapshot).where(within).order_by(T.c.updated_at.desc(), T.c.id.desc())
        rows = self._all(newest.limit(limit))
        return [Incident.model_validate_json(row["snapshot"]) for row in rows]

    def save_dry_run(self, run: DryRun) -> None:
        body: dict[str, Any] = {"version": run.version, "against": run.against, "most": run.most}
        body |= {"since": to_text(run.since), "failed": run.failed}
        row = {
            "id": run.id,
            "state": run.state,
            "asked_at": to_text(run.asked_at),
            "asked_by": run.asked_by,
            "done": run.done,
            "total": run.total,
            "body": json.dumps(body, ensure_ascii=False),
            "result": None if run.result is None else json.dumps(run.result, ensure_ascii=False),
        }
        self._upsert(D, ["id"], [row])

    def dry_run(self, run_id: str) -> DryRun | None:
        row = self._first(select(D).where(D.c.id == run_id))
        return _dry_run(row, row["result"]) if row else None

    def dry_runs(self, limit: int) -> Sequence[DryRun]:
        listed = select(D.c.id, *(D.c[name] for name in (*_KNOWN, "body")))
        rows = self._all(listed.order_by(D.c.asked_at.desc(), D.c.id).limit(limit))
        return [_dry_run(row, None) for row in rows]


def _activation(row: Found) -> Activation:
    return Activation(
        n=row["n"],
        version=row["version"],
        origin=row["origin"],
        at=from_text(row["at"]),
        by=row["by"],
        reason=row["reason"],
    )


def _version(row: Found, files: dict[str, str]) -> RuleVersion:
    return RuleVersion(
        version=row["version"],
        saved_at=from_text(row["saved_at"]),
        saved_by=row["saved_by"],
        note=row["note"],
        files=files,
    )


def _dry_run(row: Found, result: str | None) -> DryRun:
    known: dict[str, Any] = {name: row[name] for name in _KNOWN}
    known |= json.loads(row["body"])
    known |= {"asked_at": from_text(row["asked_at"]), "since": from_text(known["since"])}
    return DryRun(id=row["id"], result=json.loads(result) if result else None, **known)
