"""The seams: what the flow needs from the world, each with a fake that passes the same contract.

Stages are pure and need none of these. `flow` takes them from `bootstrap`, the only place that
names the adapters behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from .alert_ports import AlertWork
from .article_ports import ArticleWork, QuestionWork
from .cause_ports import CauseWork
from .clocks_ports import ClockWork, ClosingWork
from .correction_ports import CorrectionWork
from .decision_ports import DecisionWork
from .domain.communication import (
    Communication,
    CommunicationState,
    Draft,
    Form,
    Reason,
    Release,
    Rendition,
)
from .domain.directory import Directory, Group, Person, Service
from .domain.events import Event
from .domain.incident import Incident, Owner
from .domain.message import (
    Attempt,
    Finished,
    Message,
    MessageState,
    Outbound,
    Receipt,
    Recipient,
)
from .domain.passage import Passage
from .domain.promise import Promise
from .domain.request import Request
from .erasure_ports import ErasureWork
from .history_ports import HistoryWork
from .model_ports import CallWork
from .oncall_ports import OnCallWork
from .portal_ports import PortalWork
from .problems_ports import ProblemWork
from .prose_ports import ProseWork
from .reach_ports import ReachWork
from .reader_ports import ReaderWork
from .recurrence_ports import RecurrenceWork
from .register_ports import RegisterWork
from .report_ports import ReportWork
from .rules_ports import RuleWork
from .summary_ports import SummaryWork
from .surge_ports import SurgeWork
from .texts_ports import TextsWork
from .wish_ports import WishWork


class Clock(Protocol):
    def now(self) -> datetime:
        """The current instant, aware, in UTC."""


class Ids(Protocol):
    def new(self, prefix: str) -> str:
        """A new id such as `evt_…`; ids made later sort later."""


class Signer(Protocol):
    def sign(self, purpose: str, payload: dict[str, str], expires_at: datetime) -> str:
        """A URL-safe token that only this installation can make."""

    def open(self, purpose: str, token: str, now: datetime) -> dict[str, str]:
        """The payload. Raises BadSignature for a token that is foreign, altered or expired."""

    def until(self, purpose: str, token: str) -> datetime:
        """When a token of ours expires. Raises BadSignature."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where events come from, and who owns the tickets that it speaks of."""

    name: str
    owner: Owner = "heliograph"
    thread_token: str = ""
    """What the desk wants in a subject to file replies, with `{number}`; empty for none."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An event that is already recorded: what it said, and where it went."""

    source_id: str
    content_hash: str
    event_id: str
    incident_id: str
    number: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An event about to be appended, with the hash of what its source said."""

    event: Event
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Something a person must look at. The same `key` is raised once until it is cleared."""

    key: str
    code: str
    values: dict[str, str]
    raised_at: datetime
    incident: str | None = None


PackKind = Literal["rules", "templates"]


