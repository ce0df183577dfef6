"""Which articles did the library have for these tickets then? Told again as they were found: nothing is searched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Awaited
from pipeline.domain.suggested import Found
from pipeline.flow.accepted import Accepted
from pipeline.flow.articles.lookups import failed
from pipeline.flow.early import leave
from pipeline.ports import Transaction

REPLAY = "replay"
Beside = Callable[[Transaction, Sequence[Accepted]], None]


def found_for(tx: Transaction, incidents: Sequence[str]) -> tuple[dict[str, Found], list[Kept]]:
    """What was found, by incident, and the articles that it names, as they are today."""
    found = tx.found_for(list(incidents))
    named = {s.article for one in found.values() for s in (*one.requester, *one.staff)}
    return found, list(tx.kept_articles(sorted(named)).values())


def shelve(app: Heliograph, articles: Sequence[Kept], at: datetime) -> None:
    """Into the throwaway installation."""
    with app.store.write() as tx:
        tx.save_articles(articles, at=at, by=REPLAY, what="imported")


def finding(found: Found | None, now: datetime) -> Beside:
    """The search that a report makes due ends with the report, as it ended then."""

    def settle(tx: Transaction, accepted: Sequence[Accepted]) -> None:
        for one in accepted:
            if not tx.lookup_is_due(one.incident_id):
                continue
            tx.settle_lookup(one.incident_id, 0, found or failed(None, now))
            for planned in tx.planned(one.incident_id):
                if planned.awaits is Awaited.ARTICLES:
                    leave(tx, planned, now)

    return settle
