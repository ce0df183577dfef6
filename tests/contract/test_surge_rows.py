"""What may the rows of tickets that come in at once be relied on for? On both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.sighting import Sighting
from pipeline.ports import Transaction

from .stores import NOW, SECOND, scans


def sighting(n: int, service: str | None = "crm", **more: Any) -> Sighting:
    """The n-th ticket, n seconds after the beginning, of a person of its own."""
    usual = {"ticket": f"inc_{n}", "requester": f"u{n}", "seen_at": NOW + n * SECOND}
    return Sighting(**usual | {"service": service} | more)


def note(store: SqlStore, *sightings: Sighting) -> None:
    with store.write() as tx:
        for n, one in enumerate(sightings):
            tx.note_sighting(one, NOW + n * SECOND)


def test_what_was_noted_is_due_until_it_was_looked_at(store: SqlStore) -> None:
    """In the order in which it came, and no sooner."""
    note(store, sighting(1), sighting(2), sighting(3))
    with store.read() as tx:
        assert tx.due_sightings(NOW + SECOND, 10) == [sighting(1), sighting(2)]
        assert tx.due_sightings(NOW + SECOND, 1) == [sighting(1)]
        assert tx.next_due("surges") == NOW
    with store.write() as tx:
        tx.place_sightings([sighting(1), sighting(2), sighting(3)], [sighting(1)])
    with store.read() as tx:
        assert tx.due_sightings(NOW + 9 * SECOND, 10) == []
        assert tx.next_due("surges") is None
        assert len(tx.reports_seen("crm", NOW, 10)) == 3


def test_what_is_noted_again_is_looked_at_again_and_stays_as_it_is(store: SqlStore) -> None:
    note(store, sighting(1))
    with store.write() as tx:
        tx.place_sightings([sighting(1)], [])
        tx.mark_asked([sighting(1)], "inc_9")
    note(store, sighting(1, requester=None))
    with store.read() as tx:
        assert tx.due_sightings(NOW, 10) == [sighting(1, surge="inc_9")]


def test_a_title_becomes_a_row_of_each_service_and_none_of_no_service(store: SqlStore) -> None:
    unnamed = sighting(1, None)
    note(store, unnamed, sighting(2, None))
    by_title = [sighting(1, service, basis="title") for service in ("crm", "mail")]
    with store.write() as tx:
        tx.place_sightings([unnamed, sighting(2, None)], by_title)
        tx.place_sightings([], by_title)
    with store.read() as tx:
        assert tx.due_sightings(NOW + 9 * SECOND, 10) == []
        assert tx.reports_seen("crm", NOW, 10) == by_title[:1]
        assert tx.reports_seen("mail", NOW, 10) == by_title[1:]
        assert tx.reports_seen("", NOW, 10) == []


def test_people_and_monitors_are_told_apart_newest_first_and_no_more_than_asked(
    store: SqlStore,
) -> None:
    monitors = [sighting(n, requester=None) for n in (5, 6)]
    note(store, sighting(1), sighting(2), sighting(3), sighting(4, "mail"), *monitors)
    with store.read() as tx:
        assert tx.reports_seen("crm", NOW + 2 * SECOND, 10) == [sighting(3), sighting(2)]
        assert tx.reports_seen("crm", NOW, 1) == [sighting(3)]
        assert tx.alerts_seen("crm", 10) == monitors[::-1]
        assert tx.alerts_seen("mail", 10) == []


def test_what_was_asked_about_is_found_by_its_question(store: SqlStore) -> None:
    note(store, sighting(1), sighting(2), sighting(3), sighting(3, "mail"))
    with store.write() as tx:
        tx.mark_asked([sighting(3), sighting(2)], "inc_2")
        tx.mark_asked([], "inc_1")
    with store.read() as tx:
        assert tx.asked_about("inc_2") == [sighting(n, surge="inc_2") for n in (2, 3)]
        assert tx.asked_about("inc_1") == []


def test_what_is_old_is_forgotten_a_part_at_a_time(store: SqlStore) -> None:
    note(store, *(sighting(n) for n in range(1, 5)))
    with store.write() as tx:
        tx.forget_sightings(NOW + 4 * SECOND, 2)
    with store.read() as tx:
        assert tx.reports_seen("crm", NOW, 10) == [sighting(4), sighting(3)]


LOOKS: dict[str, Callable[[Transaction], object]] = {
    "due": lambda tx: tx.due_sightings(NOW, 10),
    "next": lambda tx: tx.next_due("surges"),
    "reports": lambda tx: tx.reports_seen("crm", NOW, 10),
    "alerts": lambda tx: tx.alerts_seen("crm", 10),
    "asked": lambda tx: tx.asked_about("inc_1"),
    "majors": lambda tx: tx.open_majors_of(["crm"]),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_no_ticket_costs_a_look_over_the_past(
    tmp_path: Path, look: Callable[[Transaction], object]
) -> None:
    """Each look is a step into an index."""

    def looking(store: SqlStore) -> None:
        with store.read() as tx:
            look(tx)

    assert scans(tmp_path, looking) == []
