"""What becomes of a message after an attempt, and when is it tried again?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.retry import BACKOFF, abandoned, next_try, outcome_of
from pipeline.domain.communication import Form
from pipeline.domain.errors import Ambiguous, ChannelError, Rejected, Retryable
from pipeline.domain.keys import message_key
from pipeline.domain.message import Attempt, Message, MessageState, Outcome, Receipt, Recipient

AT = datetime(2026, 8, 24, 10, 2, tzinfo=UTC)
KEY = message_key("com_1", 1, "person:wang", "mail")


def message(created_at: datetime = AT) -> Message:
    wang = Recipient(
        kind="person",
        id="wang",
        name="王小林",
        channel="mail",
        address="wang@example.org",
        language="zh",
        zone="Asia/Shanghai",
    )
    return Message(
        id=KEY,
        bundle="com_1",
        contents=("com_1",),
        incident="inc_1",
        recipient=wang,
        form=Form.MAIL,
        rendition="com_1.1.zh.mail",
        due_at=created_at,
        created_at=created_at,
    )


def attempt(n: int = 1) -> Attempt:
    return Attempt(message=KEY, n=n, started_at=AT)


@pytest.mark.parametrize(
    ("ended", "idempotent", "n", "outcome", "state"),
    [
        (Receipt(provider_id="7"), False, 1, Outcome.DELIVERED, MessageState.DELIVERED),
        (Rejected("no such person"), True, 1, Outcome.REJECTED, MessageState.REJECTED),
        (Retryable("away"), False, 1, Outcome.RETRYABLE, MessageState.QUEUED),
        (Retryable("away"), True, 60, Outcome.RETRYABLE, MessageState.PARKED),
        (Ambiguous("lost"), True, 1, Outcome.AMBIGUOUS, MessageState.QUEUED),
        (Ambiguous("lost"), True, 60, Outcome.AMBIGUOUS, MessageState.MAYBE_SENT),
        (Ambiguous("lost"), False, 1, Outcome.AMBIGUOUS, MessageState.MAYBE_SENT),
        (KeyError("hunter2"), False, 1, Outcome.AMBIGUOUS, MessageState.MAYBE_SENT),
        (KeyError("hunter2"), True, 1, Outcome.AMBIGUOUS, MessageState.QUEUED),
    ],
)
def test_how_an_attempt_ended_moves_its_message(
    ended: Receipt | Exception, idempotent: bool, n: int, outcome: Outcome, state: MessageState
) -> None:
    now = AT + timedelta(seconds=3)
    finished = outcome_of(ended, message(), attempt(n), idempotent=idempotent, now=now)
    assert (finished.attempt.outcome, finished.state) == (outcome, state)
    assert finished.attempt.finished_at == now
    assert (finished.attempt.message, finished.attempt.n) == (KEY, n)
    assert (finished.due_at is not None) == (state is MessageState.QUEUED)
    assert finished.due_at is None or finished.due_at > now
    assert "hunter2" not in finished.attempt.detail


def test_a_receipt_is_kept() -> None:
    receipt = Receipt(provider_id="7", detail="250 queued")
    closed = outcome_of(receipt, message(), attempt(), idempotent=False, now=AT).attempt
    assert (closed.provider_id, closed.detail) == ("7", "250 queued")


@pytest.mark.parametrize(
    ("idempotent", "state"), [(True, MessageState.QUEUED), (False, MessageState.MAYBE_SENT)]
)
def test_a_crash_between_the_records(idempotent: bool, state: MessageState) -> None:
    finished = abandoned(message(), attempt(), channel_idempotent=idempotent, now=AT)
    assert (finished.attempt.outcome, finished.state) == (Outcome.AMBIGUOUS, state)
    assert finished.attempt.detail


def test_a_message_that_kills_its_process_is_not_tried_for_ever() -> None:
    finished = abandoned(message(), attempt(BACKOFF.most_tries), channel_idempotent=True, now=AT)
    assert finished.state is MessageState.MAYBE_SENT


@pytest.mark.parametrize(
    ("n", "age", "state"),
    [
        (1, timedelta(days=3), MessageState.QUEUED),  # we were away, not the far side
        (4, timedelta(days=3), MessageState.QUEUED),
        (5, timedelta(days=3), MessageState.PARKED),
        (30, timedelta(hours=12), MessageState.QUEUED),
        (30, timedelta(hours=24), MessageState.PARKED),
        (60, timedelta(hours=1), MessageState.PARKED),
    ],
)
def test_when_it_is_given_up(n: int, age: timedelta, state: MessageState) -> None:
    finished = outcome_of(
        Retryable("away"), message(AT - age), attempt(n), idempotent=False, now=AT
    )
    assert finished.state is state


def test_tried_for_a_day_and_never_more_often_than_the_limit() -> None:
    waited, tries = timedelta(), 1
    while (wait := next_try(tries, Retryable("away"), key=KEY, age=waited)) is not None:
        waited, tries = waited + wait, tries + 1
    assert timedelta(hours=18) < waited <= BACKOFF.within
    assert tries <= BACKOFF.most_tries


@pytest.mark.parametrize(
    ("named", "least", "most"),
    [
        (None, 3.75, 5),
        (120.0, 120, 120),
        (1.0, 3.75, 5),
        (-9.0, 3.75, 5),
        (float("nan"), 3.75, 5),
        (float("inf"), 21600, 21600),
        (1e300, 21600, 21600),
    ],
)
def test_a_named_time_is_honoured_within_bounds(
    named: float | None, least: float, most: float
) -> None:
    wait = next_try(1, Retryable("away", retry_after=named), key=KEY)
    assert wait is not None
    assert least <= wait.total_seconds() <= most


errors = st.one_of(
    st.builds(Retryable, st.just("away"), retry_after=st.none() | st.floats()),
    st.builds(Ambiguous, st.just("lost")),
)


@given(
    tries=st.integers(min_value=1, max_value=10**6),
    error=errors,
    key=st.text(max_size=40),
    age=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000)),
)
def test_a_wait_is_bounded_and_the_same_in_a_replay(
    tries: int, error: ChannelError, key: str, age: timedelta
) -> None:
    wait = next_try(tries, error, key=key, age=age)
    assert wait == next_try(tries, error, key=key, age=age)
    if wait is None:
        assert tries >= BACKOFF.fewest_tries
    else:
        assert tries < BACKOFF.most_tries
        assert BACKOFF.first * (1 - BACKOFF.jitter) <= wait <= BACKOFF.longest_named


@given(tries=st.integers(min_value=1, max_value=59), key=st.text(max_size=40))
def test_without_a_named_time_the_longest_wait_holds(tries: int, key: str) -> None:
    wait = next_try(tries, Ambiguous("lost"), key=key)
    assert wait is not None
    assert wait <= BACKOFF.longest


def test_keys_spread_what_failed_together() -> None:
    waits = {next_try(8, Retryable("away"), key=f"msg_{n}") for n in range(100)}
    assert len(waits) == 100


@given(st.integers(min_value=1), st.text(min_size=1), st.text(min_size=1))
def test_a_key_is_the_same_for_the_same_parts_only(n: int, recipient: str, channel: str) -> None:
    key = message_key("com_1", n, recipient, channel)
    assert key == message_key("com_1", n, recipient, channel)
    assert key != message_key("com_1", n + 1, recipient, channel)
