"""The mail that lets a reader in."""

from __future__ import annotations

from datetime import datetime

from ...domain.message import Outbound
from ...domain.portal_reader import LINK_LASTS, ReaderLink
from ...ports import Transaction
from .handing_over import BATCH, LEASE, AskedMails
from .letting_in import ends

QUEUE = "reader_links"


class SendingLinks(AskedMails[ReaderLink]):
    queue, number = QUEUE, "sign-in"

    def claim(self, tx: Transaction, now: datetime) -> list[ReaderLink]:
        return tx.claim_reader_links(now, LEASE, BATCH)

    def settle(self, tx: Transaction, one: ReaderLink, state: str, due_at: datetime) -> None:
        tx.settle_reader_link(one, state, due_at)

    def ends(self, one: ReaderLink) -> datetime:
        return ends(one)

    def outbound(self, one: ReaderLink) -> Outbound:
        values = {
            "sign_in_url": self._links.reader(one.id, ends(one)),
            # No clock time: nothing is known of the zone in which this is read.
            "minutes": str(int(LINK_LASTS.total_seconds() // 60)),
        }
        return self._letter(one, "portal_sign_in", one.address, one.language, values)
