"""Somebody's data has to go: from where, and what stays in its place?

Events stay, without what was personal in them (`split_personal`), and tickets are folded anew. What was sent
stays sent; its words are not kept any longer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from functools import reduce
from hashlib import sha256

import structlog

from ..domain.directory import Directory, Group, Person
from ..domain.errors import Malformed, UnknownThing
from ..domain.events import Event
from ..domain.folding import fold
from ..domain.incident import Incident, Owner
from ..domain.payload import ERASED, NO_MAIL
from ..drafting.marks import clean
from ..ports import Store, Transaction
from ..recurrence.kept import read
from .history.taking import sign_anew
from .recurrence.opening import forget_title
from .summaries.conversations import Conversations
from .summaries.taken_away import Taken, forget_words_of

SHORTEST = 2
"""Characters of a Chinese name; a Latin one needs two words, or it may be a word of anything."""
_READ_ONCE = (read, clean)
"""What they made of whole texts stays in memory, with the texts."""

log = structlog.get_logger(__name__)


class Erasure:
    """`forget` lets go of texts that are held in memory."""

    def __init__(
        self, store: Store, conversations: Conversations, forget: Callable[[], None]
    ) -> None:
        self._store, self._conversations, self._forget = store, conversations, forget

    def whom(self, person_id: str) -> Person:
        """Whose id it is: of the directory, or of the one source that names somebody so. Raises UnknownThing, and
        Malformed where several sources do: they may mean several people, whose words cannot be told apart."""
        with self._store.read() as tx:
            known, named = tx.people([person_id]).get(person_id), tx.people_named(person_id)
            mentioned = bool(tx.tickets_naming([_quoted(person_id)]))
        if known is not None:
            return known
        if len(named) > 1:
            detail = (
                f"{', '.join(named)} each name a {person_id[:100]}; "
                "put this id into the directory first if they are one person"
            )
            raise Malformed(detail, field="person")
        if not named and not mentioned:
            raise UnknownThing(f"no person {person_id[:100]}")
        return next(iter(named.values()), Person(id=person_id, name=person_id))

    def person(self, person: Person, *, by: str) -> int:
        """Everywhere: tickets that she reported lose what was personal in them, others what names her.
        Whoever repeats it after a fault ends what was begun. How many tickets it was."""
        with self._store.read() as tx:
            called = [person, *tx.people_named(person.id).values()]
            names = [name for one in called for name in names_of(one)]
            addresses = [a.value for one in called for a in one.addresses]
            words = [
                *dict.fromkeys([*names, *addresses, *([person.phone] if person.phone else [])])
            ]
            naming = tx.tickets_naming([*words, _quoted(person.id)])
            talked = tx.tickets_with_conversations()
        self._take_conversations(talked, person, words, by)
        for incident_id in naming:
            with self._store.write() as tx:
                self._ticket(tx, incident_id, person, words)
        instead = dict.fromkeys(words, ERASED) | dict.fromkeys(addresses, NO_MAIL)
        with self._store.write() as tx:
            # Before anything is looked for: a file of the past that is being read may name her.
            tx.hold_imports()
            past = tx.past_naming(words)
            tx.forget_person(person.id)
            tx.save_directory(Directory(groups=left_by(person.id, tx.groups(None).values())))
            tx.forget_addresses(addresses)
            tx.count_published()
            tx.rename_everywhere(
                dict(sorted(instead.items(), key=lambda one: -len(one[0]))),
                {person.id: pseudonym(person.id)},
            )
            # These are the words that go, and would be renamed with all others.
            tx.erase_from_imports(instead)
            sign_anew(tx, past)
        self._forget()
        for read_once in _READ_ONCE:
            read_once.cache_clear()
        log.info("erased a person", tickets=len(naming), by=by)
        return len(naming)

    def _ticket(
        self, tx: Transaction, incident_id: str, person: Person, words: Collection[str]
    ) -> None:
        incident = tx.incident(incident_id)
        if incident is None:
            # A change, which is no ticket; its row is renamed with all others.
            tx.erase_events(incident_id, [*words, _quoted(person.id)])
            return
        hers = incident.requester is not None and incident.requester.value.id == person.id
        before = tx.stream(incident_id)
        tx.erase_events(incident_id, None if hers else [*words, _quoted(person.id)])
        stream = tx.stream(incident_id)
        erased = {was.id for was, now in zip(before, stream, strict=True) if was != now}
        # Before texts go: what is kept until then goes with them, and nothing is kept after it.
        forget_words_of(tx, incident_id, Taken(names=erased.__contains__))
        if hers:
            tx.erase_texts(incident_id)
        tx.save_incidents([folded(stream, incident.owner)])
        tx.forget_signature(incident_id, stream[-1].recorded_at)
        if hers:
            forget_title(tx, incident, stream[-1].recorded_at)

    def _take_conversations(
        self, incident_ids: Iterable[str], person: Person, words: Collection[str], by: str
    ) -> None:
        """Each in which she speaks or is named, whole: its files hold it as it was."""
        for incident_id in incident_ids:
            with self._store.read() as tx:
                incident = tx.incident(incident_id)
            for kept in self._conversations.of(incident_id) if incident else ():
                lines = self._conversations.lines(kept.id)
                said = (f"{line.speaker}\n{line.text}" for line in lines)
                hers = any(line.person == person.id for line in lines)
                if incident and (hers or any(word in one for one in said for word in words)):
                    self._conversations.remove(incident, kept.id, by=by)


def folded(stream: Iterable[Event], owner: Owner) -> Incident:
    """A ticket from its events, as they are now."""
    first, *later = stream
    return reduce(
        lambda one, event: fold(one, event, owner=owner), later, fold(None, first, owner=owner)
    )


def left_by(person_id: str, groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups of which they were, without them."""
    return tuple(
        group.model_copy(
            update={
                "members": tuple(one for one in group.members if one != person_id),
                "managers": tuple(one for one in group.managers if one != person_id),
            }
        )
        for group in groups
        if person_id in (*group.members, *group.managers)
    )


def names_of(person: Person) -> list[str]:
    """Whole names that are looked for. A single Latin word is none."""
    found = {person.name, *((person.names.zh, person.names.en) if person.names else ())}
    return sorted(
        name for name in found if " " in name or (not name.isascii() and len(name) >= SHORTEST)
    )


def _quoted(person_id: str) -> str:
    """As events hold it: an id may be any word, and is one only where it stands alone."""
    return json.dumps(person_id, ensure_ascii=False)


def pseudonym(person_id: str) -> str:
    """The same for one id wherever it stands, so that rows that belong together still do."""
    return f"erased-{sha256(person_id.encode()).hexdigest()[:12]}"
