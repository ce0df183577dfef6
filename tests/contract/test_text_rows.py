"""What may the rows of agreements and of versions of texts be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.agreement import Agreement, Author, Ballot, Demand, Mode, Vote, Voter
from pipeline.domain.text_version import FILES, Activation, TextVersion

from .stores import NOW, together

MINUTE = timedelta(minutes=1)


def agreement(name: str = "com_1", minutes: int | None = 5) -> Agreement:
    return Agreement(
        communication=name,
        incident="inc_1",
        demand=Demand(mode=Mode.TWO_PERSONS, rule="two", ask="managers", within=300),
        authors=(Author(id="chen"),),
        opened_at=NOW,
        due_at=None if minutes is None else NOW + minutes * MINUTE,
    )


def vote(name: str, ballot: Ballot = Ballot.AGREE) -> Vote:
    voter = Voter(id=name, via="console")
    return Vote(communication="com_1", voter=voter, ballot=ballot, at=NOW)


def test_of_two_votes_at_once_the_second_sees_the_first(store: SqlStore) -> None:
    """Or each would count the other as absent, and the text would wait for ever."""
    with store.write() as tx:
        tx.add_agreements([agreement()])

    def cast(n: int) -> int:
        with store.write() as tx:
            assert tx.agreement_to_change("com_1") is not None
            tx.save_vote(vote(("mei", "noor")[n]))
            return len(tx.votes("com_1"))

    assert sorted(together(2, cast)) == [1, 2]


def test_a_second_word_of_one_voter_takes_the_first_ones_place(store: SqlStore) -> None:
    with store.write() as tx:
        tx.save_vote(vote("mei"))
        tx.save_vote(vote("mei", Ballot.VETO))
        assert [v.ballot for v in tx.votes("com_1")] == [Ballot.VETO]


def test_an_agreement_is_due_until_it_ends(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_agreements([agreement(), agreement("com_2", minutes=None), agreement("com_3", 9)])
        assert tx.due_agreements(NOW + 5 * MINUTE, 10) == ["com_1"]
        assert tx.next_due("agreements") == NOW + 5 * MINUTE
        tx.end_agreement("com_1")
        assert tx.agreement_to_change("com_1") is None
        assert tx.next_due("agreements") == NOW + 9 * MINUTE
        ended = tx.agreement("com_1")
    assert ended is not None
    assert (ended.state, ended.due_at, ended.authors) == ("ended", None, (Author(id="chen"),))


def version(n: int, words: str = "words", name: str = "update/affected") -> TextVersion:
    texts = {"zh": f"{words}（中）", "en": words}
    return TextVersion(name=name, version=n, texts=texts, author="mei", saved_at=NOW)


def put(store: SqlStore, n: int, name: str = "update/affected") -> None:
    with store.write() as tx:
        tx.add_activation(Activation(name=name, version=n, author="mei", at=NOW))


def test_a_number_is_one_text_for_ever(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.add_text_version(version(1))
        assert not tx.add_text_version(version(1, "other words"))
        assert not tx.add_text_version(version(1))
    assert [v.texts["en"] for v in store.texts.text_versions("update/affected")] == ["words"]


@pytest.mark.parametrize(
    ("put_in_force", "now", "before"),
    [([], None, None), ([1], 1, None), ([1, 2], 2, 1), ([1, 2, 1], 1, 2), ([1, 2, 2], 2, 1), ([1, FILES], None, None), ([FILES, 2], 2, None)],
)  # fmt: skip
def test_what_is_in_force_and_what_was_before_it(
    store: SqlStore, put_in_force: list[int], now: int | None, before: int | None
) -> None:
    with store.write() as tx:
        tx.add_text_version(version(1))
        tx.add_text_version(version(2))
    for n in put_in_force:
        put(store, n)
    with store.read() as tx:
        found = tx.texts_in_force()
    told = [(a.version, b.version if b else None) for a, b in found]
    assert told == ([] if now is None else [(now, before)])
