"""What may the store be relied on for? Units of work, events, incidents and the directory."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.directory import Directory, Person
from pipeline.domain.errors import Misconfigured, StaleVersion
from pipeline.domain.events import PAYLOADS, Reported, StateChanged
from pipeline.domain.lattices import TicketState, WaitingFor
from pipeline.domain.payload import ERASED
from pipeline.ports import Source

from . import stores
from .stores import NOW, SECOND, event, incident, recorded, reported, together

WAITING = StateChanged(state=TicketState.WAITING, waiting_for=WaitingFor.APPROVAL)


class Broken(Exception):
    """What a test raises in the middle of a unit of work."""


def test_what_a_block_wrote_is_kept(store: SqlStore) -> None:
    """At the end of a write everything in it is there for others."""
    with store.write() as tx:
        tx.append([recorded(event())])
        tx.save_incidents([incident(event())])
    with store.read() as tx:
        assert tx.stream("inc_1") == [event()]
        assert tx.incident("inc_1") == incident(event())


def test_nothing_of_a_block_that_raises_is_kept(store: SqlStore) -> None:
    """Law 1: an event, its incident and the work it causes are kept together, or none of them."""
    with pytest.raises(Broken), store.write() as tx:
        tx.append([recorded(event())])
        tx.save_incidents([incident(event())])
        tx.add_communications([stores.communication()])
        tx.add_messages([stores.message()])
        tx.raise_alarm(stores.alarm())
        raise Broken
    with store.read() as tx:
        assert tx.stream("inc_1") == []
        assert tx.incident("inc_1") is None
        assert tx.communication("com_1") is None
        assert tx.message("msg_1") is None
    assert store.queries.alarms() == []


def test_others_see_nothing_before_the_end(store: SqlStore) -> None:
    """A reader beside an open write sees the state before it, and does not wait."""
    with store.write() as writing:
        writing.append([recorded(event())])
        with store.read() as reading:
            assert reading.stream("inc_1") == []


def test_a_reader_cannot_write_on_sqlite(migrated_sqlite: Path, tmp_path: Path) -> None:
    """A change that came through `read` would pass by the queue of writers: SQLite refuses it."""
    copied = shutil.copy(migrated_sqlite, tmp_path / "heliograph.db")
    store = SqlStore(f"sqlite:///{copied}")
    with store.read() as tx, pytest.raises(DatabaseError):
        tx.append([recorded(event())])
    store.close()


def test_the_data_outlives_the_process(url: str) -> None:
    """What was committed is there for a store that is opened later."""
    first = SqlStore(url)
    with first.write() as tx:
        tx.append([recorded(event())])
    first.close()
    second = SqlStore(url)
    assert second.queries.stream("inc_1") == [event()]
    second.close()


def test_a_taken_version_is_stale(store: SqlStore) -> None:
    """Two events cannot have the same place in a stream, and the second one's block is lost whole."""
    with store.write() as tx:
        tx.append([recorded(event())])
    with pytest.raises(StaleVersion), store.write() as tx:
        tx.append([recorded(event(incident="inc_2"))])
        tx.append([recorded(event(source_id="another"))])
    with store.read() as tx:
        assert tx.stream("inc_1") == [event()]
        assert tx.stream("inc_2") == []


def test_a_source_says_a_thing_once(store: SqlStore) -> None:
    """The same source and id cannot be recorded twice, whatever the incident."""
    with store.write() as tx:
        tx.append([recorded(event(source_id="evt-7"))])
    with pytest.raises(StaleVersion), store.write() as tx:
        tx.append([recorded(event(incident="inc_2", source_id="evt-7"))])


def test_after_a_conflict_the_transaction_is_unusable(store: SqlStore) -> None:
    """A caller that swallows the conflict can neither go on nor keep what it did before."""
    with store.write() as tx:
        tx.append([recorded(event())])
    unusable = False
    try:
        with store.write() as tx:
            tx.append([recorded(event(incident="inc_2"))])
            with pytest.raises(StaleVersion):
                tx.append([recorded(event(source_id="another"))])
            try:
                tx.next_number()
            except Exception:  # its kind is the driver's affair; that it fails is the promise
                unusable = True
    except Exception:
        unusable = True
    assert unusable
    with store.read() as tx:
        assert tx.stream("inc_2") == []


