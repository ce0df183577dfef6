"""On-call calendars as rows: a reading replaces what it was read for, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.directory import Names
from pipeline.domain.rota import Rota, Shift
from pipeline.oncall_ports import ROTAS, Reading

from . import stores

NOW = stores.NOW
HOUR = timedelta(hours=1)


def rota(revision: int = 1, due: datetime = NOW) -> Rota:
    return Rota(
        id="network",
        name=Names(zh="网络", en="Network"),
        fallback="net",
        saved_by="admin",
        saved_at=NOW,
        due_at=due,
        revision=revision,
    )


def shift(starts: int, ends: int, who: str = "sun") -> Shift:
    return Shift(starts_at=NOW + starts * HOUR, ends_at=NOW + ends * HOUR, said=who, person=who)


def test_a_reading_replaces_the_one_that_it_was_read_for(store: SqlStore) -> None:
    """One that began before somebody changed the calendar is dropped whole; one that failed keeps the shifts."""
    with store.write() as tx:
        first = Reading(rota=rota(), content="a", shifts=[shift(0, 2), shift(2, 4, "li")])
        assert tx.keep_reading(None, first)
        assert not tx.keep_reading(None, first)
    with store.write() as tx:
        assert tx.keep_reading(rota(), Reading(rota=rota(2, NOW + HOUR)))
        assert not tx.keep_reading(rota(), Reading(rota=rota(3), content="b", shifts=[]))
    with store.read() as tx:
        assert tx.rota("network") == rota(2, NOW + HOUR)
        assert tx.rota_content("network") == "a"
        assert len(tx.shifts_between("network", NOW, NOW + 9 * HOUR)) == 2
    with store.write() as tx:
        assert tx.keep_reading(rota(2), Reading(rota=rota(3), content="c", shifts=[shift(0, 1)]))
    with store.read() as tx:
        assert tx.rota_content("network") == "c"
        assert [s.said for s in tx.shifts_between("network", NOW, NOW + 9 * HOUR)] == ["sun"]


def test_a_shift_counts_from_its_beginning_and_not_at_its_end(store: SqlStore) -> None:
    """At the moment of the change one has it, not two and not none."""
    with store.write() as tx:
        tx.keep_reading(None, Reading(rota=rota(), shifts=[shift(-2, 0), shift(0, 2, "li")]))
    with store.read() as tx:
        assert [s.said for s in tx.shifts_at("network", NOW)] == ["li"]
        assert [s.said for s in tx.shifts_at("network", NOW - HOUR / 60)] == ["sun"]
        assert tx.shifts_at("other", NOW) == []


def test_what_is_due_is_found_and_what_is_removed_is_gone(store: SqlStore) -> None:
    """With its shifts."""
    with store.write() as tx:
        tx.keep_reading(None, Reading(rota=rota(), shifts=[shift(0, 2)]))
    with store.read() as tx:
        assert tx.next_due(ROTAS) == NOW
        assert tx.due_rotas(NOW - HOUR, 9) == []
        assert [one.id for one in tx.due_rotas(NOW, 9)] == ["network"]
    with store.write() as tx:
        assert tx.remove_rota("network")
        assert not tx.remove_rota("network")
    with store.read() as tx:
        assert (tx.rotas(), tx.shifts_at("network", NOW), tx.next_due(ROTAS)) == ([], [], None)
