"""A person says when they want to be reached and of what they want to hear no more; an administrator says it for a
group. All of it has an end, is shown, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.directory import Person
from ..domain.errors import BadSignature, Malformed, UnknownThing
from ..domain.times import to_text
from ..domain.wishes import LONGEST_MUTE, Muting, Wishes
from ..ports import Clock, Queries, Signer, Store, Transaction
from .links import OWN


@dataclass(frozen=True, kw_only=True)
class Own:
    """A person with what counts for them now: their own word, or the directory's (`said` is False)."""

    person: Person
    wishes: Wishes
    said: bool
    mutings: tuple[Muting, ...]


class OwnWishes:
    def __init__(
        self, *, store: Store, queries: Queries, clock: Clock, signer: Signer, zone: str
    ) -> None:
        self._store, self._queries, self._clock = store, queries, clock
        self._signer, self._zone = signer, zone

    def opened(self, token: str) -> str | None:
        """Whose link it is; None for one that is not ours or not any more, and of somebody who was erased:
        the directory does not know them, and nothing was sent to that name."""
        try:
            person = self._signer.open(OWN, token, self._clock.now())["person"]
        except BadSignature:
            return None
        known = self._queries.people([person])
        return (
            person
            if known or self._queries.messages(recipient=f"person:{person}", limit=1)
            else None
        )

    def of(self, person_id: str) -> Own:
        """Also of somebody whom only a source's events named: as that one knows them, and by their id alone where
        several do, for these may be several people."""
        now = self._clock.now()
        with self._store.read() as tx:
            known = tx.people([person_id]).get(person_id)
            named_by = [] if known else [*tx.people_named(person_id).values()]
            person = known or Person(id=person_id, name=person_id, zone=self._zone)
            if len(named_by) == 1:
                [person] = named_by
            said = tx.wishes([person_id]).get(person_id)
            lasting = tx.mutings([person_id], now)
            named = sorted({one.reader for one in lasting if one.whose == "group"})
            groups = tx.groups(named)
        mine = tuple(
            one
            for one in lasting
            if one.whose == "person"
            or (one.reader in groups and person_id in groups[one.reader].members)
        )
        usual = Wishes(
            person=person_id,
            quiet=person.quiet,
            digest_at=person.digest_at,
            zone=person.zone,
            changed_at=now,
        )
        return Own(person=person, wishes=said or usual, said=said is not None, mutings=mine)

    def say(self, wishes: Wishes) -> None:
        with self._store.write() as tx:
            tx.save_wishes(wishes)

    def all_mutings(self) -> list[Muting]:
        with self._store.read() as tx:
            return tx.mutings(None, self._clock.now())

    def mute(self, muting: Muting) -> None:
        """Raises Malformed for what has no end within ninety days, or names what is not there."""
        now = self._clock.now()
        if muting.until <= now:
            said = (
                f"a mute ends at a time that is still to come; {to_text(muting.until)} has passed"
            )
            raise Malformed(said, field="until")
        if muting.until - now > LONGEST_MUTE:
            raise Malformed(
                f"nothing is muted for more than {LONGEST_MUTE.days} days; name an earlier end",
                field="until",
            )
        with self._store.write() as tx:
            _must_be_there(tx, muting)
            tx.save_muting(muting)

    def end(self, reader: str, about: str) -> None:
        """By the two keys of a muting. Raises UnknownThing where there is none."""
        if "\0" in about:
            # No key holds one, and PostgreSQL refuses to look for it.
            raise UnknownThing("nothing is muted there")
        with self._store.write() as tx:
            if not tx.end_muting(reader, about):
                raise UnknownThing("nothing is muted there")


def _must_be_there(tx: Transaction, muting: Muting) -> None:
    """But for persons: of one whom only a source's events named, the directory knows nothing."""
    named = [muting.about]
    if not (tx.services(named) if muting.of == "service" else tx.incidents(named)):
        raise Malformed(f"no {muting.of} {muting.about[:100]}", field="about")
    if muting.whose == "group" and not tx.groups([muting.reader]):
        raise Malformed(f"no group {muting.reader[:100]}", field="reader")
