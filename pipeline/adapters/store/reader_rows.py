"""Who may read the portal: whose an address is, links that were asked for, and who signed out everywhere.
Statements inside a unit of work."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, text, update

from ...domain.portal_reader import ReaderLink
from ...domain.times import from_text, to_text
from . import portal_tables as portal
from . import reader_tables as tables
from .portal_rows import folded
from .rows import Row, Rows, together

A, L, O = tables.person_addresses, tables.reader_links, tables.reader_sign_outs  # noqa: E741
S, W = portal.subscriptions, portal.subscription_services
MAIL = "mail"
_WISHES = select(W.c.subscription_id).where(W.c.service.in_([bindparam("of"), portal.ANY_SERVICE]))
_ON_RECORD = (
    select(S.c.id)
    .distinct()
    .join(A, A.c.address == S.c.address)
    .where(S.c.channel == MAIL, S.c.state == "active", S.c.id.in_(_WISHES))
)
_DUE = (
    select(L.c.body)
    .where(text(tables.DUE), L.c.due_at <= bindparam("now"))
    .order_by(L.c.due_at, L.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST = together(select(L.c.due_at).where(text(tables.DUE)).order_by(L.c.due_at).limit(1))


class ReaderRows(Rows):
    """What `reader_ports.ReaderWork` promises."""

    def people_with(self, address: str) -> list[str]:
        of_it = select(A.c.person_id).where(A.c.address == folded(MAIL, address))
        return [row["person_id"] for row in self._all(of_it.order_by(A.c.person_id))]

    def subscribers_on_record(self, service: str | None) -> frozenset[str]:
        rows = self._all(_ON_RECORD, {"of": service or portal.ANY_SERVICE})
        return frozenset(row["id"] for row in rows)

    def add_reader_link(self, link: ReaderLink) -> None:
        self._insert_new(L, [_row(link)])

    def reader_link(self, link_id: str) -> ReaderLink | None:
        row = self._first(select(L.c.body).where(L.c.id == link_id))
        return ReaderLink.model_validate_json(row["body"]) if row else None

    def reader_links_since(
        self, since: datetime, *, address: str = "", client: str = "", mailed: bool = False
    ) -> int:
        counted = select(func.count().label("n")).where(L.c.asked_at >= to_text(since))
        if address:
            counted = counted.where(L.c.address == folded(MAIL, address))
        if client:
            counted = counted.where(L.c.client == client)
        if mailed:
            counted = counted.where(L.c.state != "failed")
        return int(self._all(counted)[0]["n"])

    def claim_reader_links(self, now: datetime, lease: timedelta, limit: int) -> list[ReaderLink]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        found = [ReaderLink.model_validate_json(row["body"]) for row in rows]
        claimed = [
            one.model_copy(update={"tries": one.tries + 1, "due_at": now + lease}) for one in found
        ]
        self._upsert(L, ["id"], [_row(one) for one in claimed])
        return claimed

    def settle_reader_link(self, was: ReaderLink, state: str, due_at: datetime) -> bool:
        now = was.model_copy(update={"state": state, "due_at": due_at})
        still = L.c.id == was.id, L.c.state == was.state, L.c.tries == was.tries
        return self._connection.execute(update(L).where(*still).values(_row(now))).rowcount == 1

    def forget_reader_links(self, before: datetime) -> int:
        return self._connection.execute(delete(L).where(L.c.asked_at < to_text(before))).rowcount

    def sign_out_reader(self, person: str, at: datetime) -> None:
        self._upsert(O, ["person"], [{"person": person, "at": to_text(at)}])

    def reader_signed_out(self, person: str) -> datetime | None:
        row = self._first(select(O.c.at).where(O.c.person == person))
        return from_text(row["at"]) if row else None

    def _next_reader_link(self) -> str | None:
        return self._earliest(_EARLIEST)


def _row(link: ReaderLink) -> Row:
    return {
        "id": link.id,
        "address": folded(MAIL, link.address),
        "client": link.client,
        "state": link.state,
        "asked_at": to_text(link.asked_at),
        "due_at": to_text(link.due_at),
        "tries": link.tries,
        "body": link.model_dump_json(),
    }
