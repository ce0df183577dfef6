"""Who may read the portal, where one has to sign in for it? People of the directory, by a link to their own mail.

Whoever asks hears the same whether or not anybody has the address, and waits as long: each question is a row,
and the mail of those that come to one leaves later. How often may be asked is bounded by address and by client.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from ...domain.directory import Language, MailAddress
from ...domain.errors import BadSignature
from ...domain.portal_reader import KEY_LASTS, LINK_LASTS, ReaderLink
from ...ports import Clock, Ids, Signer, Store, Transaction
from ..links import READER, READER_KEY
from .clients import told_apart

ASKING = timedelta(hours=1)
MOST_OF_ADDRESS, MOST_OF_CLIENT, MOST_AT_ALL = 3, 20, 5000
"""What one address gets, and one client and everybody together may ask for, in an hour."""
log = structlog.get_logger(__name__)


class LettingIn:
    """The door for readers."""

    def __init__(
        self, *, store: Store, clock: Clock, ids: Ids, signer: Signer, wake: Callable[[], None]
    ) -> None:
        """`wake` is for the mail with the link."""
        self._store, self._clock, self._ids = store, clock, ids
        self._signer, self._wake = signer, wake

    def ask(self, address: MailAddress, language: Language, to: str, *, client: str) -> bool:
        """Make the mail due, where somebody has the address and it got not enough of them. False when this
        client, or everybody together, asked too often; nothing else is told."""
        now = self._clock.now()
        who = told_apart(self._signer, client, now)
        with self._store.write() as tx:
            tx.forget_reader_links(now - ASKING)
            mine = tx.reader_links_since(now - ASKING, client=who)
            if mine >= MOST_OF_CLIENT or tx.reader_links_since(now - ASKING) >= MOST_AT_ALL:
                return False
            mailed = tx.reader_links_since(now - ASKING, address=address, mailed=True)
            people = tx.people_with(address)
            tx.add_reader_link(
                ReaderLink(
                    id=self._ids.new("rdl"),
                    address=address,
                    # A mailbox that several share lets in the first of them: they read the same.
                    person=people[0] if people else None,
                    language=language,
                    to=to,
                    client=who,
                    # Kept all the same: the answer must not tell who is known. What brought no mail is not held
                    # against the address: or whoever asks on and on would keep her out for good.
                    state="due" if people and mailed < MOST_OF_ADDRESS else "failed",
                    asked_at=now,
                    due_at=now,
                )
            )
        self._wake()
        return True

    def asked(self, token: str) -> ReaderLink | None:
        """What a mailed link is about, while it counts. Nothing is changed."""
        with self._store.read() as tx:
            return self._usable(tx, token)

    def take(self, token: str) -> ReaderLink | None:
        """Use the link up. Of two at once one finds nothing left."""
        with self._store.write() as tx:
            link = self._usable(tx, token)
            if link is None or not tx.settle_reader_link(link, "used", self._clock.now()):
                return None
        log.info("somebody signed in to the portal", person=link.person)
        return link

    def key(self, person: str) -> str:
        """With which feed readers of this person are let in, until they sign out everywhere."""
        until = self._clock.now() + KEY_LASTS
        return self._signer.sign(READER_KEY, {"person": person}, until)

    def by_key(self, key: str) -> str | None:
        """Whose it is, while it counts."""
        try:
            person = self._signer.open(READER_KEY, key, self._clock.now())["person"]
            made_at = self._signer.until(READER_KEY, key) - KEY_LASTS
        except (BadSignature, KeyError):
            return None
        return person if self.counts(person, made_at) else None

    def counts(self, person: str, since: datetime) -> bool:
        """Whether what was given out then still lets this person in: not after they left, nor once they
        signed out everywhere."""
        with self._store.read() as tx:
            return self._counts(tx, person, since)

    def sign_out_everywhere(self, person: str) -> None:
        """Sessions, keys for feed readers and links that were given out until now count no more."""
        with self._store.write() as tx:
            tx.sign_out_reader(person, self._clock.now())
        log.info("a reader of the portal signed out everywhere", person=person)

    def _counts(self, tx: Transaction, person: str, since: datetime) -> bool:
        found, ended = tx.people([person]).get(person), tx.reader_signed_out(person)
        return found is not None and found.active and (ended is None or since > ended)

    def _usable(self, tx: Transaction, token: str) -> ReaderLink | None:
        try:
            link_id = self._signer.open(READER, token, self._clock.now())["link"]
        except (BadSignature, KeyError):
            return None
        link = tx.reader_link(link_id)
        if link is None or link.person is None or link.state not in ("due", "sent"):
            return None
        return link if self._counts(tx, link.person, link.asked_at) else None


def ends(link: ReaderLink) -> datetime:
    return link.asked_at + LINK_LASTS
