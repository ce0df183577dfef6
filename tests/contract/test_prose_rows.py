"""What may the rows be relied on for by which messages wait for a model's words? On both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.communication import Reason
from pipeline.domain.passage import Passage, Said
from pipeline.domain.prose import Fall, Prose, Ref, Sentence, Step
from pipeline.domain.summary import Shown, Written
from tests.unit.flow.sayers import Sayer
from tests.unit.flow.test_news import LI, TOM, told
from tests.unit.flow.test_prose import SAID, goes_on, outage, passage_of

from .. import postgres as postgresql
from .stores import LEASE, NOW, together


def passage() -> Passage:
    pieces = ("The stage is ", Ref(fact="f.phase"), ".")
    prose = Prose(
        language="en",
        sentences=(Sentence(section="passage", pieces=pieces, rests_on=("f.phase",)),),
        step=Step.MODEL,
        model="m",
    )
    shown = Shown(section="passage", text="The stage is cause found.", rests_on=("f.phase",))
    said = Said(prose=prose, written=Written(sentences=(shown,), text=shown.text))
    fall = Fall(step=Step.MODEL, why=Reason(code="step_out_of_time"))
    return Passage(at=NOW, digest="d1", said={"en": said, "zh": said}, falls=(fall,))


def test_a_row_is_claimed_when_it_is_due_and_by_one_alone(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_prose("com_1", NOW)
        tx.await_prose("com_2", NOW + timedelta(minutes=1))
    with store.write() as tx:
        assert tx.claim_prose(NOW, LEASE, 10) == [("com_1", 1)]
    with store.write() as tx:
        assert tx.claim_prose(NOW, LEASE, 10) == []
    with store.read() as tx:
        assert tx.next_due("prose") == NOW + timedelta(minutes=1)


def test_asking_twice_for_the_same_message_is_asking_once(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_prose("com_1", NOW)
        tx.claim_prose(NOW, LEASE, 1)
        tx.await_prose("com_1", NOW)
        assert tx.claim_prose(NOW, LEASE, 1) == []


def test_what_came_of_it_is_kept_whole(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_prose("com_1", NOW)
        tx.claim_prose(NOW, LEASE, 1)
        assert tx.passages(["com_1"]) == {}
        assert tx.settle_prose("com_1", 1, passage())
    with store.read() as tx:
        assert tx.passages(["com_1", "com_404"]) == {"com_1": passage()}
        assert tx.passages([]) == {}
        assert tx.next_due("prose") is None
    assert store.queries.passage("com_1") == passage()
    assert store.queries.passage("com_404") is None


def test_a_try_whose_lease_ran_out_settles_nothing(store: SqlStore) -> None:
    later = NOW + LEASE
    with store.write() as tx:
        tx.await_prose("com_1", NOW)
        tx.claim_prose(NOW, LEASE, 1)
    with store.write() as tx:
        assert tx.claim_prose(later, LEASE, 1) == [("com_1", 2)]
        assert not tx.settle_prose("com_1", 1, passage())
        assert tx.settle_prose("com_1", 2, passage())
        assert not tx.settle_prose("com_1", 2, passage())


def test_a_folder_that_is_opened_again_gives_back_what_was_claimed(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_prose("com_1", NOW)
        tx.await_prose("com_2", NOW + timedelta(hours=1))
        tx.claim_prose(NOW, LEASE, 1)
        tx.end_leases(NOW)
        assert tx.claim_prose(NOW, LEASE, 10) == [("com_1", 2)]


def test_of_two_who_claim_at_once_one_has_it(store: SqlStore) -> None:
    with store.write() as tx:
        for n in range(20):
            tx.await_prose(f"com_{n}", NOW)

    def claim(_: int) -> list[tuple[str, int]]:
        with store.write() as tx:
            return tx.claim_prose(NOW, LEASE, 20)

    claimed = [row for rows in together(4, claim) for row in rows]
    assert sorted(claimed) == sorted((f"com_{n}", 1) for n in range(20))


def test_a_message_with_a_models_words_is_told_from_a_database_of_its_own(
    tmp_path: Path, postgres: postgresql.Cluster
) -> None:
    """The story of an update, on PostgreSQL as on the file."""
    with outage(tmp_path, Sayer(), database_url=postgres.new_database()) as desk:
        goes_on(desk)
        assert all(SAID[reader] in told(desk, reader)[-1].text for reader in (TOM, LI))
        assert passage_of(desk).said["zh"].prose.model == "fake-1"