def test_one_of_two_writers_of_a_version_wins(store: SqlStore) -> None:
    """Of two at the same moment one is told that it was late."""

    def append(n: int) -> None:
        with store.write() as tx:
            tx.append([recorded(event(source_id=f"from-{n}"))])

    results = together(2, append)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "StaleVersion"]
    assert len(store.queries.stream("inc_1")) == 1


def test_two_cannot_open_the_same_ticket(store: SqlStore) -> None:
    """A number of a source names one incident; who comes second reads again."""
    with store.write() as tx:
        tx.save_incidents([incident(event())])
    with pytest.raises(StaleVersion), store.write() as tx:
        tx.save_incidents([incident(event(incident="inc_2"))])


def test_seen_tells_where_a_repeat_went(store: SqlStore) -> None:
    """A recorded id comes back with its hash, incident, number and version; others are left out."""
    with store.write() as tx:
        tx.append([recorded(event(source_id="evt-7"), "a" * 64)])
        found = tx.seen("desk", ["evt-7", "evt-8"])
        assert tx.seen("another", ["evt-7"]) == {}
        assert tx.seen("desk", []) == {}
    assert set(found) == {"evt-7"}
    seen = found["evt-7"]
    assert (seen.content_hash, seen.event_id) == ("a" * 64, event(source_id="evt-7").id)
    assert (seen.incident_id, seen.number, seen.version) == ("inc_1", "INC-1", 1)


def test_incidents_are_found_by_the_number_of_their_source(store: SqlStore) -> None:
    """Another source's equal number is another ticket."""
    with store.write() as tx:
        tx.save_incidents([incident(event())])
        assert set(tx.incidents_by_number("desk", ["INC-1", "INC-2"])) == {"INC-1"}
        assert tx.incidents_by_number("another", ["INC-1"]) == {}
        assert tx.incidents_by_number("desk", []) == {}


def test_a_fold_that_is_saved_again_replaces_the_first(store: SqlStore) -> None:
    """The row of an incident is its newest fold, with all it holds."""
    moved = event(WAITING, version=2, at=NOW + SECOND)
    with store.write() as tx:
        tx.save_incidents([incident(event())])
        tx.save_incidents([incident(event(), moved)])
    with store.read() as tx:
        assert tx.incident("inc_1") == incident(event(), moved)


def test_numbers_begin_at_one(store: SqlStore) -> None:
    """An empty store gives 1, then 2; one that was not committed may be given again."""
    with store.write() as tx:
        assert [tx.next_number(), tx.next_number()] == [1, 2]
    with pytest.raises(Broken), store.write() as tx:
        assert tx.next_number() == 3
        raise Broken
    with store.write() as tx:
        assert tx.next_number() == 3


def test_a_number_is_never_given_twice(store: SqlStore) -> None:
    """Threads that ask at the same moment, in an empty store too, get different numbers."""

    def ask(_: int) -> list[int]:
        given = []
        for _ in range(10):
            with store.write() as tx:
                given.append(tx.next_number())
        return given

    numbers = [n for given in together(4, ask) for n in given]
    assert sorted(numbers) == list(range(1, 41))


def test_a_stream_is_read_as_it_was_recorded(store: SqlStore) -> None:
    """Every type of event comes back equal, in the order of versions, not of occurrence."""
    known = [payload.model_validate(payload.example) for payload in PAYLOADS.values()]
    said = [event(data, version=n, at=NOW - n * SECOND) for n, data in enumerate(known, start=1)]
    with store.write() as tx:
        tx.append([recorded(one) for one in reversed(said)])
    assert store.queries.stream("inc_1") == said


