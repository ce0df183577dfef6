"""Somebody asks to be told what the public page is told: who may begin that, and end it?

An address is subscribed once its owner said yes behind the link that was mailed to it. Whoever asks hears
the same whether or not an address is known; how often may be asked is bounded by address and by client.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import structlog

from ...domain.directory import Address, Language
from ...domain.errors import BadSignature, Malformed, NotAllowed, UnknownThing
from ...domain.subscription import Choice, OptIn, Subscription, SubscriptionState
from ...ports import Clock, Ids, Signer, Store, Transaction
from ..links import OPT_IN, SUBSCRIPTION
from .clients import told_apart

ASKING, CONFIRMING = timedelta(hours=1), timedelta(days=2)
A_DAY = timedelta(days=1)
MOST_OF_CLIENT, MOST_OF_ADDRESS, MOST_AT_ALL = 10, 3, 1000
"""What one client, and everybody together, may ask for in an hour, and mails to one address in a day."""
BY_PERSON = "by_person"
NOT_ALLOWED_HOST = "webhooks may not go to this host; whoever runs Heliograph allows hosts in HELIOGRAPH_WEBHOOK_HOSTS"
_PORTS = {"https": 443, "http": 80}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the settings say about it: whether anybody may ask, whether webhooks are told too, and which hosts
    they may go to."""

    open: bool
    zone: str
    hosts: Collection[str]
    webhooks: bool = True


