"""What may the rows of calls to chat models be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.prose import Step
from pipeline.model_ports import KeptCall, Spent, Turn

from .stores import NOW, SECOND, together

DAY = timedelta(days=1)


def call(name: str = "call_1", **changed: Any) -> KeptCall:
    usual: dict[str, Any] = {
        "id": name,
        "at": NOW,
        "step": Step.MODEL,
        "model": "small",
        "purpose": "summary",
        "of": "sum_1",
        "incident": "inc_1",
        "audience": "technician",
        "prompt": "p1",
        "material": "m1",
        "tokens_in": 100,
        "tokens_out": 20,
        "money": 0.5,
        "seconds": 1.5,
        "asked": (Turn(speaker="system", text="Do."), Turn(speaker="human", text="写：{x}")),
        "answer": '{"title": "x"}',
        "failed": None,
    }
    return KeptCall(**usual | changed)


def keep(store: SqlStore, *calls: KeptCall, purses: tuple[str, ...] = (), **spent: Any) -> None:
    with store.write() as tx:
        for one in calls:
            tx.keep_call(one, Spent(**spent), purses)


def answer(store: SqlStore, **changed: Any) -> KeptCall | None:
    same: dict[str, Any] = {"step": Step.MODEL, "model": "small", "prompt": "p1", "material": "m1"}
    return store.model_calls.answer_to(**same | changed)


def test_a_call_is_read_back_as_it_was(store: SqlStore) -> None:
    """Whole by its id; without texts in a list, which may be long."""
    kept, other = call(), call("call_2", at=NOW + SECOND, asked=None, answer=None, failed="late")
    keep(store, kept, other)
    assert store.model_calls.call("call_1") == kept
    assert store.model_calls.call("call_3") is None
    listed = store.model_calls.calls().calls
    assert [one.id for one in listed] == ["call_2", "call_1"]
    assert (listed[0], listed[1].answer, listed[1].asked) == (other, None, None)


def test_what_no_database_takes_is_kept_all_the_same(store: SqlStore) -> None:
    """Half a character or a zero in an answer must not cost the row of the call."""
    keep(store, call(answer="a\x00b\ud800", asked=(Turn(speaker="human", text="\ud800\x00"),)))
    found = store.model_calls.call("call_1")
    assert found is not None
    assert found.answer == "a\ufffdb?"


def test_what_was_spent_is_added_up_in_each_purse(store: SqlStore) -> None:
    """A new purse is empty; nobody else's is touched."""
    purses = ("day:2026-08-24", "incident:inc_1")
    keep(store, call(), call("call_2"), purses=purses, calls=1, tokens=5, money=0.25, seconds=1.0)
    spent = store.model_calls.spent([*purses, "day:2026-08-25"])
    assert spent[purses[0]] == spent[purses[1]] == Spent(calls=2, tokens=10, money=0.5, seconds=2.0)
    assert spent["day:2026-08-25"] == Spent()


def test_of_many_who_pay_at_once_each_counts(store: SqlStore) -> None:
    """Whatever order they name the purses in."""
    purses = ("a", "b", "c")

    def pay(n: int) -> None:
        named = purses if n % 2 else purses[::-1]
        keep(store, call(f"call_{n}"), purses=named, calls=1, tokens=3)

    assert together(8, pay) == [None] * 8
    assert {s.tokens for s in store.model_calls.spent(purses).values()} == {24}


def test_a_call_and_what_it_took_are_kept_together(store: SqlStore) -> None:
    """Or neither is (law 1)."""
    with pytest.raises(ZeroDivisionError), store.write() as tx:
        tx.keep_call(call(), Spent(calls=1), ["a"])
        raise ZeroDivisionError
    assert store.model_calls.call("call_1") is None
    assert store.model_calls.spent(["a"])["a"] == Spent()


@pytest.mark.parametrize(
    "changed",
    [{"step": Step.SECOND_MODEL}, {"model": "other"}, {"prompt": "p2"}, {"material": "m2"}],
    ids=str,
)
def test_an_answer_is_found_for_the_same_question_alone(
    store: SqlStore, changed: dict[str, Any]
) -> None:
    """The newest, and never a failure or one whose text is gone."""
    keep(store, call(), call("call_2", at=NOW + SECOND), call("call_3", answer=None, failed="late"))
    found = answer(store)
    assert found is not None
    assert found.id == "call_2"
    assert answer(store, **changed) is None


def test_texts_go_when_their_days_are_over_and_rows_stay(store: SqlStore) -> None:
    """The oldest first, no more than were asked for; purses that are not used any more go with them."""
    for n in range(4):
        keep(store, call(f"call_{n}", at=NOW + n * DAY), purses=(f"day:{n}",), calls=1)
    assert store.model_calls.oldest_text() == NOW
    with store.write() as tx:
        assert tx.forget_call_texts(NOW + 3 * DAY, 2) == 2
        assert tx.forget_call_texts(NOW + 3 * DAY, 2) == 1
        assert tx.forget_call_texts(NOW + 3 * DAY, 2) == 0
    assert store.model_calls.oldest_text() == NOW + 3 * DAY
    calls = [store.model_calls.call(f"call_{n}") for n in range(4)]
    assert [one.answer is not None for one in calls if one] == [False, False, False, True]
    assert {one.tokens_in for one in calls if one} == {100}
    spent = store.model_calls.spent([f"day:{n}" for n in range(4)])
    assert [one.calls for one in spent.values()] == [0, 0, 0, 1]


def test_pages_of_the_list_leave_out_nothing(store: SqlStore) -> None:
    """Also of calls of one moment, and of one incident among others."""
    keep(store, *(call(f"call_{n}", incident=f"inc_{n % 2}") for n in range(5)))
    seen, after = [], None
    for _ in range(3):
        page = store.model_calls.calls(limit=2, after=after)
        seen += [one.id for one in page.calls]
        after = page.after
    assert seen == [f"call_{n}" for n in (4, 3, 2, 1, 0)]
    assert after is None
    assert [one.id for one in store.model_calls.calls(incident="inc_1").calls] == [
        "call_3",
        "call_1",
    ]
