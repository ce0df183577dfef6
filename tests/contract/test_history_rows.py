"""What may the rows of the past be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from pipeline.adapters.store.history_tables import imports
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.history import HistoryImport, PastTicket

from .stores import NOW

BEGUN = HistoryImport(id="imp_1", file="a.csv", source="desk", zone="UTC", by="li", at=NOW, size=9)


def test_an_import_that_an_earlier_release_began_goes_on(store: SqlStore) -> None:
    """Its body has no field of today's; and of two that go on with it one counts."""
    further = BEGUN.model_copy(update={"octets": 5})
    with store.write() as tx:
        tx.add_import(BEGUN)
    before = BEGUN.model_dump_json(exclude_defaults=True)
    with store.writing() as connection:
        connection.execute(update(imports).values(body=before))
    with store.write() as tx:
        claimed = tx.claim_import(NOW, timedelta(minutes=2))
        assert claimed == BEGUN
        assert tx.move_import(claimed, further, NOW)
        assert not tx.move_import(claimed, further, NOW)
        assert tx.history_import("imp_1") == further


def test_past_tickets_are_found_by_names_that_json_writes_otherwise(store: SqlStore) -> None:
    told = PastTicket(source="desk", number="1", title='for Carl "Zeppo" Junge', opened_at=NOW)
    with store.write() as tx:
        tx.keep_past([told])
        assert tx.past_naming(['Carl "Zeppo" Junge']) == [told.id]
        assert tx.past_naming(["Carla"]) == []
