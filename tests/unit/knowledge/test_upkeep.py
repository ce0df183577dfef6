"""Indexes follow the rows; an encoder that fails is told of, and holds up no word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.errors import EncoderFailed
from knowledge.ports import Indexed
from knowledge.upkeep import LONGEST_PAUSE, Upkeep
from tests.integration.knowledge.libraries import Rows, indexed

START = datetime(2026, 8, 24, 8, 0, tzinfo=UTC)


class Kept:
    """An index that only remembers. `trouble` is what it fails with."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.batches: list[int] = []
        self.compared = 0
        self.trouble: Exception | None = None

    def differs(self, versions: Mapping[str, str]) -> tuple[set[str], set[str]]:
        self.compared += 1
        wanted = {id_ for id_, version in versions.items() if self.held.get(id_) != version}
        return wanted, self.held.keys() - versions.keys()

    def put(self, articles: Sequence[Indexed]) -> None:
        if self.trouble:
            raise self.trouble
        self.batches.append(len(articles))
        self.held |= {one.article.id: one.version for one in articles}

    def drop(self, ids: Collection[str]) -> None:
        for id_ in ids:
            del self.held[id_]


class World:
    def __init__(self, articles: int = 0) -> None:
        self.now = START
        self.rows = Rows(*(indexed(f"a{n:03}", f"Article {n}") for n in range(articles)))
        self.words, self.vectors = Kept(), Kept()
        self.upkeep = Upkeep(self.rows, self.words, self.vectors, now=lambda: self.now)

    def run(self, most: int = 1_000) -> int:
        """Turns until there is nothing to do."""
        for turns in range(most):
            if not self.upkeep.turn():
                return turns
        raise AssertionError("it never ends")


def test_both_indexes_come_up_to_the_rows() -> None:
    """In batches small enough to be stopped between; words are complete before vectors begin."""
    world = World(articles=250)
    while not world.words.held.keys() >= world.rows.kept.keys():
        assert world.upkeep.turn()
        assert not world.vectors.held
    world.run()
    assert world.words.held == world.vectors.held == world.rows.versions()
    assert world.words.batches == [100, 100, 50]
    assert max(world.vectors.batches) == 16


def test_without_a_change_nothing_is_compared() -> None:
    """A turn with nothing to do costs one question to the store."""
    world = World(articles=3)
    world.run()
    compared = world.words.compared, world.vectors.compared
    assert [world.upkeep.turn() for _ in range(5)] == [False] * 5
    assert (world.words.compared, world.vectors.compared) == compared


def test_changes_are_followed() -> None:
    """A new one, another version, and one that was retired."""
    world = World(articles=3)
    world.run()
    world.rows.save(indexed("new", "New"))
    world.rows.save(indexed("a001", "Article 1", version="2"))
    world.rows.retire("a002")
    world.run()
    expected = {"a000": "1", "a001": "2", "new": "1"}
    assert world.words.held == world.vectors.held == expected


def test_words_come_first_also_in_the_middle() -> None:
    """A change of an article is found by words while a large set is being encoded."""
    world = World(articles=200)
    while not world.vectors.held:
        world.upkeep.turn()
    world.rows.save(indexed("new", "New"))
    world.upkeep.turn()
    assert "new" in world.words.held
    assert len(world.vectors.held) == 16


def test_what_is_lost_comes_back() -> None:
    """A process that starts with empty indexes, or with half of them."""
    world = World(articles=40)
    world.run()
    world.words.held.clear()
    del world.vectors.held["a007"]
    world.upkeep = Upkeep(world.rows, world.words, world.vectors, now=lambda: world.now)
    world.run()
    assert world.words.held == world.vectors.held == world.rows.versions()


def test_a_failing_encoder_holds_up_no_word() -> None:
    """Its sentence and since when are visible; it is tried again with a growing pause, then catches up."""
    world = World(articles=20)
    world.vectors.trouble = EncoderFailed("the endpoint is down")
    world.run()
    assert world.words.held == world.rows.versions()
    pauses = []
    for _ in range(10):
        assert world.upkeep.trouble
        assert world.upkeep.trouble.reason == "the endpoint is down"
        assert world.upkeep.trouble.since == START
        due = world.upkeep.next_due()
        assert due
        pauses.append(due - world.now)
        world.rows.save(indexed("new", "New", version=str(due)))
        world.run()
        assert world.words.held["new"] == str(due)
        assert world.upkeep.next_due() == due
        world.now = due
        world.run()
    assert pauses[:3] == [timedelta(seconds=s) for s in (5, 10, 20)]
    assert pauses[-1] == LONGEST_PAUSE

    world.vectors.trouble = None
    world.now += LONGEST_PAUSE
    world.run()
    assert world.vectors.held == world.rows.versions()
    assert world.upkeep.next_due() is None


def test_a_batch_that_failed_is_not_forgotten() -> None:
    """An error of any kind leaves it for the next turn."""
    world = World(articles=5)
    world.words.trouble = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        world.upkeep.turn()
    world.words.trouble = None
    world.run()
    assert world.words.held == world.rows.versions()


def test_without_an_encoder_words_alone_are_kept() -> None:
    """There is nothing to wait for then."""
    world = World(articles=5)
    world.upkeep = Upkeep(world.rows, world.words, None, now=lambda: world.now)
    world.run()
    assert world.words.held == world.rows.versions()
    assert world.upkeep.next_due() is None
