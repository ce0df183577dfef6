"""Mails that somebody asked for on a public page: due rows, handed over outside of any transaction. What becomes of
each row?

It may go out twice when a process dies in between. That does no harm: both lead to one question.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar

import structlog

from ...delivery.retry import next_try
from ...domain.directory import Language
from ...domain.errors import Ambiguous, ChannelError, HeliographError, Retryable
from ...domain.message import Outbound
from ...domain.portal_reader import ReaderLink
from ...domain.subscription import OptIn
from ...drafting.letters import letter
from ...ports import Channel, Clock, Store, Transaction
from ..library import Library
from ..links import Links

BATCH, LEASE = 16, timedelta(minutes=5)
MAIL = "mail"
T = TypeVar("T", OptIn, ReaderLink)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """How the service desk is named and reached."""

    desk_name: str
    desk_phone: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A row by its `key`: when it was asked for, how often it was tried, and when its link `ends`."""

    key: str
    tries: int
    asked_at: datetime
    ends: datetime


def hand_over(
    channel: Channel, asked: Asked, make: Callable[[], Outbound], now: datetime
) -> tuple[str, datetime]:
    """The row's state, and when it is due again."""
    try:
        channel.send(make())
    except Ambiguous:
        # It may have been sent. Whoever got none asks again.
        return "sent", now
    except Retryable as later:
        wait = next_try(asked.tries, later, key=asked.key, age=now - asked.asked_at)
        return ("due", now + wait) if wait and now + wait < asked.ends else ("failed", now)
    except (ChannelError, HeliographError) as failed:
        log.warning("a mail that was asked for was not sent", row=asked.key, why=str(failed))
        return "failed", now
    return "sent", now


class AskedMails(ABC, Generic[T]):
    """The worker between those who asked and the mail channel. Where it is not `open`, what was asked for before it
    was closed comes to nothing."""

    queue: ClassVar[str]
    number: ClassVar[str]
    """Stands where a ticket's number would."""

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
        self._store, self._clock, self._library = store, clock, library
        self._links, self._channel, self._sender = links, channels.get(MAIL), sender
        self._open = open

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(self.queue)
        if self._channel is None or due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = self.claim(tx, now)
        for one in claimed:
            state, due_at = self._handed_over(self._channel, one)
            with self._store.write() as tx:
                self.settle(tx, one, state, due_at)
        return bool(claimed)

    @abstractmethod
    def claim(self, tx: Transaction, now: datetime) -> list[T]: ...

    @abstractmethod
    def settle(self, tx: Transaction, one: T, state: str, due_at: datetime) -> None:
        """Nothing happens where its link was followed already, by a mail that came before its outcome."""

    @abstractmethod
    def ends(self, one: T) -> datetime:
        """Until when its link leads anywhere."""

    @abstractmethod
    def outbound(self, one: T) -> Outbound: ...

    def _handed_over(self, channel: Channel, one: T) -> tuple[str, datetime]:
        now = self._clock.now()
        if not self._open or now >= self.ends(one):
            return "failed", now
        asked = Asked(key=one.id, tries=one.tries, asked_at=one.asked_at, ends=self.ends(one))
        return hand_over(channel, asked, lambda: self.outbound(one), now)

    def _letter(
        self, one: T, name: str, address: str, language: Language, values: Mapping[str, str]
    ) -> Outbound:
        desk = {"desk_name": self._sender.desk_name, "desk_phone": self._sender.desk_phone}
        said = letter(self._library.texts.files, name, language, {**values, **desk})
        return Outbound(
            key=one.id,
            thread=f"thr_{one.id}",
            number=self.number,
            address=address,
            name="",
            language=language,
            subject=said.subject,
            text=said.text,
            html=said.html,
            at=one.asked_at,
        )
