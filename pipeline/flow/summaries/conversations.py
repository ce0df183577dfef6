"""Somebody adds a log to a ticket: read, kept with its files, and told on the timeline.

The lines are kept as they were read. A summary names them by their number for ever, and who is called what,
and which day it was, is known at the time of adding. The files stay beside them, packed as one zip, so that
the log can be looked at, or read anew by somebody who adds it again.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime

import structlog
from pydantic import TypeAdapter

from ...domain.cloudevents import Incoming
from ...domain.conversation import KeptConversation
from ...domain.conversation_events import ConversationAdded, ConversationRemoved
from ...domain.directory import Person
from ...domain.errors import ContentDiffers, TooLarge, UnknownThing
from ...domain.events import content_hash, split_personal
from ...domain.incident import Incident
from ...domain.own_names import OWN
from ...domain.payload import Payload, PersonRef
from ...domain.times import to_text
from ...drafting.conversation import Conversation, Line, LogFile, read
from ...ports import Clock, Ids, Queries, Store, Transaction
from ..accepted import Accepted
from ..intake import Intake
from ..library import Library
from .brought import Brought, refuse_empty, refuse_unfit
from .taken_away import forget_words_of, of_conversation

MOST_OF_A_TICKET = 100
MARK = f"{OWN}conversation:"
_LINES = TypeAdapter(tuple[Line, ...])
_EPOCH = (1980, 1, 1, 0, 0, 0)
log = structlog.get_logger(__name__)


class Conversations:
    """Logs of tickets."""

    def __init__(
        self,
        *,
        store: Store,
        queries: Queries,
        clock: Clock,
        ids: Ids,
        intake: Intake,
        library: Library,
    ) -> None:
        self._store, self._queries, self._clock, self._ids = store, queries, clock, ids
        self._intake, self._library = intake, library

    def add(
        self, incident: Incident, brought: Brought, *, by: str
    ) -> tuple[KeptConversation, bool]:
        """The conversation, and whether it is new: the same log twice is one.

        Raises TooLarge, and Malformed for what holds no line.
        """
        refuse_unfit(brought)
        before = next((c for c in self.of(incident.id) if c.digest == brought.digest), None)
        if before is not None:
            self._tell(incident, before)
            return before, False
        if len(self.of(incident.id)) >= MOST_OF_A_TICKET:
            raise TooLarge(
                f"ticket {incident.number} has {MOST_OF_A_TICKET} conversations: take one away first",
                field="files",
            )
        found = read(
            brought.files,
            now=self._clock.now(),
            zone=brought.zone,
            people=self._people(incident),
            given=brought.given,
        )
        refuse_empty(found, self._library.reason)
        kept = self._kept(incident, brought, found, by)
        with self._store.write() as tx:
            is_new = tx.add_conversation(kept, packed(brought.files), _dumped(found.lines))
        if not is_new:
            return self.add(incident, brought, by=by)
        self._tell(incident, kept)
        return kept, True

    def of(self, incident_id: str) -> list[KeptConversation]:
        """In the order in which they were added."""
        with self._store.read() as tx:
            return tx.conversations(incident_id)

    def one(self, incident_id: str, conversation_id: str) -> KeptConversation:
        """Raises UnknownThing for another ticket's, too."""
        with self._store.read() as tx:
            found = tx.conversation(conversation_id)
        if found is None or found.incident != incident_id:
            raise UnknownThing(f"no conversation {conversation_id[:100]} on this ticket")
        return found

    def lines(self, conversation_id: str) -> tuple[Line, ...]:
        with self._store.read() as tx:
            stored = tx.conversation_lines(conversation_id)
        return lines_in(stored)

    def files(self, conversation_id: str) -> bytes:
        """A zip of them."""
        with self._store.read() as tx:
            return tx.conversation_files(conversation_id) or packed(())

    def remove(self, incident: Incident, conversation_id: str, *, by: str) -> None:
        """Its words are gone from here, from what summaries quote and from what models were asked, and from what
        people wrote into summaries where they repeat them; what was sent stays sent. A repeat changes nothing. Raises UnknownThing for one that was never on this ticket."""
        if not self._may_go(incident, conversation_id):
            return
        said = ConversationRemoved(conversation=conversation_id, by=PersonRef(id=by))
        told = _event(incident, said, _gone(conversation_id), self._clock.now())

        # One transaction (law 1): neither are the words gone untold, nor told gone while they are there.
        def forget(tx: Transaction, _: Sequence[Accepted]) -> None:
            said = [line.text for line in lines_in(tx.conversation_lines(conversation_id))]
            tx.delete_conversation(conversation_id)
            forget_words_of(tx, incident.id, of_conversation(conversation_id, said))

        try:
            self._intake.accept([told], beside=forget)
        except ContentDiffers:
            if self._may_go(incident, conversation_id):
                raise

    def _may_go(self, incident: Incident, conversation_id: str) -> bool:
        """False when it went already; what a row that is gone left untold is told by the next who asks."""
        added, gone = f"{MARK}{conversation_id}", f"{MARK}{_gone(conversation_id)}"
        with self._store.read() as tx:
            found = tx.conversation(conversation_id)
            seen = tx.seen(incident.source, [added, gone])
        if found is not None and found.incident == incident.id:
            return True
        if added not in seen or seen[added].incident_id != incident.id:
            raise UnknownThing(f"no conversation {conversation_id[:100]} on this ticket")
        return gone not in seen

    def _people(self, incident: Incident) -> list[Person | PersonRef]:
        """Those of the record first: the source's word on them beside the directory's."""
        named = [p.value for p in (incident.requester, incident.assignee) if p is not None]
        known = self._queries.people([p.id for p in named], source=incident.source)
        others = [p for p in self._queries.directory().people if p.id not in known]
        return [*named, *known.values(), *others]

    def _kept(
        self, incident: Incident, brought: Brought, found: Conversation, by: str
    ) -> KeptConversation:
        times = [line.at for line in found.lines if line.at is not None]
        return KeptConversation(
            id=self._ids.new("cnv"),
            incident=incident.id,
            digest=brought.digest,
            name=brought.name,
            format=found.format,
            zone=brought.zone.key,
            shared=brought.shared,
            lines=len(found.lines),
            dropped=found.dropped,
            speakers=len(
                {one.speaker for one in found.lines if one.speaker and not one.attribution}
            ),
            octets=sum(len(file.content) for file in brought.files),
            problems=tuple(problem.reason for problem in found.problems),
            first_at=min(times, default=None),
            last_at=max(times, default=None),
            added_at=self._clock.now(),
            added_by=by,
        )

    def _tell(self, incident: Incident, kept: KeptConversation) -> None:
        """Told again it is the same event: a process that died in between is made good by a repeat."""
        said = ConversationAdded(
            conversation=kept.id,
            name=kept.name or None,
            format=kept.format,
            lines=kept.lines,
            by=PersonRef(id=kept.added_by),
        )
        self._intake.accept([_event(incident, said, kept.id, kept.added_at)])


def _gone(conversation_id: str) -> str:
    return f"{conversation_id}:removed"


def packed(files: Sequence[LogFile]) -> bytes:
    """A zip of the files, the same octets for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, file in enumerate(files, 1):
            name = file.name if len(files) == 1 else f"{n:02d}-{file.name}"
            archive.writestr(
                zipfile.ZipInfo(name or "log", _EPOCH), file.content, zipfile.ZIP_DEFLATED
            )
    return made.getvalue()


def lines_in(stored: bytes | None) -> tuple[Line, ...]:
    """None of a conversation that is gone."""
    return () if stored is None else _LINES.validate_json(zlib.decompress(stored))


def _dumped(lines: Sequence[Line]) -> bytes:
    return zlib.compress(_LINES.dump_json(tuple(lines)))


def _event(incident: Incident, data: Payload, mark: str, at: datetime) -> Incoming:
    kept, personal = split_personal(data)
    return Incoming(
        source=incident.source,
        source_id=f"{MARK}{mark}",
        type=data.type,
        number=incident.number,
        occurred_at=at,
        data=data,
        content_hash=content_hash(data.type, incident.number, to_text(at), {**kept, **personal}),
    )
