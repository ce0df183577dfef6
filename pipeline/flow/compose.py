"""A due communication becomes checked messages: brief, draft, guard, release, plan, in one commit.

The template step of the ladder calls nobody, so claiming, drafting and queueing share a transaction; a
process that dies in it has done nothing. What cannot be drafted is parked with its reason and alarmed,
alone: the others of its batch go on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from ..delivery.plan import Plan, addresses
from ..domain.communication import (
    Communication,
    CommunicationState,
    Draft,
    Form,
    Reason,
    Release,
    Rendition,
)
from ..domain.directory import LANGUAGES, Group, Person
from ..domain.errors import HeliographError
from ..domain.facts import Brief, Fact
from ..domain.findings import FindingLevel, Verdict
from ..domain.incident import Incident
from ..domain.keys import message_key, rendition_key
from ..domain.message import Message, MessageState, Recipient
from ..domain.promise import Promise
from ..drafting.brief import make_brief, told_values
from ..drafting.personal import personal_values
from ..drafting.record import Lookup, facts_of
from ..guard import Examined, examine
from ..policy.audiences import Wanted, audience_of, members_of
from ..ports import Alarm, Channel, Clock, Ids, Source, Store, Transaction
from ..release.permission import permission
from . import promises
from .library import Library, Texts
from .links import Links

BATCH = 8
"""Small: the batch is composed under the writer's lock, and events wait for that lock."""
LEASE = timedelta(minutes=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """How the service desk is named and reached, at the foot of its messages."""

    name: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """All that composing needs of the store, read once."""

    communication: Communication
    incident: Incident
    lookup: Lookup
    source: Source
    told: Mapping[str, str]
    targets: tuple[Person | Group, ...]


@dataclass(frozen=True, kw_only=True)
class Composed:
    """What a step made of one communication; written as a whole."""

    state: CommunicationState
    outcome: Reason
    drafts: tuple[Draft, ...] = ()
    release: Release | None = None
    messages: tuple[Message, ...] = ()
    told: dict[str, str] | None = None
    promised: tuple[Promise, ...] = ()
    alarms: tuple[Reason, ...] = ()
