"""Messages that wait for their reader's time, on each database: found when it comes, all of one reader's together."""

from __future__ import annotations

from datetime import timedelta

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.communication import Reason
from pipeline.domain.message import Message, MessageState

from . import stores

NOW = stores.NOW
HOUR = timedelta(hours=1)


def waiting(name: str, hours: int) -> Message:
    return stores.message(
        name,
        state=MessageState.WAITING,
        due_at=NOW + hours * HOUR,
        waits=Reason(code="quiet_hours", values={"promised_at": "2026-08-25T07:00:00Z"}),
    )


def test_what_waits_is_no_senders_until_its_time(store: SqlStore) -> None:
    """It is due for the one who bundles, and keeps its reason."""
    with store.write() as tx:
        tx.add_messages([waiting("msg_1", 1), waiting("msg_2", 2), stores.message("msg_3")])
    with store.write() as tx:
        assert tx.next_due("waiting") == NOW + HOUR
        assert [m.id for m, _ in tx.claim_messages("mail", NOW + 9 * HOUR, HOUR, 9)] == ["msg_3"]
        assert tx.due_to_wait_no_more(NOW, 9) == []
        due = tx.due_to_wait_no_more(NOW + HOUR, 9)
        assert [m.id for m in due] == ["msg_1"]
        assert due[0].waits == waiting("msg_1", 1).waits
        assert [m.id for m in tx.waiting_for("person:wang", "mail")] == ["msg_1", "msg_2"]
        assert tx.waiting_for("person:chen", "mail") == []
        assert tx.move_message(due[0], MessageState.QUEUED, NOW + HOUR)
        assert not tx.move_message(due[0], MessageState.QUEUED, NOW + HOUR)
        assert tx.next_due("waiting") == NOW + 2 * HOUR


def test_a_reader_was_told_what_left_and_not_what_waits(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_messages([waiting("msg_1", 1), stores.message("msg_2"), stores.message("msg_3")])
    with store.read() as tx:
        assert tx.recently_told(["person:wang"], NOW - HOUR) == {"person:wang": [NOW, NOW]}
        assert tx.recently_told(["person:wang"], NOW + HOUR) == {}
        assert tx.recently_told([], NOW) == {}
