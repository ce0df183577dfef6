"""The mail that lets a reader in: due rows, handed over outside of any transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ...domain.message import Outbound
from ...domain.portal_reader import LINK_LASTS, ReaderLink
from ...drafting.letters import letter
from ...ports import Channel, Clock, Store
from ..library import Library
from ..links import Links
from .asking_back import BATCH, LEASE, MAIL, Sender
from .handing_over import Asked, hand_over
from .letting_in import ends

QUEUE = "reader_links"
NUMBER = "sign-in"
"""Stands where a ticket's number would."""


class SendingLinks:
    """The worker between those who asked and the mail channel. `open` is False where nobody has to sign in."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        library: Library,
        links: Links,
        channels: Mapping[str, Channel],
        sender: Sender,
        open: bool,  # noqa: A002  as the terms of subscribing call it
    ) -> None:
        self._store, self._clock, self._library = store, clock, library
        self._links, self._channel, self._sender = links, channels.get(MAIL), sender
        self._open = open

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(QUEUE)
        if self._channel is None or due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = tx.claim_reader_links(now, LEASE, BATCH)
        for link in claimed:
            state, due_at = self._handed_over(self._channel, link)
            with self._store.write() as tx:
                # False where she is in already, by a mail that came before its outcome.
                tx.settle_reader_link(link, state, due_at)
        return bool(claimed)

    def _handed_over(self, channel: Channel, link: ReaderLink) -> tuple[str, datetime]:
        now = self._clock.now()
        if not self._open or now >= ends(link):
            return "failed", now
        asked = Asked(key=link.id, tries=link.tries, asked_at=link.asked_at, ends=ends(link))
        return hand_over(channel, asked, lambda: self._outbound(link), now)

    def _outbound(self, link: ReaderLink) -> Outbound:
        values = {
            "sign_in_url": self._links.reader(link.id, ends(link)),
            # No clock time: nothing is known of the zone in which this is read.
            "minutes": str(int(LINK_LASTS.total_seconds() // 60)),
            "desk_name": self._sender.desk_name,
            "desk_phone": self._sender.desk_phone,
        }
        said = letter(self._library.texts.files, "portal_sign_in", link.language, values)
        return Outbound(
            key=link.id,
            thread=f"thr_{link.id}",
            number=NUMBER,
            address=link.address,
            name="",
            language=link.language,
            subject=said.subject,
            text=said.text,
            html=said.html,
            at=link.asked_at,
        )
