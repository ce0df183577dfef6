"""Somebody wants to read the portal, where one has to sign in for it: what was asked for?"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from .directory import Key, Language, MailAddress, Value
from .times import Instant

LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(days=1)
KEY_LASTS = timedelta(days=366)
"""How long a feed reader's own address works."""

ReaderLinkState = Literal["due", "sent", "failed", "used"]


class ReaderLink(Value):
    """An address that was typed to be let in. `person` is whose it is, None where nobody has it; `client` tells
    who asked, as a hash; `to` is the page that she wanted to see."""

    id: Key
    address: MailAddress
    person: Key | None
    language: Language
    to: str
    client: Key
    state: ReaderLinkState = "due"
    asked_at: Instant
    due_at: Instant
    tries: int = 0
