"""Who may read the portal: whose an address is, links that were asked for, and who signed out everywhere.
Statements inside a unit of work."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from ...domain.portal_reader import ReaderLink
from ...domain.times import from_text, to_text
from . import portal_tables as portal
from . import reader_tables as tables
from .asked_rows import AskedRows, Kept, folded

A, O = tables.person_addresses, tables.reader_sign_outs  # noqa: E741
S, W = portal.subscriptions, portal.subscription_services
MAIL = "mail"
_WISHES = select(W.c.subscription_id).where(W.c.service.in_([bindparam("of"), portal.ANY_SERVICE]))
_ON_RECORD = (
    select(S.c.id)
    .distinct()
    .join(A, A.c.address == S.c.address)
    .where(S.c.channel == MAIL, S.c.state == "active", S.c.id.in_(_WISHES))
)
_LINKS = Kept(tables.reader_links, ReaderLink, lambda link: (MAIL, link.address))


class ReaderRows(AskedRows):
    """What `reader_ports.ReaderWork` promises."""

    def people_with(self, address: str) -> list[str]:
        of_it = select(A.c.person_id).where(A.c.address == folded(MAIL, address))
        return [row["person_id"] for row in self._all(of_it.order_by(A.c.person_id))]

    def subscribers_on_record(self, service: str | None) -> frozenset[str]:
        rows = self._all(_ON_RECORD, {"of": service or portal.ANY_SERVICE})
        return frozenset(row["id"] for row in rows)

    def add_reader_link(self, link: ReaderLink) -> None:
        self._add_asked(_LINKS, link)

    def reader_link(self, link_id: str) -> ReaderLink | None:
        return self._asked(_LINKS, link_id)

    def reader_links_since(
        self, since: datetime, *, address: str = "", client: str = "", mailed: bool = False
    ) -> int:
        return self._asked_since(_LINKS, since, address=address, client=client, mailed=mailed)

    def claim_reader_links(self, now: datetime, lease: timedelta, limit: int) -> list[ReaderLink]:
        return self._claim_asked(_LINKS, now, lease, limit)

    def settle_reader_link(self, was: ReaderLink, state: str, due_at: datetime) -> bool:
        return self._settle_asked(_LINKS, was, state, due_at)

    def forget_reader_links(self, before: datetime) -> int:
        return self._forget_asked(_LINKS, before)

    def sign_out_reader(self, person: str, at: datetime) -> None:
        self._upsert(O, ["person"], [{"person": person, "at": to_text(at)}])

    def reader_signed_out(self, person: str) -> datetime | None:
        row = self._first(select(O.c.at).where(O.c.person == person))
        return from_text(row["at"]) if row else None

    def _next_reader_link(self) -> str | None:
        return self._earliest(_LINKS.earliest)
