"""What may the rows of alerts and of planned maintenance be relied on for? On both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.alert_ports import Window
from pipeline.domain.alert import Alert, KnownAlert

from .stores import NOW, SECOND, directory

HOUR = timedelta(hours=1)


def known(fingerprint: str = "f1", *, status: str = "firing", **changed: object) -> KnownAlert:
    said = {"fingerprint": fingerprint, "name": "Down", "status": status, "title": "it is down"}
    usual = {"source": "mon", "alert": Alert.model_validate(said), "changed_at": NOW}
    return KnownAlert.model_validate(usual | {"seen_at": NOW} | changed)


def window(starts: datetime, ends: datetime, incident: str = "inc_1") -> Window:
    return Window(incident=incident, number="CHG-1", starts_at=starts, ends_at=ends)


def test_an_alert_comes_back_as_it_was_saved(store: SqlStore) -> None:
    """By its source and fingerprint; another source's of the same name is another."""
    mine, other = known(service="mail", severity="P1"), known(source="other")
    with store.write() as tx:
        tx.save_alerts([mine, other])
        tx.save_alerts([mine])
    with store.read() as tx:
        assert tx.known_alerts("mon", ["f1", "f2"]) == {"f1": mine}
        assert tx.known_alerts("other", ["f1"]) == {"f1": other}


def test_what_is_live_is_counted_by_incident_and_signal(store: SqlStore) -> None:
    """What flaps is not over, whatever it says at the moment."""
    with store.write() as tx:
        tx.save_alerts(
            [
                *(known("f1", incident="i1"), known("f2", incident="i1")),
                known("f3", incident="i1", status="resolved"),
                known("f4", incident="i1", status="resolved", flapping=True),
                *(known("f5", incident="i2"), known("f6")),
            ]
        )
    with store.read() as tx:
        assert tx.live_alerts(["i1", "i2", "i3"]) == {("i1", "Down"): 3, ("i2", "Down"): 1}


def test_the_newest_incident_of_a_service_and_of_a_circle_is_found(store: SqlStore) -> None:
    """Only since then, and among thousands of names in one call."""
    old, new = (
        known("f1", service="mail", incident="i1"),
        known("f2", incident="i2", service="mail"),
    )
    new = new.model_copy(update={"changed_at": NOW + SECOND})
    with store.write() as tx:
        tx.save_alerts([old, new])
    many = {f"s{n}" for n in range(1200)} | {"mail"}
    with store.read() as tx:
        services, circles = tx.newest_incidents(many, {old.circle}, NOW)
        assert (services, circles) == ({"mail": "i2"}, {old.circle: "i2"})
        assert tx.newest_incidents(many, set(), NOW + HOUR) == ({}, {})


def test_what_maintenance_kept_back_is_due_once_it_is_released(store: SqlStore) -> None:
    """Not before, and only what still fires."""
    with store.write() as tx:
        tx.save_alerts([known("f1", held_by="m1"), known("f2", held_by="m1", status="resolved")])
        tx.save_alerts([known("f3", held_by="m2"), known("f4", due_at=NOW + HOUR)])
        assert tx.due_alerts(NOW, 10) == []
        assert tx.release_held("m1", NOW) == (2, 1)
    with store.write() as tx:
        assert [a.alert.fingerprint for a in tx.due_alerts(NOW, 10)] == ["f1"]
        assert tx.next_due("alerts") == NOW


def test_rows_of_what_is_long_over_are_deleted_some_at_a_time(store: SqlStore) -> None:
    """What fires stays, however old."""
    with store.write() as tx:
        tx.save_alerts([known(f"f{n}", status="resolved") for n in range(5)])
        tx.save_alerts([known("live")])
        assert [tx.forget_alerts(NOW + SECOND, 3) for _ in range(3)] == [3, 2, 0]
        assert list(tx.known_alerts("mon", ["live", "f1"])) == ["live"]


def test_a_window_holds_from_its_start_until_before_its_end(store: SqlStore) -> None:
    """For its services alone; of two that overlap the one that ends later counts."""
    with store.write() as tx:
        tx.save_window(window(NOW, NOW + HOUR), ["mail", "wiki"], NOW + HOUR)
        tx.save_window(window(NOW, NOW + 2 * HOUR, "inc_2"), ["wiki"], None)
        assert tx.windows_at(["mail", "crm"], NOW - SECOND) == {}
        assert {s: w.incident for s, w in tx.windows_at(["mail", "wiki", "crm"], NOW).items()} == {
            "mail": "inc_1",
            "wiki": "inc_2",
        }
        assert tx.windows_at(["mail"], NOW + HOUR) == {}
        assert (tx.due_maintenance(NOW, 5), tx.next_due("maintenance")) == ([], NOW + HOUR)
        assert tx.due_maintenance(NOW + HOUR, 5) == ["inc_1"]
        tx.save_window(window(NOW, NOW + HOUR), ["crm"], None)
        assert list(tx.windows_at(["mail", "crm"], NOW)) == ["crm"]
        tx.drop_window("inc_1")
        assert tx.windows_at(["crm"], NOW) == {}


def test_a_service_is_known_by_its_names_and_aliases(store: SqlStore) -> None:
    """As the directory says at this moment."""
    with store.write() as tx:
        assert tx.service_names() == {}
        tx.save_directory(directory())
        assert tx.service_names() == {"mail": ("邮件", "Mail", "邮箱")}
