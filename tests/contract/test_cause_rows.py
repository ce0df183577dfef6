"""What may the rows of changes be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.change import Change
from pipeline.domain.errors import StaleVersion

from .stores import NOW


def change(number: str = "CHG-1", *, hours: float = 0, **more: Any) -> Change:
    at = NOW - timedelta(hours=hours)
    usual: dict[str, Any] = {
        "id": f"chg_{number}",
        "source": "ci",
        "number": number,
        "services": ("crm", "mail"),
        "what": "new session store",
        "state": "done",
        "began_at": at,
        "ended_at": at,
    }
    return Change.model_validate(usual | more)


def test_changes_are_found_by_service_and_time_the_latest_first(store: SqlStore) -> None:
    """Each once, though two of its services are asked for; both ends of the time count."""
    with store.write() as tx:
        for number, hours in (("CHG-1", 3), ("CHG-2", 1), ("CHG-3", 50)):
            tx.save_change(change(number, hours=hours))
        tx.save_change(change("CHG-4", hours=2, services=("wiki",)))
        since = NOW - timedelta(hours=3)
        found = tx.changes_of(["crm", "mail"], since, NOW, 10)
        assert [one.number for one in found] == ["CHG-2", "CHG-1"]
        assert [one.number for one in tx.changes_of(["crm"], since, NOW, 1)] == ["CHG-2"]
        assert tx.changes_of([], since, NOW, 10) == []
        assert [one.number for one in tx.changes(2)] == ["CHG-2", "CHG-4"]
        assert [one.number for one in tx.changes(9, service="wiki")] == ["CHG-4"]


def test_a_change_moves_with_its_services_and_can_go(store: SqlStore) -> None:
    """A service that it does not touch any more does not find it."""
    with store.write() as tx:
        tx.save_change(change())
        tx.save_change(change(services=("wiki",), hours=1))
        assert tx.changes(9, service="crm") == []
        assert tx.change("ci", "CHG-1") == change(services=("wiki",), hours=1)
        tx.drop_change(change())
        assert (tx.change("ci", "CHG-1"), tx.changes(9, service="wiki")) == (None, [])


def test_a_number_of_one_source_is_one_change(store: SqlStore) -> None:
    """The second of two processes reads again, and finds the first one's."""
    with store.write() as tx:
        tx.save_change(change())
    with pytest.raises(StaleVersion), store.write() as tx:
        tx.save_change(change(id="chg_other"))
    with store.read() as tx:
        known = tx.change("ci", "CHG-1")
    assert known is not None
    assert known.id == "chg_CHG-1"
