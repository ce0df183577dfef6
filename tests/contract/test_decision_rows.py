"""Approvals that wait, and surveys, as rows: moved once, and asked once, on each database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.decision_ports import ApprovalStep
from pipeline.domain.communication import CommunicationState, Reason
from pipeline.domain.message import MessageState
from pipeline.domain.survey import Offer, Survey, SurveyKind, Unasked
from pipeline.ports import Transaction

from .stores import NOW, communication, message

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


def offered(tx: Transaction, one: Survey, *more: str) -> bool:
    """Her own turn, and those of other names that she has."""
    offer = Offer(survey=one, turns=(one.person, *more))
    return tx.offer_surveys([offer], one.asked_at - 30 * DAY) == {one.id}


def test_a_place_is_due_at_its_time_and_moved_by_one_of_two(store: SqlStore) -> None:
    later = step(place=1, due_at=NOW + DAY)
    with store.write() as tx:
        tx.set_approval_steps([step(), later, step(place=2, step="waiting", due_at=None)])
    with store.read() as tx:
        assert tx.due_approval_steps(NOW - timedelta(seconds=1), 10) == []
        assert len(tx.approval_steps("inc_1")) == 3
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

    def asked(name: str) -> bool:
        start.wait()
        with store.write() as tx:
            return offered(tx, survey(name))

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(asked, ["srv_1", "srv_2"])) == [False, True]
    with store.read() as tx:
        assert len(tx.surveys_on(["inc_srv_1", "inc_srv_2"])) == 1


def test_she_is_asked_again_after_thirty_days_and_another_person_at_once(store: SqlStore) -> None:
    def offer(one: Survey) -> bool:
        with store.write() as tx:
            return offered(tx, one)

    assert offer(survey("srv_1"))
    assert offer(survey("srv_2", person="li"))
    assert not offer(survey("srv_3", asked_at=NOW + 29 * DAY))
    assert offer(survey("srv_4", asked_at=NOW + 30 * DAY))
    # Never twice for one round of a ticket.
    assert not offer(survey("srv_5", incident="inc_srv_4", asked_at=NOW + 90 * DAY))


def test_whoever_is_known_by_two_names_is_asked_once(store: SqlStore) -> None:
    """And whoever was asked under one of them keeps the turn of the other."""
    with store.write() as tx:
        assert offered(tx, survey("srv_1"), "adr_1")
        assert not offered(tx, survey("srv_2", person="subscriber:a"), "adr_1")
        assert offered(tx, survey("srv_3", person="subscriber:a"), "adr_2")
        two = [Offer(survey=survey(f"srv_{n}", person=f"p{n}"), turns=("adr_9",)) for n in (4, 5)]
        assert tx.offer_surveys(two, NOW - 30 * DAY) == {"srv_4"}
        assert tx.turns(["wang", "adr_1", "nobody"]) == {"wang": NOW, "adr_1": NOW}


def test_who_was_not_asked_is_kept_once_with_the_first_reason(store: SqlStore) -> None:
    def one(person: str, code: str) -> Unasked:
        return Unasked(
            kind=SurveyKind.INFORMED, incident="inc_1", round=0, person=person, decided_at=NOW,
            reason=Reason(code=code),
        )  # fmt: skip

    with store.write() as tx:
        tx.keep_unasked([one("wang", "survey_asked_lately"), one("li", "survey_gone")])
        tx.keep_unasked([one("wang", "survey_gone")])
    found = store.decisions.unasked("inc_1", 10)
    assert found == [one("li", "survey_gone"), one("wang", "survey_asked_lately")]
    assert store.decisions.unasked("inc_2", 10) == []
    with store.read() as tx:
        assert tx.unasked_of("inc_1", "li") == found[:1]


def test_the_ledger_says_who_was_told_of_the_failure_itself_by_mail(store: SqlStore) -> None:
    """Not who was told before it was declared, of nothing but its withdrawal, elsewhere, or in vain."""
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("li", "update", {}),
        ("lost", "update", {"state": MessageState.REJECTED}),
        ("room", "update", {"channel": "hook"}),
        ("early", "first_contact", {"created_at": NOW - DAY}),
        ("false", "withdrawal", {}),
    ]
    released = CommunicationState.RELEASED
    with store.write() as tx:
        for person, kind, more in told:
            name = f"com_{person}"
            one = communication(name, kind=kind, audience="affected", state=released)
            tx.add_communications([one])
            sent = message(
                f"msg_{person}",
                bundle=name,
                contents=(name,),
                **{"state": MessageState.DELIVERED} | more,
            )
            to = sent.recipient.model_copy(update={"id": person})
            tx.add_messages([sent.model_copy(update={"recipient": to})])
        found = tx.informed(one.incident, "affected", NOW - timedelta(hours=1))
        assert [r.id for r in found] == ["li"]
        assert tx.informed(one.incident, "public", NOW - timedelta(hours=1)) == []


def test_answers_of_each_kind_are_counted_apart(store: SqlStore) -> None:
    informed = {"kind": SurveyKind.INFORMED, "incident": "inc_1"}
    given = [("a", 1, informed), ("b", 5, informed), ("c", 2, {"incident": "inc_1"})]
    with store.write() as tx:
        for person, score, more in given:
            one = survey(f"srv_{person}", person=person, **more)
            offered(tx, one)
            said = {"score": score, "answered_at": NOW, "revision": 1}
            tx.move_survey(one, one.model_copy(update=said))
        assert tx.tally("inc_1", SurveyKind.INFORMED).counts == (1, 0, 0, 0, 1)
        assert [s.person for s in tx.surveys_on(["inc_1"])] == ["c"]
    counted = {s.kind: s.counts for s in store.decisions.scores(NOW.date())}
    assert counted == {
        SurveyKind.INFORMED: (1, 0, 0, 0, 1),
        SurveyKind.REPAIR: (0, 1, 0, 0, 0),
    }
    found = store.decisions.answers(since=NOW - DAY, limit=9, kind=SurveyKind.INFORMED)
    assert {s.person for s in found} == {"a", "b"}


def test_of_two_answers_at_once_one_is_told_to_look_again(store: SqlStore) -> None:
    was = survey()
    said = was.model_copy(update={"score": 2, "answered_at": NOW, "revision": 1})
    with store.write() as tx:
        offered(tx, was)
        assert tx.move_survey(was, said)
        assert not tx.move_survey(was, said.model_copy(update={"score": 5}))
        assert tx.survey("srv_1") == said


def test_answers_are_counted_by_day_group_and_service_and_listed_in_pages(store: SqlStore) -> None:
    given = [(1, "a", 0), (5, "a", 0), (5, "a", 1), (4, None, 1), (3, "a", 40)]
    with store.write() as tx:
        for n, (score, group, days) in enumerate(given):
            one = survey(f"srv_{n}", person=f"p{n}", group=group, service="mail")
            offered(tx, one)
            at = NOW - days * DAY
            said = {"score": score, "answered_at": at, "revision": 1, "comment": "words"}
            tx.move_survey(one, one.model_copy(update=said))
        offered(tx, survey("srv_silent", person="silent"))
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


def test_the_words_of_whoever_is_erased_go_from_every_answer(store: SqlStore) -> None:
    """Also about a failure that somebody else reported. The score stays."""
    with store.write() as tx:
        for one in (survey("srv_1"), survey("srv_2", person="li")):
            assert offered(tx, one)
            said = {"score": 2, "comment": "my number is 555", "answered_at": NOW, "revision": 1}
            assert tx.move_survey(one, Survey.model_validate({**one.model_dump(), **said}))
        tx.forget_person("wang")
        hers, others = tx.survey("srv_1"), tx.survey("srv_2")
    assert hers is not None
    assert others is not None
    assert (hers.score, hers.comment) == (2, None)
    assert others.comment == "my number is 555"
