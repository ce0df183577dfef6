"""Words that had to go while somebody worked with them: they do not come back, on either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.domain.directory import Directory
from pipeline.flow.recurrence.judging import Judgements
from pipeline.ports import Store
from tests.unit.flow.desk import Desk, opened

from .. import postgres as postgresql
from . import stores
from .test_erasure import CANARY, VERA, cells

postgres = postgresql.postgres
migrated_sqlite, migrated_postgres = stores.migrated_sqlite, stores.migrated_postgres
url = stores.url


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, database_url=url) as found:
        found.app.acts.load_directory(Directory(people=(VERA,)))
        yield found


class Interrupted:
    """A store beside which somebody acts, once, when a ticket to be judged has been read."""

    def __init__(self, store: Store, act: Callable[[], None]) -> None:
        self._store, self._acts, self._reads = store, [act], 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def read(self) -> Iterator[Any]:
        reading: AbstractContextManager[Any] = self._store.read()
        with reading as tx:
            yield tx
        self._reads += 1
        if self._reads > 1 and self._acts:
            self._acts.pop()()


@pytest.mark.parametrize("claimed_again", [False, True])
def test_a_judgement_that_runs_does_not_keep_the_words_of_somebody_who_is_erased(
    desk: Desk, claimed_again: bool
) -> None:
    """Her ticket was never signed before; also when another process took it up anew in between."""
    desk.report(requester={"id": "vera"}, description=f"my {CANARY} is lost")
    app = desk.app

    def erase() -> None:
        app.erasure.person(VERA, by="chen")
        if claimed_again:
            with app.store.write() as tx:
                assert tx.claim_judging(desk.clock.now(), stores.LEASE, 9)

    store = cast(Store, Interrupted(app.store, erase))
    judging = Judgements(store, desk.clock, app.ids, app.library, app.intake)
    assert judging.turn()
    desk.settle()
    desk.wait(10)
    assert cells(desk, CANARY) == []
    with app.store.read() as tx:
        assert tx.chain_of([desk.incident.id])
