"""A case is judged while somebody merges the chain that it is like. On PostgreSQL, where two write at once."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import create_engine, text

from pipeline.domain.recurring import ChainState, moved
from pipeline.flow.recurrence.merging import merge_into
from tests.unit.flow.desk import Desk, opened

from ..postgres import Cluster

WEEK = 7 * 24 * 60
PRINTER = "Printer toner empty on floor 3 error E77"


def case(desk: Desk, number: str, title: str) -> str:
    desk.report(number, title=title, service="vpn")
    desk.settle()
    with desk.app.store.read() as tx:
        return tx.incidents_by_number("desk", [number])[number].id


def until_it_waits(url: str, judged: Future[None]) -> None:
    """Until the other writer waits for this one, or is done without having waited."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as watching:
            while not judged.done() and not watching.execute(waiting).scalar():
                pass
    finally:
        engine.dispose()


def test_a_case_follows_the_chain_that_is_merged_meanwhile(
    tmp_path: Path, postgres: Cluster
) -> None:
    """It becomes a case of the chain that took the others in, and none stays in a merged one."""
    url = postgres.new_database()
    with opened(tmp_path, database_url=url) as desk, ThreadPoolExecutor(1) as pool:
        first = [case(desk, f"T-{n}", "GlobalLink shows error 809") for n in range(3)]
        desk.wait(WEEK)
        [case(desk, f"P-{n}", PRINTER) for n in range(3)]
        store, now = desk.app.store, desk.clock.now()
        with store.read() as tx:
            gives = tx.chain_of(first)[first[0]]
            takes = next(chain.id for chain in tx.chains() if chain.id != gives)
        desk.report("T-9", title="GlobalLink shows error 809", service="vpn")
        with store.write() as tx:
            tx.hold_chains()
            was = tx.chain(gives)
            assert was is not None
            merge_into(tx, was, takes)
            merged = moved(was, ChainState.MERGED, by="pm", at=now, reason="", into=takes)
            tx.move_chain(was, merged)
            judged = pool.submit(desk.settle)
            until_it_waits(url, judged)
        judged.result(60)
        with store.read() as tx:
            ninth = tx.incidents_by_number("desk", ["T-9"])["T-9"].id
            assert tx.chain_of([ninth]) == {ninth: takes}
            assert gives not in tx.members([gives])
