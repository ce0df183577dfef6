"""A mail that somebody asked for on a public page is handed to the channel: what becomes of its row?

It may go out twice when a process dies in between. That does no harm: both lead to one question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from ...delivery.retry import next_try
from ...domain.errors import Ambiguous, ChannelError, HeliographError, Retryable
from ...domain.message import Outbound
from ...ports import Channel

log = structlog.get_logger(__name__)


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
