"""Rules in versions, on each database: the newest activation counts, and of two at once one is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.errors import StaleVersion
from pipeline.rules_ports import Activation, DryRun, RuleVersion
from tests.unit.flow.desk import opened
from tests.unit.flow.test_service_levels import RULES

from . import stores

NOW = stores.NOW
MINUTE = timedelta(minutes=1)


def activation(n: int, version: str = "v1", at: datetime = NOW) -> Activation:
    return Activation(n=n, version=version, origin="written", at=at, by="admin", reason="tried")


def version(name: str = "v1", text: str = "version: 1") -> RuleVersion:
    files = {"a.yaml": text}
    return RuleVersion(version=name, saved_at=NOW, saved_by="admin", note="", files=files)


def test_the_newest_activation_counts_and_each_moment_has_its_own(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.newest_activation() == 0
        assert tx.activation_at(NOW) is None
        tx.activate(activation(1))
        tx.activate(activation(2, "v2", NOW + MINUTE))
    with store.read() as tx:
        assert tx.newest_activation() == 2
        assert tx.activation(2) == activation(2, "v2", NOW + MINUTE)
        assert [a.n for a in tx.activations(10)] == [2, 1]
        assert tx.activation_at(NOW) == activation(1)
        assert tx.activation_at(NOW + MINUTE) == activation(2, "v2", NOW + MINUTE)
        assert tx.activation_at(NOW - MINUTE) is None


def test_of_two_who_activate_at_once_one_is_refused(store: SqlStore) -> None:
    """Both had seen the same rules in force, and the number is the key."""

    def activate(n: int) -> None:
        with store.write() as tx:
            tx.activate(activation(1, f"v{n}"))

    answers = stores.together(4, activate)
    assert answers.count(None) == 1
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == 3


def test_a_version_stays_as_it_was_first_kept(store: SqlStore) -> None:
    with store.write() as tx:
        tx.save_rule_version(version(text="version: 1 # first"))
        tx.save_rule_version(version(text="version: 1 # second"))
    with store.read() as tx:
        kept = tx.rule_version("v1")
        assert kept is not None
        assert kept.files == {"a.yaml": "version: 1 # first"}
        assert [(v.version, dict(v.files)) for v in tx.rule_versions(10)] == [("v1", {})]
        assert tx.rule_version("v2") is None


@pytest.mark.parametrize("result", [None, {"same": 1, "changes": []}])
def test_a_trial_is_kept_with_how_far_it_is(store: SqlStore, result: dict[str, object]) -> None:
    run = DryRun(
        id="dry_1",
        version="v1",
        against="v0",
        state="running",
        asked_at=NOW,
        asked_by="admin",
        most=10,
        since=NOW - MINUTE,
        done=1,
        total=2,
        result=result,
    )
    with store.write() as tx:
        tx.save_dry_run(run)
        tx.save_dry_run(run)
    with store.read() as tx:
        assert tx.dry_run("dry_1") == run
        assert [one.id for one in tx.dry_runs(5)] == ["dry_1"]
        assert tx.dry_run("dry_2") is None


def test_tickets_are_found_by_when_they_changed_and_by_their_events(store: SqlStore) -> None:
    first = stores.event()
    with store.write() as tx:
        tx.append([stores.recorded(first)])
        tx.save_incidents([stores.incident(first)])
    with store.read() as tx:
        assert tx.incident_of_event(first.id) == "inc_1"
        assert tx.incident_of_event("evt_none") is None
        assert [i.id for i in tx.incidents_changed(NOW - MINUTE, NOW + MINUTE, 5)] == ["inc_1"]
        assert tx.incidents_changed(NOW + MINUTE, NOW + 2 * MINUTE, 5) == []


def test_a_reason_is_kept_without_what_no_database_takes(url: str, tmp_path: Path) -> None:
    """PostgreSQL refuses a NUL, and a mark that turns a text would mislead whoever reads why."""
    with opened(tmp_path, database_url=url) as desk:
        rules, texts = desk.app.rule_keeping.versions, desk.app.text_versions
        kept = rules.save({"house.yaml": RULES}, by="mei", note="a\0b\u202e")
        put = rules.activate(kept.version, by="mei", reason="calm\0 nights")
        assert (kept.note, put.reason) == ("ab", "calm nights")
        name = "acknowledgement/requester"
        saved = texts.save(name, texts.text(name), by="mei", why="shorter\0", after=0)
        texts.activate(name, saved.version, by="mei", why="now\x1b")
        assert saved.why == "shorter"
        assert [a.why for a in texts.rows.activations(name)] == ["now"]
