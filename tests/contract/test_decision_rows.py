"""Approvals that wait, and surveys, as rows: moved once, and asked once, on each database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.decision_ports import ApprovalStep
from pipeline.domain.survey import Survey

from .. import postgres as postgresql
from . import stores
from .stores import NOW

postgres = postgresql.postgres
migrated_sqlite, migrated_postgres = stores.migrated_sqlite, stores.migrated_postgres
url, store = stores.url, stores.store

DAY = timedelta(days=1)


def step(**changed: Any) -> ApprovalStep:
    usual: dict[str, Any] = {
        "incident": "inc_1",
        "approval": "a1",
        "place": 0,
        "step": "remind",
        "due_at": NOW,
        "since": NOW - DAY,
    }
    return ApprovalStep(**usual | changed)


def survey(name: str = "srv_1", **changed: Any) -> Survey:
    usual: dict[str, Any] = {
        "id": name,
        "incident": f"inc_{name}",
        "round": 0,
        "person": "wang",
        "asked_at": NOW,
        "expires_at": NOW + 14 * DAY,
    }
    return Survey(**usual | changed)


def test_a_place_is_due_at_its_time_and_moved_by_one_of_two(store: SqlStore) -> None:
    later = step(place=1, due_at=NOW + DAY)
    with store.write() as tx:
        tx.set_approval_steps([step(), later, step(place=2, step="waiting", due_at=None)])
    with store.read() as tx:
        assert tx.due_approval_steps(NOW - timedelta(seconds=1), 10) == []
        assert tx.due_approval_steps(NOW, 10) == [step()]
        assert tx.due_approval_steps(NOW + DAY, 1) == [step()]
        assert tx.next_due("approvals") == NOW
    after = replace(step(), step="escalate", due_at=NOW + DAY)
    with store.write() as tx:
        assert tx.move_approval_step(step(), after)
        assert not tx.move_approval_step(step(), after)
    with store.write() as tx:
        tx.end_approval_steps("inc_1", "a1", [0])
        assert tx.due_approval_steps(NOW + DAY, 10) == [later]
        tx.end_approval_steps("inc_1", "a1")
        assert tx.next_due("approvals") is None


def test_what_is_awaited_is_listed_in_the_order_of_asking(store: SqlStore) -> None:
    """Also what nobody is reminded of any more."""
    first = step(approval="a2", step="waiting", due_at=None, since=NOW - 2 * DAY)
    with store.write() as tx:
        tx.set_approval_steps([step(), first])
    assert store.decisions.awaited() == [first, step()]
    assert store.decisions.awaited(1) == [first]


def test_two_tickets_of_a_person_resolved_at_once_ask_her_once(store: SqlStore) -> None:
    start = Barrier(2)

    def offered(name: str) -> bool:
        start.wait()
        with store.write() as tx:
            return tx.offer_survey(survey(name), NOW - 30 * DAY)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(offered, ["srv_1", "srv_2"])) == [False, True]
    with store.read() as tx:
        assert len(tx.surveys_on(["inc_srv_1", "inc_srv_2"])) == 1


def test_she_is_asked_again_after_thirty_days_and_another_person_at_once(store: SqlStore) -> None:
    def offer(one: Survey) -> bool:
        with store.write() as tx:
            return tx.offer_survey(one, one.asked_at - 30 * DAY)

    assert offer(survey("srv_1"))
    assert offer(survey("srv_2", person="li"))
    assert not offer(survey("srv_3", asked_at=NOW + 29 * DAY))
    assert offer(survey("srv_4", asked_at=NOW + 30 * DAY))
    # Never twice for one round of a ticket.
    assert not offer(survey("srv_5", incident="inc_srv_4", asked_at=NOW + 90 * DAY))


def test_of_two_answers_at_once_one_is_told_to_look_again(store: SqlStore) -> None:
    was = survey()
    said = was.model_copy(update={"score": 2, "answered_at": NOW, "revision": 1})
    with store.write() as tx:
        tx.offer_survey(was, NOW - 30 * DAY)
        assert tx.move_survey(was, said)
        assert not tx.move_survey(was, said.model_copy(update={"score": 5}))
        assert tx.survey("srv_1") == said


def test_answers_are_counted_by_day_group_and_service_and_listed_in_pages(store: SqlStore) -> None:
    given = [(1, "a", 0), (5, "a", 0), (5, "a", 1), (4, None, 1), (3, "a", 40)]
    with store.write() as tx:
        for n, (score, group, days) in enumerate(given):
            one = survey(f"srv_{n}", person=f"p{n}", group=group, service="mail")
            tx.offer_survey(one, NOW - 30 * DAY)
            at = NOW - days * DAY
            said = {"score": score, "answered_at": at, "revision": 1, "comment": "words"}
            tx.move_survey(one, one.model_copy(update=said))
        tx.offer_survey(survey("srv_silent", person="silent"), NOW - 30 * DAY)
    since = (NOW - 7 * DAY).date()
    found = {(s.day, s.group): s.counts for s in store.decisions.scores(since)}
    day, before = NOW.date(), (NOW - DAY).date()
    assert found == {
        (day, "a"): (1, 0, 0, 0, 1),
        (before, "a"): (0, 0, 0, 0, 1),
        (before, None): (0, 0, 0, 1, 0),
    }
    answers = store.decisions.answers
    week = NOW - 7 * DAY
    first = answers(since=week, limit=2)
    assert [s.id for s in first] == ["srv_1", "srv_0"]
    assert [s.id for s in answers(since=week, limit=2, after="srv_0")] == ["srv_3", "srv_2"]
    assert [s.id for s in answers(since=week, limit=9, most_score=2)] == ["srv_0"]
