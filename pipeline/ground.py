"""What does everything stand on? Store, channels, texts, keys and bells, opened first and closed last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import prompts

from .adapters.ids import TimeIds
from .adapters.jobs.embedded import Bell, Worker
from .adapters.signing import LinkSigner, secret_in
from .adapters.store.sqlstore import SqlStore
from .domain.errors import Misconfigured
from .flow.library import Library, Sources
from .flow.links import Links
from .open_channels import channels_of
from .open_store import store_of
from .policy import loading
from .ports import Channel, Clock, Ids, Signer
from .settings import Settings


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What everything stands on, opened first."""

    settings: Settings
    clock: Clock
    ids: Ids
    store: SqlStore
    channels: Mapping[str, Channel]
    signer: Signer
    links: Links
    library: Library
    sources: Sources
    bells: dict[str, Bell]
    opened: list[Callable[[], None]]

    def worker(
        self, name: str, queue: str, turn: Callable[[], bool], *, background: bool = False
    ) -> Worker:
        """One that looks after a queue of rows."""

        def next_due() -> datetime | None:
            with self.store.read() as tx:
                return tx.next_due(queue)

        return self.watcher(name, turn, next_due, background=background)

    def watcher(
        self,
        name: str,
        turn: Callable[[], bool],
        next_due: Callable[[], datetime | None],
        *,
        background: bool = False,
    ) -> Worker:
        """One that knows by itself when something is due."""
        bell = self.bells.setdefault(name, Bell())
        return Worker(name=name, turn=turn, next_due=next_due, bell=bell, background=background)

    def ringer(self, *first: str) -> Callable[[], None]:
        """Rings for the workers whose names begin so, without any for all: one that has nothing to do
        costs the others time."""

        def ring() -> None:
            for name, bell in list(self.bells.items()):
                if not first or name.startswith(first):
                    bell.ring()

        return ring


def ground_of(
    settings: Settings,
    clock: Clock,
    ids: Ids | None,
    given: Mapping[str, Channel] | None,
    opened: list[Callable[[], None]],
) -> Ground:
    store = store_of(settings, clock)
    opened.append(store.close)
    channels = given if given is not None else channels_of(settings, clock)
    opened.extend(channel.close for channel in channels.values())
    secret = settings.secret_key.get_secret_value() or secret_in(settings.data_dir)
    signer = LinkSigner(secret)
    sources = sources_of(settings)
    library = Library(store, clock, sources)
    library.open()
    return Ground(
        settings=settings,
        clock=clock,
        ids=ids or TimeIds(clock),
        store=store,
        channels=channels,
        signer=signer,
        links=Links(base_url=settings.base_url, signer=signer, days=settings.link_days),
        library=library,
        sources=sources,
        bells={},
        opened=opened,
    )


def sources_of(settings: Settings) -> Sources:
    rules, own = settings.rules_dir, settings.templates_dir

    def texts() -> dict[str, str]:
        try:
            return prompts.read_texts(prompts.ROOT) if own is None else prompts.laid_over(own)
        except (OSError, ValueError) as unreadable:
            raise Misconfigured(str(unreadable), where="HELIOGRAPH_TEMPLATES_DIR") from None

    return Sources(
        rules=lambda: loading.read_rules(rules or loading.SHIPPED),
        templates=texts,
        rules_shipped=rules is None,
        templates_shipped=own is None,
        shipped_templates=lambda: prompts.read_texts(prompts.ROOT),
    )