class Subscribing:
    """The door for those who want to be told."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        signer: Signer,
        terms: Terms,
        wake: Callable[[], None],
    ) -> None:
        """`wake` is for the mail that asks back."""
        self._store, self._clock, self._ids = store, clock, ids
        self._signer, self._terms, self._wake = signer, terms, wake

    def ask(
        self, address: Address, language: Language, services: Collection[str], *, client: str
    ) -> bool:
        """Make the mail that asks back due, unless this address got enough of them. False when this client,
        or everybody together, asked too often; nothing else is told."""
        now = self._clock.now()
        who = told_apart(self._signer, client, now)
        if not self._terms.open:
            return False
        choice = self._choice(address, language, services)
        with self._store.write() as tx:
            tx.forget_opt_ins(now - max(CONFIRMING, A_DAY))
            mine = tx.opt_ins_since(now - ASKING, client=who)
            if mine >= MOST_OF_CLIENT or tx.opt_ins_since(now - ASKING) >= MOST_AT_ALL:
                return False
            known = self._known(tx, choice)
            enough = tx.opt_ins_since(now - A_DAY, address=address.value) >= MOST_OF_ADDRESS
            tx.add_opt_in(
                OptIn(
                    id=self._ids.new("opt"),
                    choice=known,
                    client=who,
                    # Counted all the same, so that asking on and on does not end in a mail.
                    state="failed" if enough else "due",
                    asked_at=now,
                    due_at=now,
                )
            )
        self._wake()
        return True

    def asked(self, token: str) -> OptIn | None:
        """What a mailed link is about, while it counts. Nothing is changed."""
        found = self._opened(OPT_IN, token, "opt_in")
        with self._store.read() as tx:
            return tx.opt_in(found) if found else None

    def confirm(self, token: str) -> Subscription | None:
        """She said yes. The second time it is the same one; None where the link does not count, or she has
        ended it since."""
        found = self._opened(OPT_IN, token, "opt_in")
        if found is None:
            return None
        with self._store.write() as tx:
            asked = tx.opt_in(found)
            if asked is None:
                return None
            address = asked.choice.address
            known = tx.subscription_at(address.channel, address.value)
            if asked.state == "confirmed":
                return known
            now = self._clock.now()
            if not tx.settle_opt_in(asked, "confirmed", now):
                return known
            return self._begin(tx, asked.choice, known)

    def opened(self, token: str) -> Subscription | None:
        """Whose link this is. Nothing is changed."""
        found = self._opened(SUBSCRIPTION, token, "subscription")
        with self._store.read() as tx:
            return tx.subscription(found) if found else None

    def choose(
        self, token: str, language: Language, services: Collection[str]
    ) -> Subscription | None:
        found = self.opened(token)
        if found is None:
            return None
        with self._store.write() as tx:
            now = tx.subscription(found.id)
            if now is None:
                return None
            choice = self._known(tx, self._choice(now.choice.address, language, services))
            changed = now.model_copy(update={"choice": choice, "changed_at": self._clock.now()})
            tx.save_subscription(changed)
        return changed

    def end(self, token: str) -> bool:
        """One click. True also for what was ended before: nothing is left to be told."""
        found = self._opened(SUBSCRIPTION, token, "subscription")
        if found is None:
            return False
        with self._store.write() as tx:
            ended = tx.remove_subscription(found)
        log.info("a subscription ended", subscription=found, anew=ended)
        return True

    def token(self, subscription: Subscription) -> str:
        """For a page that leads on to the subscription of whoever has just confirmed it."""
        until = self._clock.now() + CONFIRMING
        return self._signer.sign(SUBSCRIPTION, {"subscription": subscription.id}, until)

    def add_webhook(
        self, url: str, language: Language, services: Collection[str], *, by: str
    ) -> Subscription:
        """By an administrator, to a host that is allowed. Raises NotAllowed for any other, and where
        subscribers' webhooks are off."""
        address = Address(channel="webhook", value=url)
        if not self._terms.webhooks:
            raise NotAllowed(
                "webhooks of subscribers are switched off here (HELIOGRAPH_SUBSCRIBER_WEBHOOKS)"
            )
        if not is_allowed(url, self._terms.hosts):
            raise NotAllowed(NOT_ALLOWED_HOST, field="url")
        choice = self._choice(address, language, services)
        with self._store.write() as tx:
            known = tx.subscription_at("webhook", url)
            return self._begin(tx, self._known(tx, choice), known, by=by)

    def suspend(self, subscription_id: str, *, by: str) -> Subscription:
        """Raises UnknownThing."""
        return self._stand(subscription_id, SubscriptionState.SUSPENDED, BY_PERSON, by)

    def resume(self, subscription_id: str, *, by: str) -> Subscription:
        """Raises UnknownThing."""
        return self._stand(subscription_id, SubscriptionState.ACTIVE, "", by)

    def remove(self, subscription_id: str, *, by: str) -> None:
        """Raises UnknownThing."""
        with self._store.write() as tx:
            if not tx.remove_subscription(subscription_id):
                raise UnknownThing("no such subscription")
        log.info("a subscription was removed", subscription=subscription_id, by=by)

    def _begin(
        self, tx: Transaction, choice: Choice, known: Subscription | None, by: str | None = None
    ) -> Subscription:
        now = self._clock.now()
        if known is None:
            made = Subscription(
                id=self._ids.new("sub"), choice=choice, created_at=now, changed_at=now, by=by
            )
        else:
            # What a person stopped is begun by a person again, and not by its owner.
            stopped = known.why == BY_PERSON and by is None
            goes_on = {} if stopped else {"state": SubscriptionState.ACTIVE, "why": ""}
            made = known.model_copy(update={"choice": choice, "changed_at": now, **goes_on})
        tx.save_subscription(made)
        tx.clear_alarm(f"subscriber:{made.id}", now)
        return made

    def _stand(
        self, subscription_id: str, state: SubscriptionState, why: str, by: str
    ) -> Subscription:
        now = self._clock.now()
        with self._store.write() as tx:
            found = tx.subscription(subscription_id)
            if found is None:
                raise UnknownThing("no such subscription")
            changed = found.model_copy(update={"state": state, "why": why, "changed_at": now})
            tx.save_subscription(changed)
            tx.clear_alarm(f"subscriber:{found.id}", now)
        log.info("a subscription stands anew", subscription=found.id, state=state.value, by=by)
        return changed

    def _choice(self, address: Address, language: Language, services: Collection[str]) -> Choice:
        return Choice(
            address=address,
            language=language,
            zone=self._terms.zone,
            services=tuple(sorted(set(services))),
        )

    def _known(self, tx: Transaction, choice: Choice) -> Choice:
        """Raises Malformed for a service that nobody offers: without it the rest might mean all."""
        unknown = sorted(set(choice.services) - tx.services(list(choice.services)).keys())
        if unknown:
            raise Malformed(f"there is no service {unknown[0][:100]}", field="services")
        return choice

    def _opened(self, purpose: str, token: str, what: str) -> str | None:
        try:
            return self._signer.open(purpose, token, self._clock.now()).get(what)
        except BadSignature:
            return None


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """As the channel judges it when it posts; here, so that nobody waits for what never comes."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if not host or port is None or parts.username is not None:
        return False
    named = {known.lower() for known in hosts}
    return f"{host}:{port}" in named or (port == _PORTS[parts.scheme] and host in named)
