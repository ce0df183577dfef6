"""Which parts has the portal? Each can be off, where the desk has one of its own already."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """By the name of the setting that switches it."""

    STATUS_PAGE = "status_page"
    BANNER = "banner"
    FEEDS = "feeds"
    SUBSCRIPTIONS = "subscriptions"
    WEBHOOKS = "subscriber_webhooks"
    TICKET_PAGE = "ticket_page"


PUBLISHING = frozenset({Part.STATUS_PAGE, Part.BANNER, Part.FEEDS})
"""They show what is told to the public; with all of them off nothing is published."""
TO_SUBSCRIBERS = {"mail": Part.SUBSCRIPTIONS, "webhook": Part.WEBHOOKS}
"""By the channel over which a subscriber is told."""
TELLING = PUBLISHING | {Part.SUBSCRIPTIONS, Part.WEBHOOKS}
"""Through which the public hears of anything."""
ALL = frozenset(Part)


def off(parts: frozenset[Part], among: frozenset[Part] = ALL) -> str:
    """The names of those that are off, for people who set them."""
    return ", ".join(part.value for part in Part if part in among and part not in parts)
