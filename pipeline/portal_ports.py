"""The seams of the portal: what stands on the public page, who asked to be told, and which tickets belong to
an open major incident?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from .domain.communication import Rendition
from .domain.events import Event
from .domain.incident import Incident
from .domain.message import Message
from .domain.promise import Promise
from .domain.subscription import OptIn, Subscription, SubscriptionState


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A ticket that belongs to a major incident; `requester` is as its `source` names her."""

    ticket: str
    major: str
    source: str
    requester: str | None


class PortalWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about it."""

    def count_published(self) -> None:
        """What the public page shows has changed: whatever was rendered before is out of date."""

    def open_majors(self) -> list[Incident]:
        """Those that are open, the one that was declared first at the beginning."""

    def attach(self, attachment: Attachment) -> None:
        """It takes the place of an earlier one of the same ticket."""

    def detach(self, ticket: str) -> None: ...

    def attached_to(self, majors: Collection[str]) -> dict[str, list[Attachment]]:
        """By major incident, each in the order in which they came."""

    def ever_attached(self, majors: Collection[str]) -> dict[str, set[str]]:
        """By major incident, also tickets that were taken away since. Looks through all events of attaching: for whoever
        looks back, not for the way of a message."""

    # subscriptions
    def subscribers(self, service: str | None) -> list[Subscription]:
        """Active ones that ask for this service, or for all."""

    def subscription(self, subscription_id: str) -> Subscription | None: ...

    def subscription_at(self, channel: str, address: str) -> Subscription | None: ...

    def save_subscription(self, subscription: Subscription) -> None: ...

    def remove_subscription(self, subscription_id: str) -> bool:
        """False where there is none (any more)."""

    def last_states(self, recipient_key: str, limit: int) -> list[str]:
        """How the newest messages to this recipient stand that are at an end, newest first."""

    def add_opt_in(self, opt_in: OptIn) -> None: ...

    def opt_in(self, opt_in_id: str) -> OptIn | None: ...

    def opt_ins_since(self, since: datetime, *, address: str = "", client: str = "") -> int:
        """How many were asked for by this address, or by this client."""

    def claim_opt_ins(self, now: datetime, lease: timedelta, limit: int) -> list[OptIn]:
        """Due ones, leased until now + lease, their try counted."""

    def settle_opt_in(self, was: OptIn, state: str, due_at: datetime) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says."""

    def forget_opt_ins(self, before: datetime) -> int:
        """Those asked for before then; how many went."""

    def forget_addresses(self, addresses: Collection[str]) -> None:
        """Subscriptions and what was asked for by these addresses."""


class PortalQueries(Protocol):
    """What people look at: read-only, each call one short transaction of its own."""

    def mark(self) -> int:
        """How often what is shown has changed."""

    def known_since(self) -> datetime | None:
        """When the first event was recorded; None in an empty store."""

    def majors_since(self, since: datetime, limit: int) -> list[Incident]:
        """Open ones, and those that changed since then, latest change first."""

    def majors_begun(self, since: datetime, until: datetime, limit: int) -> list[Incident]:
        """Those whose ticket was opened in between, newest first."""

    def published(self, incident_ids: Sequence[str]) -> list[tuple[Message, Rendition]]:
        """What was delivered to the page in each language, oldest first."""

    def told_to_public(self, incident_ids: Sequence[str]) -> dict[str, dict[str, str]]:
        """What it was told so far, by incident."""

    def public_promises(self, incident_ids: Sequence[str]) -> list[Promise]:
        """Open promises of a next update to the public."""

    def turns(self, incident_ids: Sequence[str]) -> Mapping[str, list[Event]]:
        """Declarations, restorations and relapses, oldest first."""

    def subscriptions(
        self, q: str, state: SubscriptionState | None, limit: int, after: str | None
    ) -> tuple[list[Subscription], str | None]:
        """Newest first, with the cursor of the next page."""

    def subscription(self, subscription_id: str) -> Subscription | None: ...

    def subscription_counts(self) -> dict[str, int]:
        """By state."""

    def attached(self, major: str, limit: int) -> tuple[int, list[Incident]]:
        """How many tickets belong to it, and the newest of them."""
