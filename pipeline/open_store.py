"""How is the database opened, whichever it is? A part of the composition root, as `article_search` is."""

from __future__ import annotations

from .adapters.store.migrations import upgrade
from .adapters.store.sqlstore import SqlStore
from .domain.errors import Misconfigured
from .ports import Clock
from .settings import Settings


def store_of(settings: Settings, clock: Clock) -> SqlStore:
    from sqlalchemy.exc import SQLAlchemyError

    url = settings.database
    try:
        upgrade(url)
        store = SqlStore(url)
        if url.startswith("sqlite"):
            # The folder's lock says that nobody else works on this database.
            with store.write() as tx:
                tx.end_leases(clock.now())
    except SQLAlchemyError as unreachable:
        # The driver's text can repeat the URL; its password must not be shown.
        reason = type(getattr(unreachable, "orig", None) or unreachable).__name__
        raise Misconfigured(
            f"the database cannot be opened ({reason})", where="HELIOGRAPH_DATABASE_URL"
        ) from None
    return store
