"""Subscriptions, what was asked for, and attached tickets: statements inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text

from ...domain.incident import Incident
from ...domain.message import MessageState
from ...domain.subscription import OptIn, Subscription
from ...domain.times import to_text
from ...portal_ports import Attachment
from . import portal_tables as portal
from . import tables
from .asked_rows import AskedRows, Kept, folded
from .reader_tables import reader_links
from .rows import Found, Row, on_conflict

S, W, Q, A = (
    portal.subscriptions,
    portal.subscription_services,
    portal.opt_ins,
    portal.attachments,
)
T, M, N, E = tables.incidents, tables.messages, tables.counters, tables.events
PUBLISHED = "published"
MOST_OPEN = 50
_ENDED = (
    MessageState.DELIVERED.value,
    MessageState.REJECTED.value,
    MessageState.PARKED.value,
    MessageState.MAYBE_SENT.value,
)
_OPEN = (
    select(T.c.snapshot)
    .where(text(tables.MAJOR), T.c.major == "open")
    .order_by(T.c.opened_at, T.c.id)
    .limit(MOST_OPEN)
)
_ATTACHING = select(E.c.incident_id, E.c.data).where(text(tables.ATTACHING))
_WISHES = select(W.c.subscription_id).where(W.c.service.in_([bindparam("of"), portal.ANY_SERVICE]))
_SUBSCRIBERS = (
    select(S.c.body)
    .where(S.c.state == "active", S.c.id.in_(_WISHES))
    .order_by(S.c.created_at, S.c.id)
)
_OPT_INS = Kept(
    portal.opt_ins, OptIn, lambda one: (one.choice.address.channel, one.choice.address.value)
)


class PortalRows(AskedRows):
    """What `portal_ports.PortalWork` promises."""

    def count_published(self) -> None:
        new = on_conflict(N, self._postgres).values(name=PUBLISHED, value=1)
        more = {"value": N.c.value + 1}
        self._connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=more))

    def open_majors(self) -> list[Incident]:
        return [Incident.model_validate_json(row["snapshot"]) for row in self._all(_OPEN)]

    def attach(self, attachment: Attachment) -> None:
        row: Row = {
            "ticket_id": attachment.ticket,
            "major_id": attachment.major,
            "source": attachment.source,
            "requester": attachment.requester,
        }
        self._upsert(A, ["ticket_id"], [row])

    def detach(self, ticket: str) -> None:
        self._connection.execute(delete(A).where(A.c.ticket_id == ticket))

    def attached_to(self, majors: Collection[str]) -> dict[str, list[Attachment]]:
        if not majors:
            return {}
        wanted = select(A).where(A.c.major_id.in_(list(majors)))
        found: dict[str, list[Attachment]] = {}
        for row in self._all(wanted.order_by(A.c.major_id, A.c.ticket_id)):
            found.setdefault(row["major_id"], []).append(_attachment(row))
        return found

    def ever_attached(self, majors: Collection[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self._all(_ATTACHING) if majors else ():
            major = json.loads(row["data"])["incident"]
            if major in majors:
                found.setdefault(major, set()).add(row["incident_id"])
        return found

    def subscribers(self, service: str | None) -> list[Subscription]:
        rows = self._all(_SUBSCRIBERS, {"of": service or portal.ANY_SERVICE})
        return [Subscription.model_validate_json(row["body"]) for row in rows]

    def subscription(self, subscription_id: str) -> Subscription | None:
        row = self._first(select(S.c.body).where(S.c.id == subscription_id))
        return Subscription.model_validate_json(row["body"]) if row else None

    def subscription_at(self, channel: str, address: str) -> Subscription | None:
        same = S.c.channel == channel, S.c.address == folded(channel, address)
        row = self._first(select(S.c.body).where(*same))
        return Subscription.model_validate_json(row["body"]) if row else None

    def save_subscription(self, subscription: Subscription) -> None:
        choice = subscription.choice
        row: Row = {
            "id": subscription.id,
            "channel": choice.address.channel,
            "address": folded(choice.address.channel, choice.address.value),
            "state": subscription.state.value,
            "created_at": to_text(subscription.created_at),
            "body": subscription.model_dump_json(),
        }
        self._upsert(S, ["id"], [row])
        self._connection.execute(delete(W).where(W.c.subscription_id == subscription.id))
        wishes = choice.services or (portal.ANY_SERVICE,)
        self._insert_new(
            W, [{"subscription_id": subscription.id, "service": service} for service in wishes]
        )

    def remove_subscription(self, subscription_id: str) -> bool:
        self._connection.execute(delete(W).where(W.c.subscription_id == subscription_id))
        return self._connection.execute(delete(S).where(S.c.id == subscription_id)).rowcount == 1

    def last_states(self, recipient_key: str, limit: int) -> list[str]:
        wanted = (
            select(M.c.state)
            .where(text(portal.TO_SUBSCRIBER), M.c.recipient_key == recipient_key)
            .where(M.c.state.in_(_ENDED))
            .order_by(M.c.created_at.desc(), M.c.id.desc())
            .limit(limit)
        )
        return [row["state"] for row in self._all(wanted)]

    def add_opt_in(self, opt_in: OptIn) -> None:
        self._add_asked(_OPT_INS, opt_in)

    def opt_in(self, opt_in_id: str) -> OptIn | None:
        return self._asked(_OPT_INS, opt_in_id)

    def opt_ins_since(self, since: datetime, *, address: str = "", client: str = "") -> int:
        return self._asked_since(_OPT_INS, since, address=address, client=client)

    def claim_opt_ins(self, now: datetime, lease: timedelta, limit: int) -> list[OptIn]:
        return self._claim_asked(_OPT_INS, now, lease, limit)

    def settle_opt_in(self, was: OptIn, state: str, due_at: datetime) -> bool:
        return self._settle_asked(_OPT_INS, was, state, due_at)

    def forget_opt_ins(self, before: datetime) -> int:
        return self._forget_asked(_OPT_INS, before)

    def forget_addresses(self, addresses: Collection[str]) -> None:
        named = {folded("mail", a) for a in addresses} | set(addresses)
        if not named:
            return
        of_them = select(S.c.id).where(S.c.address.in_(named))
        self._connection.execute(delete(W).where(W.c.subscription_id.in_(of_them)))
        self._connection.execute(delete(S).where(S.c.address.in_(named)))
        self._connection.execute(delete(Q).where(Q.c.address.in_(named)))
        self._connection.execute(delete(reader_links).where(reader_links.c.address.in_(named)))

    def _next_opt_in(self) -> str | None:
        return self._earliest(_OPT_INS.earliest)


def _attachment(row: Found) -> Attachment:
    return Attachment(
        ticket=row["ticket_id"],
        major=row["major_id"],
        source=row["source"],
        requester=row["requester"],
    )
