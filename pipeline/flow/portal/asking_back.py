"""The mail that asks whether an address is meant: due rows, handed over outside of any transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...domain.message import Outbound
from ...domain.subscription import OptIn
from ...drafting.letters import letter
from ...drafting.spoken import at_clock, promised
from ...ports import Channel, Clock, Store
from ..library import Library
from ..links import Links
from .handing_over import Asked, hand_over
from .subscribing import CONFIRMING

QUEUE = "opt_ins"
BATCH, LEASE = 16, timedelta(minutes=5)
MAIL = "mail"
NUMBER = "subscription"
"""Stands where a ticket's number would."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """How the service desk is named and reached."""

    desk_name: str
    desk_phone: str


class AskingBack:
    """The worker between those who asked and the mail channel."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        library: Library,
        links: Links,
        channels: Mapping[str, Channel],
        sender: Sender,
        open: bool = True,  # noqa: A002  as the terms of subscribing call it
    ) -> None:
        """Where it is not `open`, what was asked for before it was closed comes to nothing."""
        self._store, self._clock, self._library = store, clock, library
        self._links, self._channel, self._sender = links, channels.get(MAIL), sender
        self._open = open

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        if self._channel is None or not self._is_due(now):
            return False
        with self._store.write() as tx:
            claimed = tx.claim_opt_ins(now, LEASE, BATCH)
        for opt_in in claimed:
            state, due_at = self._hand_over(self._channel, opt_in)
            with self._store.write() as tx:
                # False where she confirmed by an earlier mail meanwhile.
                tx.settle_opt_in(opt_in, state, due_at)
        return bool(claimed)

    def _is_due(self, now: datetime) -> bool:
        with self._store.read() as tx:
            due_at = tx.next_due(QUEUE)
        return due_at is not None and due_at <= now

    def _hand_over(self, channel: Channel, opt_in: OptIn) -> tuple[str, datetime]:
        now = self._clock.now()
        if not self._open:
            return "failed", now
        asked = Asked(
            key=opt_in.id,
            tries=opt_in.tries,
            asked_at=opt_in.asked_at,
            ends=opt_in.asked_at + CONFIRMING,
        )
        return hand_over(channel, asked, lambda: self._outbound(opt_in), now)

    def _outbound(self, opt_in: OptIn) -> Outbound:
        choice = opt_in.choice
        until = opt_in.asked_at + CONFIRMING
        values = {
            "confirm_url": self._links.opt_in(opt_in.id, until),
            "until": at_clock(
                *(promised(until, opt_in.asked_at, choice.zone), opt_in.asked_at, choice.zone),
                choice.language,
            ),
            "desk_name": self._sender.desk_name,
            "desk_phone": self._sender.desk_phone,
        }
        said = letter(self._library.texts.files, "opt_in", choice.language, values)
        return Outbound(
            key=opt_in.id,
            thread=f"thr_{opt_in.id}",
            number=NUMBER,
            address=choice.address.value,
            name="",
            language=choice.language,
            subject=said.subject,
            text=said.text,
            html=said.html,
            at=opt_in.asked_at,
        )
