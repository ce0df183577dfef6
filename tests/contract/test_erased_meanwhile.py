"""Words that had to go while somebody worked with them: they do not come back, on either database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from sqlalchemy import update

from pipeline.adapters.history_files import FolderFiles
from pipeline.adapters.store.history_tables import imports
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.directory import Directory
from pipeline.domain.history import HistoryImport
from pipeline.flow.history.importing import Imports
from pipeline.flow.recurrence.judging import Judgements
from pipeline.ports import Store
from tests.unit.flow.desk import Desk, opened

from . import stores
from .test_erasure import CANARY, VERA, cells


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


class Overtaken(FolderFiles):
    """Files beside which somebody acts, once, while one of them is read."""

    def __init__(self, folder: Path, act: Callable[[], object]) -> None:
        super().__init__(folder)
        self._acts = [act]

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        with super().opened(name) as file:
            while self._acts:
                self._acts.pop()()
            yield file


def test_a_part_of_a_file_that_is_read_does_not_keep_the_words_of_somebody_who_is_erased(
    desk: Desk, tmp_path: Path
) -> None:
    """Before it is written: nothing of it is, and it is read anew without them."""
    app = desk.app
    files = Overtaken(tmp_path, lambda: app.erasure.person(VERA, by="chen"))
    imports = Imports(app.store, desk.clock, app.ids, files, app.history.past)
    told = "number,title,opened_at\nI-1,Vera Holst cannot print,2025-03-14T10:00:00Z\n"
    begun = imports.begin(
        BytesIO(told.encode()), file="old.csv", source="desk", zone="UTC", by="chen"
    )
    assert imports.turn()
    with app.store.read() as tx:
        assert tx.count_signed() == 0
    desk.wait(10)
    with app.store.read() as tx:
        done = tx.history_import(begun.id)
    assert done is not None
    assert (done.state, done.counts.added) == ("done", 1)
    assert cells(desk, "Holst") == []


def test_an_import_that_an_earlier_release_wrote_goes_on(desk: Desk) -> None:
    """Its row says less than ours would, and is another text of the same."""
    store, now = desk.app.store, desk.clock.now()
    assert isinstance(store, SqlStore)
    new = HistoryImport(id="imp_1", file="a", source="desk", zone="UTC", by="chen", at=now, size=1)
    with store.write() as tx:
        tx.add_import(new)
    was = json.loads(new.model_dump_json())
    early = json.dumps({name: was[name] for name in was if name not in ("erased", "faults")})
    with store.writing() as connection:
        connection.execute(update(imports).values(body=early))
    with store.write() as tx:
        assert tx.hold_import(new)
        assert tx.move_import(new, new.model_copy(update={"state": "done"}), now)
        assert not tx.hold_import(new)
