"""What the public is shown, and who subscribed: each call reads in one short transaction of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, text

from ...domain.communication import CommunicationState, Kind, Rendition
from ...domain.events import Event
from ...domain.incident import Incident
from ...domain.major_events import Declared, Relapsed, Restored
from ...domain.message import Message, MessageState
from ...domain.promise import Promise, PromiseState
from ...domain.subscription import Subscription, SubscriptionState
from ...domain.times import from_text, to_text
from . import portal_tables as portal
from . import tables
from .event_rows import event_of
from .ledger_rows import message_of
from .portal_rows import PUBLISHED
from .reads import Reads

T, M, C, E = tables.incidents, tables.messages, tables.communications, tables.events
S, A = portal.subscriptions, portal.attachments
PUBLIC = "public"
_MARK = select(tables.counters.c.value).where(tables.counters.c.name == PUBLISHED)
_TURNS = (Declared.type, Restored.type, Relapsed.type)


class SqlPortal(Reads):
    """What `portal_ports.PortalQueries` promises."""

    def mark(self) -> int:
        rows = self._rows(_MARK)
        return int(rows[0]["value"]) if rows else 0

    def known_since(self) -> datetime | None:
        # Ids made later sort later: the first row of the key, not a look at all of them.
        rows = self._rows(select(E.c.recorded_at).order_by(E.c.id).limit(1))
        return from_text(rows[0]["recorded_at"]) if rows else None

    def majors_since(self, since: datetime, limit: int) -> list[Incident]:
        still = or_(T.c.major == "open", T.c.updated_at >= to_text(since))
        wanted = select(T.c.snapshot).where(text(tables.MAJOR), still)
        return self._incidents(wanted.order_by(T.c.updated_at.desc(), T.c.id.desc()).limit(limit))

    def majors_begun(self, since: datetime, until: datetime, limit: int) -> list[Incident]:
        between = T.c.opened_at >= to_text(since), T.c.opened_at < to_text(until)
        wanted = select(T.c.snapshot).where(text(tables.MAJOR), *between)
        return self._incidents(wanted.order_by(T.c.opened_at.desc(), T.c.id.desc()).limit(limit))

    def published(self, incident_ids: Sequence[str]) -> list[tuple[Message, Rendition]]:
        if not incident_ids:
            return []
        r = tables.renditions
        wanted = (
            select(M, r.c.body.label("rendition_body"))
            .join(r, r.c.id == M.c.rendition)
            .where(text(portal.ON_PAGE), M.c.incident_id.in_(list(incident_ids)))
            .where(M.c.state == MessageState.DELIVERED.value)
            .order_by(M.c.created_at, M.c.id)
        )
        return [
            (message_of(row), Rendition.model_validate_json(row["rendition_body"]))
            for row in self._rows(wanted)
        ]

    def told_to_public(self, incident_ids: Sequence[str]) -> dict[str, dict[str, str]]:
        if not incident_ids:
            return {}
        wanted = (
            select(C.c.incident_id, C.c.kind, C.c.created_at, C.c.settled_at, C.c.told)
            .where(C.c.incident_id.in_(list(incident_ids)), C.c.audience == PUBLIC)
            .where(C.c.state == CommunicationState.RELEASED.value)
            .order_by(C.c.settled_at, C.c.created_at, C.c.id)
        )
        found: dict[str, dict[str, str]] = {}
        relapsed: dict[str, str] = {}
        # Of each incident the newest is read last, and stays; a correction changes what it puts right, as long as
        # the failure is the one of which it was proposed.
        for row in self._rows(wanted):
            name, told = row["incident_id"], json.loads(row["told"])
            if row["kind"] == Kind.RELAPSE.value:
                relapsed[name] = row["settled_at"]
            if row["kind"] != Kind.CORRECTION.value:
                found[name] = told
            elif row["created_at"] >= relapsed.get(name, ""):
                known = {**found.get(name, {}), **told}
                found[name] = {attribute: value for attribute, value in known.items() if value}
        return found

    def public_promises(self, incident_ids: Sequence[str]) -> list[Promise]:
        p = tables.promises
        if not incident_ids:
            return []
        wanted = select(p.c.body).where(p.c.incident_id.in_(list(incident_ids)))
        rows = self._rows(wanted.where(p.c.state == PromiseState.OPEN.value))
        found = (Promise.model_validate_json(row["body"]) for row in rows)
        return [promise for promise in found if promise.audience == PUBLIC]

    def turns(self, incident_ids: Sequence[str]) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        if not incident_ids:
            return found
        wanted = select(E).where(E.c.incident_id.in_(list(incident_ids)), E.c.type.in_(_TURNS))
        for row in self._rows(wanted.order_by(E.c.incident_id, E.c.version)):
            found.setdefault(row["incident_id"], []).append(event_of(row))
        return found

    def subscriptions(
        self, q: str, state: SubscriptionState | None, limit: int, after: str | None
    ) -> tuple[list[Subscription], str | None]:
        wanted = select(S)
        for word in q.casefold().split():
            wanted = wanted.where(S.c.address.contains(word, autoescape=True))
        if state is not None:
            wanted = wanted.where(S.c.state == state.value)
        if after:
            at, _, last = after.partition("~")
            earlier = and_(S.c.created_at == at, S.c.id < last)
            wanted = wanted.where(or_(S.c.created_at < at, earlier))
        newest = wanted.order_by(S.c.created_at.desc(), S.c.id.desc()).limit(limit + 1)
        rows = self._rows(newest)
        shown = rows[:limit]
        more = f"{shown[-1]['created_at']}~{shown[-1]['id']}" if len(rows) > limit else None
        return [Subscription.model_validate_json(row["body"]) for row in shown], more

    def subscription(self, subscription_id: str) -> Subscription | None:
        with self._store.read() as tx:
            return tx.subscription(subscription_id)

    def subscription_counts(self) -> dict[str, int]:
        rows = self._rows(select(S.c.state, func.count().label("n")).group_by(S.c.state))
        return {state.value: 0 for state in SubscriptionState} | {r["state"]: r["n"] for r in rows}

    def attached(self, major: str, limit: int) -> tuple[int, list[Incident]]:
        of_it = A.c.major_id == major
        counted = self._rows(select(func.count().label("n")).where(of_it))
        wanted = select(T.c.snapshot).join(A, A.c.ticket_id == T.c.id).where(of_it)
        newest = self._incidents(wanted.order_by(A.c.ticket_id.desc()).limit(limit))
        return int(counted[0]["n"]), newest

    def _incidents(self, wanted: Any) -> list[Incident]:
        return [Incident.model_validate_json(row["snapshot"]) for row in self._rows(wanted)]
