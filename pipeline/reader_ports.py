"""The seam for those who sign in to read the portal: whose an address is, what was asked for, and since when
nothing that was given out before counts any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from .domain.portal_reader import ReaderLink


class ReaderWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about it."""

    def people_with(self, address: str) -> list[str]:
        """The people of the directory who have this mail address and have not left, by their ids."""

    def subscribers_on_record(self, service: str | None) -> frozenset[str]:
        """Of the active subscriptions by mail that ask for this service, or for all: those whose address
        somebody has who has not left."""

    def add_reader_link(self, link: ReaderLink) -> None: ...

    def reader_link(self, link_id: str) -> ReaderLink | None: ...

    def reader_links_since(
        self, since: datetime, *, address: str = "", client: str = "", mailed: bool = False
    ) -> int:
        """How many were asked for by this address, or by this client; `mailed` leaves out those without a mail."""

    def claim_reader_links(self, now: datetime, lease: timedelta, limit: int) -> list[ReaderLink]:
        """Due ones, leased until now + lease, their try counted."""

    def settle_reader_link(self, was: ReaderLink, state: str, due_at: datetime) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says."""

    def forget_reader_links(self, before: datetime) -> int:
        """Those asked for before then; how many went."""

    def sign_out_reader(self, person: str, at: datetime) -> None:
        """Nothing counts any more that was given to this person before then."""

    def reader_signed_out(self, person: str) -> datetime | None: ...