class Transaction(
    ArticleWork,
    QuestionWork,
    CallWork,
    SummaryWork,
    ProseWork,
    AlertWork,
    DecisionWork,
    ReportWork,
    TextsWork,
    ClockWork,
    ClosingWork,
    RegisterWork,
    CorrectionWork,
    ErasureWork,
    RuleWork,
    ReachWork,
    PortalWork,
    OnCallWork,
    WishWork,
    ReaderWork,
    RecurrenceWork,
    CauseWork,
    HistoryWork,
    ProblemWork,
    SurgeWork,
    Protocol,
):
    """One unit of work: everything in it is committed together, or nothing is (law 1)."""

    # events and incidents
    def seen(self, source: str, source_ids: Sequence[str]) -> dict[str, Seen]:
        """Those of the ids that are recorded already, by source_id."""

    def incidents_by_number(self, source: str, numbers: Sequence[str]) -> dict[str, Incident]: ...

    def incident(self, incident_id: str) -> Incident | None: ...

    def incidents(self, ids: Sequence[str]) -> dict[str, Incident]: ...

    def next_number(self) -> int:
        """The next of our own ticket numbers; 1 in an empty store; never given twice."""

    def append(self, recorded: Sequence[Recorded]) -> None:
        """Append events. Raises StaleVersion when (incident, version) is taken, and leaves the
        transaction unusable."""

    def save_incidents(self, incidents: Iterable[Incident]) -> None:
        """Insert or replace the stored folds."""

    def stream(self, incident_id: str) -> list[Event]:
        """All events of one incident, in recorded order."""

    # directory
    def source(self, name: str) -> Source | None: ...

    def sources(self) -> list[Source]: ...

    def save_sources(self, sources: Iterable[Source]) -> None: ...

    def people(self, ids: Sequence[str], *, source: str | None = None) -> dict[str, Person]:
        """Those of the directory; with a source also those whom only its events named."""

    def save_named(self, source: str, people: Sequence[Person]) -> None:
        """People as a source's events told of them."""

    def groups(self, ids: Sequence[str] | None) -> dict[str, Group]:
        """Those of the ids, or all of them."""

    def services(self, ids: Sequence[str]) -> dict[str, Service]: ...

    def save_directory(self, directory: Directory) -> None:
        """Insert or replace each entry of the document; others stay."""

    # communications
    def add_communications(self, communications: Sequence[Communication]) -> None: ...

    def planned(self, incident_id: str) -> list[Communication]:
        """Communications of the incident that are PLANNED, oldest first (leased ones excluded)."""

    def claim_communications(
        self, now: datetime, lease: timedelta, limit: int
    ) -> list[Communication]:
        """Up to `limit` PLANNED rows with due_at ≤ now and no live lease, each lane its part, of those
        whose lease ran out one; leases them until now + lease and counts a try."""

    def communication(self, communication_id: str) -> Communication | None: ...

    def settle_communication(
        self,
        was: Communication,
        state: CommunicationState,
        *,
        at: datetime,
        outcome: Reason | None = None,
        merged_into: str | None = None,
        told: dict[str, str] | None = None,
        due_at: datetime | None = None,
    ) -> bool:
        """Move a row to its next state and end its lease; `due_at` reschedules a PLANNED one.

        False, and nothing is changed, when it is no longer as `was` says: somebody else moved it, or
        claimed it again after this lease had run out."""

    def last_told(self, incident_id: str, audience: str) -> tuple[dict[str, str], datetime | None]:
        """What the newest RELEASED communication told this audience (attribute → value), and when; a correction aside.
        ({}, None) if there is none."""

    def withheld_events(self, incident_id: str, audience: str, *, waiting: bool) -> set[str]:
        """Those whose communication to this audience is HELD, or was put aside by a person; with
        `waiting` those of PLANNED ones too."""

    def told_recipients(self, incident_id: str, audience: str) -> list[Recipient]:
        """Whoever of this audience was sent something about the incident, each once."""

    def kinds_told(self, incident_id: str, audience: str) -> list[tuple[str, datetime]]:
        """(kind, released at) of what this audience was told, oldest first."""

    # drafts, releases, messages
    def save_drafts(self, drafts: Sequence[Draft]) -> None: ...

    def save_releases(self, releases: Sequence[Release]) -> None: ...

    def rendition(self, rendition_id: str) -> Rendition | None: ...

    def renditions(self, ids: Sequence[str]) -> dict[str, Rendition]: ...

    def renditions_of(self, communication_id: str) -> list[Rendition]: ...

    def add_messages(self, messages: Sequence[Message]) -> list[Message]:
        """Insert those whose id is new, and return them: a repeat is no second message."""

    def claim_messages(
        self, channel: str, now: datetime, lease: timedelta, limit: int
    ) -> list[tuple[Message, Attempt]]:
        """Up to `limit` QUEUED rows due on the channel, each lane its part, moved to SENDING with
        an attempt recorded as STARTED: after the commit they may be handed over."""

    def abandoned_messages(
        self, channel: str, now: datetime, limit: int
    ) -> list[tuple[Message, Attempt]]:
        """SENDING rows of the channel whose lease has run out, with the attempt that never ended."""

    def finish_attempts(self, finished: Sequence[Finished]) -> None: ...

    def move_message(self, was: Message, to: MessageState, due_at: datetime) -> bool:
        """A message at an end is queued once more, or put aside. False, and nothing is changed, when
        it is no longer as `was` says."""

    def move_messages(
        self, communication_id: str, old: MessageState, new: MessageState, due_at: datetime
    ) -> None:
        """Move all messages of the communication that are in the old state."""

    def message(self, message_id: str) -> Message | None: ...

    # promises, requests, alarms
    def add_promises(self, promises: Sequence[Promise]) -> None: ...

    def open_promises(self, *incidents: str) -> list[Promise]: ...

    def broken_promises(self, incident_id: str) -> list[Promise]:
        """Those that may still be kept late."""

    def promise(self, promise_id: str) -> Promise | None: ...

    def due_promises(self, now: datetime, limit: int) -> list[Promise]: ...

    def save_promises(self, promises: Sequence[Promise]) -> None: ...

    def await_confirmation(self, incident_id: str, due_at: datetime) -> None:
        """The incident's alerts may become a major incident at `due_at`; one wait at a time."""

    def confirmation_due(self, incident_id: str) -> datetime | None:
        """Until when it waits; None where nothing does."""

    def due_confirmations(self, now: datetime, limit: int) -> list[str]:
        """Incidents whose wait has ended."""

    def end_confirmation(self, incident_id: str) -> None:
        """It was decided, or the alerts stopped."""

    def add_request(self, request: Request) -> None: ...

    def open_requests(self, incident_id: str | None = None) -> list[Request]: ...

    def save_request(self, request: Request) -> None: ...

    def raise_alarm(self, alarm: Alarm) -> None:
        """Raised once per key until cleared."""

    def clear_alarm(self, key: str, at: datetime) -> None: ...

    # what was activated, and access
    def latest_pack(self, kind: PackKind) -> dict[str, str] | None:
        """The files (name → text) activated last, or None."""

    def save_pack(
        self, kind: PackKind, version: str, files: dict[str, str], at: datetime
    ) -> None: ...

    def end_leases(self, now: datetime) -> None:
        """Every lease runs out now. Only for a process that is alone: whoever held them has died."""

    def next_due(self, queue: str) -> datetime | None:
        """When the earliest row of a queue wants work (leases counted), or None. A queue is named as its
        worker is; those of messages are `messages:CHANNEL`."""


