"""What may the rows of conversations and summaries be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.communication import Reason
from pipeline.domain.conversation import KeptConversation
from pipeline.domain.facts import Fact, Level, ValueKind
from pipeline.domain.prose import Length, Quoted, Step
from pipeline.domain.summary import Edited, Moved, Shown, Summary, SummaryState, Written

from .stores import NOW, together


def conversation(id_: str = "cnv_1", **changed: Any) -> KeptConversation:
    usual: dict[str, Any] = {
        "id": id_,
        "incident": "inc_1",
        "digest": id_.ljust(64, "0"),
        "name": "outage.eml",
        "format": "mail",
        "zone": "Asia/Shanghai",
        "lines": 3,
        "octets": 120,
        "problems": (Reason(code="log_dropped", values={"count": "2", "of": ""}),),
        "first_at": NOW - timedelta(hours=1),
        "added_at": NOW,
        "added_by": "chen",
    }
    return KeptConversation(**usual | changed)


def summary(id_: str = "sum_1", **changed: Any) -> Summary:
    fact = Fact(
        id="f.state",
        what="inc_1",
        attribute="state",
        kind=ValueKind.STATE,
        value="waiting.approval",
        level=Level.AFFECTED,
        at=NOW,
        event="evt_1",
    )
    ahead = fact.model_copy(
        update={"id": "f.expected_at", "kind": ValueKind.TIME, "value": NOW + timedelta(hours=1)}
    )
    said = Quoted(id="cnv_1.2", n=2, at=None, speaker="陈力", text="重启后仍闪退")
    sentence = Shown(section="open", text="It waits.", rests_on=("f.state", "cnv_1.2"))
    usual: dict[str, Any] = {
        "id": id_,
        "incident": "inc_1",
        "version": 3,
        "audience": "technician",
        "kind": "technician",
        "language": "en",
        "length": Length.NORMAL,
        "draft": Written(sentences=(sentence,), text="It waits."),
        "facts": (fact, ahead),
        "lines": (said,),
        "step": Step.EXTRACTION,
        "as_of": NOW,
        "made_at": NOW,
        "by": "chen",
    }
    return Summary(**usual | changed)


def add(store: SqlStore, *kept: KeptConversation) -> list[bool]:
    with store.write() as tx:
        return [tx.add_conversation(one, b"files", b"lines") for one in kept]


def test_a_conversation_comes_back_as_it_was_kept(store: SqlStore) -> None:
    """With its files and lines, octet by octet; of an unknown one there is nothing."""
    octets = bytes(range(256))
    with store.write() as tx:
        assert tx.add_conversation(conversation(), octets, octets[::-1])
    with store.read() as tx:
        assert tx.conversation("cnv_1") == conversation()
        assert tx.conversation_files("cnv_1") == octets
        assert tx.conversation_lines("cnv_1") == octets[::-1]
        assert tx.conversation("cnv_2") is None
        assert tx.conversation_files("cnv_2") is None


def test_the_same_log_twice_is_one(store: SqlStore) -> None:
    """For one ticket; another one may have it too."""
    again = conversation("cnv_2", digest=conversation().digest)
    other = conversation("cnv_3", digest=conversation().digest, incident="inc_2")
    assert add(store, conversation(), again, other) == [True, False, True]
    with store.read() as tx:
        assert [c.id for c in tx.conversations("inc_1")] == ["cnv_1"]


def test_of_two_who_add_it_at_once_one_does(store: SqlStore) -> None:
    done = together(4, lambda n: add(store, conversation(f"cnv_{n}", digest="d"))[0])
    assert sorted(done) == [False, False, False, True]


def test_conversations_are_listed_in_the_order_in_which_they_came(store: SqlStore) -> None:
    later = conversation("cnv_0", added_at=NOW + timedelta(minutes=1))
    add(store, later, conversation("cnv_2"), conversation("cnv_1"))
    with store.read() as tx:
        assert [c.id for c in tx.conversations("inc_1")] == ["cnv_1", "cnv_2", "cnv_0"]


def test_a_deleted_conversation_leaves_nothing(store: SqlStore) -> None:
    """And can be added again."""
    add(store, conversation())
    with store.write() as tx:
        assert tx.delete_conversation("cnv_1")
        assert not tx.delete_conversation("cnv_1")
    with store.read() as tx:
        assert tx.conversation_lines("cnv_1") is None
    assert add(store, conversation()) == [True]


def test_a_summary_comes_back_as_it_was_kept(store: SqlStore) -> None:
    """With facts, of which times are times, quoted lines and every sentence."""
    with store.write() as tx:
        tx.add_summary(summary())
    with store.read() as tx:
        assert tx.summary("sum_1") == summary()
        assert tx.summary("sum_2") is None


def test_summaries_are_listed_newest_first(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_summary(summary("sum_1"))
        tx.add_summary(summary("sum_2", made_at=NOW + timedelta(seconds=1)))
        tx.add_summary(summary("sum_3", incident="inc_2"))
    with store.read() as tx:
        assert [s.id for s in tx.summaries("inc_1")] == ["sum_2", "sum_1"]
        assert [s.id for s in tx.summaries("inc_1", limit=1)] == ["sum_2"]
        assert [s.id for s in tx.summaries("inc_1", older_than=summary("sum_2"))] == ["sum_1"]
        assert tx.summaries("inc_1", older_than=summary("sum_1")) == []


def test_a_summary_moves_only_from_where_it_was_seen(store: SqlStore) -> None:
    """Of two who edit at once the first counts, and the second is told."""
    was = summary()
    edited = Edited(written=Written(text="Mine"), by="chen", at=NOW)
    now = was.model_copy(update={"revision": 2, "edited": edited})
    with store.write() as tx:
        tx.add_summary(was)
        assert tx.move_summary(was, now)
        assert not tx.move_summary(was, now)
    released = now.model_copy(
        update={"state": SummaryState.RELEASED, "moved": Moved(by="chen", at=NOW)}
    )
    with store.write() as tx:
        assert tx.move_summary(now, released)
        assert not tx.move_summary(now, released)
    with store.read() as tx:
        assert tx.summary("sum_1") == released


def test_a_summary_without_an_incident_is_no_row(store: SqlStore) -> None:
    """It was about a conversation alone, and nothing of it is to stay."""
    with pytest.raises(IntegrityError), store.write() as tx:
        tx.add_summary(summary(incident=None))
