"""The mail that asks whether an address is meant."""

from __future__ import annotations

from datetime import datetime

from ...domain.message import Outbound
from ...domain.subscription import OptIn
from ...drafting.spoken import at_clock, promised
from ...ports import Transaction
from .handing_over import BATCH, LEASE, AskedMails
from .subscribing import CONFIRMING

QUEUE = "opt_ins"


class AskingBack(AskedMails[OptIn]):
    queue, number = QUEUE, "subscription"

    def claim(self, tx: Transaction, now: datetime) -> list[OptIn]:
        return tx.claim_opt_ins(now, LEASE, BATCH)

    def settle(self, tx: Transaction, one: OptIn, state: str, due_at: datetime) -> None:
        tx.settle_opt_in(one, state, due_at)

    def ends(self, one: OptIn) -> datetime:
        return one.asked_at + CONFIRMING

    def outbound(self, one: OptIn) -> Outbound:
        choice, until = one.choice, self.ends(one)
        values = {
            "confirm_url": self._links.opt_in(one.id, until),
            "until": at_clock(
                *(promised(until, one.asked_at, choice.zone), one.asked_at, choice.zone),
                choice.language,
            ),
        }
        return self._letter(one, "opt_in", choice.address.value, choice.language, values)