class Store(Protocol):
    """The truth. `write` serialises writers where the database has only one."""

    def read(self) -> AbstractContextManager[Transaction]: ...

    trouble: str | None
    """Why the last write failed; None once one went well."""

    writes: int
    """How many units of work this process has committed."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Raises Unavailable. Commit at the end of the block, roll back when it raises. No network call inside."""

    def close(self) -> None: ...


class Channel(Protocol):
    """One way to a recipient. Raises Retryable, Rejected or Ambiguous; never anything else."""

    name: str
    form: Form
    room_form: Form
    """How a person, and how a room, is told."""
    idempotent: bool
    """True when the far side drops a repeat of the same key: after "maybe sent" it is sent again.
    Otherwise a person decides."""
    limits: dict[str, int]
    """Greatest length in characters of `subject`, `text`."""

    def send(self, message: Outbound) -> Receipt:
        """Hand one message over, within the channel's time-out. Safe to call from many threads."""

    def close(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Search:
    """What the list of incidents is narrowed to. `q` matches number, title, requester's name and
    service, in any case; `after` is the cursor that the page before gave."""

    q: str = ""
    states: tuple[str, ...] = ()
    group: str | None = None
    service: str | None = None
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Newest change first. `after` is None on the last page; `counts` are by state, for all of `q`."""

    incidents: tuple[Incident, ...]
    counts: dict[str, int]
    after: str | None


class Queries(Protocol):
    """What people look at: read-only, each call one short transaction of its own."""

    def incidents(self, search: Search) -> Page: ...

    def incident(self, id_or_number: str) -> Incident | None:
        """By id, or by number (the newest, when two sources use the same one)."""

    def majors_numbered(self, number: str) -> list[Incident]:
        """Those of this number that were ever declared major, of whatever source; newest first."""

    def stream(self, incident_id: str) -> list[Event]: ...

    def communications(self, incident_id: str) -> list[Communication]:
        """Newest first."""

    def told(self, incident_id: str, audience: str) -> dict[str, str]:
        """What this audience was told so far: comparable values by attribute."""

    def communication(self, communication_id: str) -> Communication | None: ...

    def drafts(self, communication_id: str) -> list[Draft]: ...

    def releases(self, communication_id: str) -> list[Release]: ...

    def messages(
        self,
        *,
        incident_id: str | None = None,
        recipient: str | None = None,
        communication_id: str | None = None,
        states: tuple[str, ...] = (),
        limit: int = 200,
    ) -> list[Message]:
        """Newest first."""

    def message(self, message_id: str) -> Message | None: ...

    def rendition(self, rendition_id: str) -> Rendition | None: ...

    def passage(self, communication_id: str) -> Passage | None:
        """What came of asking a chat model for its words; None where none was asked for."""

    def attempts(self, message_ids: Sequence[str]) -> dict[str, list[Attempt]]: ...

    def held(self, limit: int = 100) -> list[Communication]:
        """HELD and PARKED ones, oldest first: they wait for a person."""

    def alarms(self, limit: int = 100) -> list[Alarm]:
        """Those not cleared, newest first."""

    def promises(self, incident_id: str) -> list[Promise]: ...

    def promises_in(self, state: str, *, newest_first: bool, limit: int = 100) -> list[Promise]:
        """Of all incidents, in one state, by the time at which they are looked at next."""

    def majors(self, standing: str, limit: int = 50) -> list[Incident]:
        """Major incidents that are `open`, `restored` or `withdrawn`, latest change first."""

    def requests(
        self, *, incident_id: str | None = None, open_only: bool = True
    ) -> list[Request]: ...

    def person(self, person_id: str) -> Person | None: ...

    def people(self, ids: Sequence[str], *, source: str | None = None) -> dict[str, Person]:
        """Those of the directory; with a source also those whom only its events named."""

    def groups(self, ids: Sequence[str] | None = None) -> dict[str, Group]:
        """Those of the ids, or all of them."""

    def services(self, ids: Sequence[str] | None = None) -> dict[str, Service]: ...

    def directory(self) -> Directory:
        """All of it: for an administrator, not for a page that many look at."""

    def queued_elsewhere(self, channels: Sequence[str]) -> dict[str, int]:
        """How many messages wait for a channel that is none of these, by channel."""

    def waiting_count(self) -> int:
        """Communications, messages and alarms that wait for a person."""

    def queue_depths(self) -> dict[str, int]:
        """Rows by queue and state that are not at an end, for `/readyz` and the console."""
