"""What may the rows of work be relied on for? Claims, leases, fairness, the ledger, alarms: on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.communication import CommunicationState, Lane, Reason
from pipeline.domain.message import MessageState, Outcome
from pipeline.domain.promise import PromiseState

from . import stores
from .stores import (
    LEASE,
    NOW,
    SECOND,
    alarm,
    communication,
    draft,
    finished,
    message,
    promise,
    together,
)


def test_a_due_row_is_claimed_once_and_comes_back_when_its_lease_ends(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_communications([communication(), communication("com_2", due_at=NOW + SECOND)])
    with store.write() as tx:
        assert [c.tries for c in tx.claim_communications(NOW, LEASE, 10)] == [1]
        assert tx.claim_communications(NOW, LEASE, 10) == []
    with store.read() as tx:
        assert tx.next_due("communications") == NOW + SECOND
    with store.write() as tx:
        again = tx.claim_communications(NOW + LEASE, LEASE, 10)
        assert {c.id: c.tries for c in again} == {"com_1": 2, "com_2": 1}


def test_many_who_claim_at_once_share_the_rows(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_communications([communication(f"com_{n}") for n in range(40)])

    def claim(_: int) -> list[str]:
        with store.write() as tx:
            return [c.id for c in tx.claim_communications(NOW, LEASE, 10)]

    claimed = [name for found in together(4, claim) for name in found]
    assert len(claimed) == len(set(claimed))


def test_a_full_lane_starves_no_other(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_communications([communication(f"bulk_{n}", lane=Lane.BULK) for n in range(50)])
        tx.add_communications([communication("late", lane=Lane.ROUTINE, due_at=NOW)])
        assert "late" in [c.id for c in tx.claim_communications(NOW, LEASE, 4)]


def test_leases_end_at_once_for_a_process_that_is_alone(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_communications([communication()])
        tx.add_messages([message()])
        tx.claim_communications(NOW, LEASE, 10)
        tx.claim_messages("mail", NOW, LEASE, 10)
        tx.end_leases(NOW)
        assert len(tx.claim_communications(NOW, LEASE, 10)) == 1
        assert len(tx.abandoned_messages("mail", NOW, 10)) == 1


def test_of_two_who_move_a_row_the_first_one_counts(store: SqlStore) -> None:
    """Two people press at once: the second changes nothing, and learns it."""
    with store.write() as tx:
        tx.add_communications([communication(state=CommunicationState.HELD)])
    with store.write() as tx:
        was = tx.communication("com_1")
        assert was is not None
        assert tx.settle_communication(was, CommunicationState.RELEASED, at=NOW)
        assert not tx.settle_communication(was, CommunicationState.SKIPPED, at=NOW)
        stands = tx.communication("com_1")
    assert stands is not None
    assert stands.state is CommunicationState.RELEASED


def test_a_worker_whose_lease_ran_out_settles_nothing(store: SqlStore) -> None:
    """Another one has the row by then; whose try is the last, his is the result."""
    with store.write() as tx:
        tx.add_communications([communication()])
        first = tx.claim_communications(NOW, LEASE, 10)[0]
        second = tx.claim_communications(NOW + LEASE * 2, LEASE, 10)[0]
        assert not tx.settle_communication(first, CommunicationState.PARKED, at=NOW)
        assert tx.settle_communication(second, CommunicationState.RELEASED, at=NOW)


def test_a_settled_row_is_claimed_no_more_and_tells_what_was_told(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_communications([communication()])
        assert tx.settle_communication(
            communication(),
            CommunicationState.RELEASED,
            at=NOW,
            outcome=Reason(code="released_by_policy"),
            told={"state": "waiting"},
        )
        assert tx.claim_communications(NOW, LEASE, 10) == []
        assert tx.last_told("inc_1", "requester") == ({"state": "waiting"}, NOW)
        assert tx.last_told("inc_1", "group") == ({}, None)
        assert tx.kinds_told("inc_1", "requester") == [("status_change", NOW)]


def test_words_that_wait_or_were_put_aside_are_known_by_their_events(store: SqlStore) -> None:
    """Those of one audience alone; what was told, or was skipped for another reason, is none of them."""
    moves = {
        "held": (CommunicationState.HELD, "held_by_findings"),
        "aside": (CommunicationState.SKIPPED, "discarded_by_person"),
        "told": (CommunicationState.RELEASED, "released_by_policy"),
        "old": (CommunicationState.SKIPPED, "nothing_new"),
    }
    with store.write() as tx:
        for name, (state, code) in moves.items():
            row = communication(name, events=(f"evt_{name}",))
            tx.add_communications([row])
            tx.settle_communication(row, state, at=NOW, outcome=Reason(code=code))
        tx.add_communications([communication("due", events=("evt_due",))])
        kept = {"evt_held", "evt_aside"}
        assert tx.withheld_events("inc_1", "requester", waiting=False) == kept
        assert tx.withheld_events("inc_1", "requester", waiting=True) == {*kept, "evt_due"}
        assert tx.withheld_events("inc_1", "group", waiting=True) == set()


def test_a_message_is_added_once_however_often(store: SqlStore) -> None:
    """Law 3: the key meets itself, also in two transactions at once."""

    def add(_: int) -> int:
        with store.write() as tx:
            return len(tx.add_messages([message()]))

    assert sum(together(4, add)) == 1


def test_an_attempt_is_recorded_before_and_after(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_messages([message()])
    with store.write() as tx:
        [(claimed, attempt)] = tx.claim_messages("mail", NOW, LEASE, 10)
    assert (claimed.state, attempt.outcome) == (MessageState.SENDING, Outcome.STARTED)
    assert store.queries.attempts(["msg_1"])["msg_1"] == [attempt]
    with store.write() as tx:
        tx.finish_attempts([finished(attempt)])
    found = store.queries.message("msg_1")
    assert found is not None
    assert found.state is MessageState.DELIVERED
    [ended] = store.queries.attempts(["msg_1"])["msg_1"]
    assert (ended.outcome, ended.provider_id) == (Outcome.DELIVERED, "q-1")


def test_a_late_end_of_an_old_attempt_undoes_no_newer_one(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_messages([message()])
        [(_, first)] = tx.claim_messages("mail", NOW, LEASE, 10)
        tx.finish_attempts([finished(first, Outcome.RETRYABLE, MessageState.QUEUED, due_at=NOW)])
        [(_, second)] = tx.claim_messages("mail", NOW, LEASE, 10)
        tx.finish_attempts([finished(first, Outcome.RETRYABLE, MessageState.QUEUED, due_at=NOW)])
        assert tx.claim_messages("mail", NOW, LEASE, 10) == []
        tx.finish_attempts([finished(second)])
        tx.finish_attempts([finished(first, Outcome.RETRYABLE, MessageState.QUEUED, due_at=NOW)])
    found = store.queries.message("msg_1")
    assert found is not None
    assert found.state is MessageState.DELIVERED


def test_an_attempt_that_never_ended_is_found_when_its_lease_runs_out(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_messages([message()])
        tx.claim_messages("mail", NOW, LEASE, 10)
        assert tx.abandoned_messages("mail", NOW + LEASE - SECOND, 10) == []
        [(found, attempt)] = tx.abandoned_messages("mail", NOW + LEASE, 10)
    assert (found.id, attempt.n, attempt.outcome) == ("msg_1", 1, Outcome.STARTED)


@pytest.mark.parametrize("to", [MessageState.QUEUED, MessageState.CANCELLED])
def test_of_two_who_move_a_message_the_first_one_counts(store: SqlStore, to: MessageState) -> None:
    """Sent again and put aside at once: one of the two, and the other learns it."""
    with store.write() as tx:
        tx.add_messages([message(state=MessageState.REJECTED)])
        was = tx.message("msg_1")
        assert was is not None
        assert tx.move_message(was, to, NOW)
        assert not tx.move_message(was, MessageState.QUEUED, NOW)
        stands = tx.message("msg_1")
    assert stands is not None
    assert stands.state is to


def test_what_waits_for_no_channel_of_ours_is_counted(store: SqlStore) -> None:
    """A channel that was taken out of the settings keeps its rows."""
    with store.write() as tx:
        tx.add_messages([message()])
    assert store.queries.queued_elsewhere(["mail"]) == {}
    assert store.queries.queued_elsewhere(["webhook"]) == {"mail": 1}


def test_held_messages_move_together_and_no_others(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_messages(
            [message("a", state=MessageState.HELD), message("b", state=MessageState.HELD)]
        )
        tx.add_messages(
            [message("c", bundle="com_2", contents=("com_2",), state=MessageState.HELD)]
        )
        tx.move_messages("com_1", MessageState.HELD, MessageState.QUEUED, NOW)
        assert {m.id for m, _ in tx.claim_messages("mail", NOW, LEASE, 10)} == {"a", "b"}


def test_a_channel_claims_its_own_messages_alone(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_messages([message("a"), message("b", channel="webhook")])
        assert [m.id for m, _ in tx.claim_messages("webhook", NOW, LEASE, 10)] == ["b"]
        assert tx.next_due("messages:mail") == NOW


def test_one_alarm_of_a_key_is_open_at_a_time(store: SqlStore) -> None:
    with store.write() as tx:
        tx.raise_alarm(alarm())
        tx.raise_alarm(alarm(values={"rule": "again"}))
    assert [a.values for a in store.queries.alarms()] == [{"rule": "r1"}]
    with store.write() as tx:
        tx.clear_alarm("rule:r1", NOW)
        tx.raise_alarm(alarm(values={"rule": "anew"}))
    assert [a.values for a in store.queries.alarms()] == [{"rule": "anew"}]


def test_promises_are_due_in_their_order_and_only_while_open(store: SqlStore) -> None:
    later = NOW + timedelta(hours=2)
    with store.write() as tx:
        tx.add_promises(
            [
                promise(),
                promise("pro_2", due_at=later),
                promise("pro_3", state=PromiseState.PENDING),
            ]
        )
        assert tx.due_promises(NOW + timedelta(hours=1), 10) == [promise()]
        tx.save_promises([promise(state=PromiseState.KEPT)])
        assert tx.next_due("promises") == later
        assert [p.id for p in tx.open_promises("inc_1")] == ["pro_2"]


def test_a_draft_made_again_replaces_the_one_before(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_communications([communication()])
        tx.save_drafts([draft(language="en"), draft(language="zh")])
        tx.save_drafts([draft(language="en")])
    assert [d.language for d in store.queries.drafts("com_1")] == ["en", "zh"]


def test_what_waits_to_be_confirmed_says_until_when(store: SqlStore) -> None:
    """The first wait counts, until it ends."""
    with store.write() as tx:
        tx.save_incidents([stores.incident(stores.event())])
        assert tx.confirmation_due("inc_1") is None
        tx.await_confirmation("inc_1", NOW + timedelta(minutes=3))
        tx.await_confirmation("inc_1", NOW + timedelta(minutes=5))
        assert tx.confirmation_due("inc_1") == NOW + timedelta(minutes=3)
        tx.end_confirmation("inc_1")
        assert tx.confirmation_due("inc_1") is None
