"""What was stated to whom, and what is proposed to put it right?"""

from __future__ import annotations

import hashlib

from .communication import Kind
from .directory import Key, Value
from .facts import Fact
from .message import Recipient
from .payload import Words
from .times import Instant, to_text

ALL_CLEAR = "all_clear"
"""No attribute of a record: that it works again, said by a recovery in its own words."""
CORRECTABLE = (
    *(ALL_CLEAR, "impact", "started_at", "restored_at", "duration"),
    *("cause_confirmed", "scope", "not_affected"),
)
"""What may turn out to be wrong, in the order in which a correction tells of it."""


def before_of(attribute: str) -> str:
    """What is called so in a text was told before, and is wrong."""
    return f"was_{attribute}"


class Statement(Value):
    """One fact as one text told it: whoever got that text was told it. `ticket` is the one whose text told it of the
    incident that it belongs to; None for the incident's own. `since` is that of a correction which stated it."""

    rendition: Key
    attribute: Key
    incident: Key
    audience: Key
    kind: Kind
    at: Instant
    fact: Fact
    ticket: Key | None = None
    since: Instant | None = None


class Wrong(Value):
    """What was told, and what is right; None where nobody knows yet. `told_as` and `right_as` compare
    values between languages."""

    attribute: Key
    told: Fact
    right: Fact | None = None
    told_as: str
    right_as: str | None = None


class Correction(Value):
    """A proposal for exactly those who were told all of its `items` and nothing righter since. `event` is
    the one by which the latest of them became known, at `known_at`. `since` is the declaration, or the relapse, since which it was told; None in
    rows of earlier releases."""

    communication: Key
    incident: Key
    audience: Key
    items: tuple[Wrong, ...]
    known_at: Instant
    event: Key
    why: Words | None = None
    at: Instant
    recipients: tuple[Recipient, ...]
    since: Instant | None = None

    @property
    def content(self) -> str:
        """The same for the same wrong and right values, whoever they were told to."""
        told = [f"{i.attribute}\x1f{i.told_as}\x1f{i.right_as or ''}" for i in self.items]
        since = [to_text(self.since)] if self.since else []
        joined = "\x1e".join([self.audience, *told, *since])
        return hashlib.sha256(joined.encode()).hexdigest()[:32]

    @property
    def sameness(self) -> tuple[str, frozenset[str]]:
        """Two of the same are one proposal."""
        return self.content, frozenset(f"{r.key}\x1f{r.channel}" for r in self.recipients)