def test_personal_data_lies_in_its_own_column(store: SqlStore) -> None:
    """What can be erased stands nowhere else in the row of its event."""
    said = reported(title="Mail of Wang is down", service="mail", description="since nine")
    with store.write() as tx:
        tx.append([recorded(event(said))])
    with store.reading() as connection:
        row = connection.execute(text("SELECT * FROM hg_events")).mappings().one()
    elsewhere = " ".join(str(value) for name, value in row.items() if name != "personal")
    assert "Wang" in row["personal"]
    assert "wang@example.org" in row["personal"]
    for word in ("Wang", "wang", "since nine"):
        assert word not in elsewhere
    assert "mail" in row["data"]


def test_an_erased_event_still_loads(store: SqlStore) -> None:
    """After an erasure the event stays, with a mark where the person's data was."""
    known = [payload.model_validate(payload.example) for payload in PAYLOADS.values()]
    said = [event(data, version=n) for n, data in enumerate(known, start=1)]
    with store.write() as tx:
        tx.append([recorded(one) for one in said])
    with store.writing() as connection:
        connection.execute(text("UPDATE hg_events SET personal = NULL"))
    loaded = store.queries.stream("inc_1")
    assert [one.type for one in loaded] == [one.type for one in said]
    opening = loaded[0].data
    assert isinstance(opening, Reported)
    assert (opening.title, opening.requester.id, opening.description) == (ERASED, ERASED, None)
    assert opening.service == "mail-client"


def test_sources_are_kept_by_name(store: SqlStore) -> None:
    """Saving a source again replaces it; others stay."""
    with store.write() as tx:
        tx.save_sources([Source(name="desk", owner="desk"), Source(name="alone")])
        tx.save_sources([Source(name="desk", owner="desk", thread_token="##{number}##")])
    with store.read() as tx:
        assert tx.source("desk") == Source(name="desk", owner="desk", thread_token="##{number}##")
        assert tx.source("nobody") is None
        assert [s.name for s in tx.sources()] == ["alone", "desk"]


def test_a_directory_is_added_to(store: SqlStore) -> None:
    """Each entry of a document is inserted or replaced; those it does not name stay."""
    with store.write() as tx:
        tx.save_directory(stores.directory())
        tx.save_directory(Directory(people=(Person(id="wang", name="王晓琳", language="zh"),)))
    with store.read() as tx:
        people = tx.people(["wang", "chen", "nobody"])
        assert set(people) == {"wang", "chen"}
        assert people["wang"] == Person(id="wang", name="王晓琳", language="zh")
        assert tx.groups(["exchange"])["exchange"] == stores.directory().groups[0]
        assert tx.services(["mail"])["mail"] == stores.directory().services[0]
        assert tx.people([]) == {}
    assert [p.id for p in store.queries.directory().people] == ["chen", "wang"]


def test_writers_of_a_sqlite_file_go_in_turn(migrated_sqlite: object, tmp_path: object) -> None:
    """Whoever has just written queues behind those who wait: nobody is kept out by a busy writer."""
    from pipeline.adapters.store.turns import Turns

    turns, order, queued = Turns(30), [], threading.Semaphore(0)

    def wait_for_turn(name: str) -> None:
        with turns:
            order.append(name)

    with turns:
        threads = []
        for name in ("first", "second", "third"):
            threads.append(threading.Thread(target=wait_for_turn, args=(name,)))
            threads[-1].start()
            while len(turns._waiting) < len(threads):
                queued.acquire(timeout=0.001)
    with turns:
        order.append("the one before")
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second", "third", "the one before"]


def test_a_write_inside_a_write_is_a_mistake_that_shows() -> None:
    """It would wait for itself for ever."""
    from pipeline.adapters.store.turns import Turns

    turns = Turns(30)
    with turns, pytest.raises(RuntimeError), turns:
        pass
    with turns:
        pass


@pytest.mark.parametrize("bad", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_an_unusable_database_is_refused_at_the_start(bad: str) -> None:
    """In memory each connection would have a database of its own."""
    with pytest.raises(Misconfigured):
        SqlStore(bad)
