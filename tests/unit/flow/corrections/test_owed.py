"""A correction is owed to exactly those who got the wrong statement, and nothing righter since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import Form, Kind
from pipeline.domain.correction import Correction, Statement, Wrong
from pipeline.domain.facts import Fact, ValueKind
from pipeline.domain.message import RECEIVED, Message, MessageState, Recipient
from pipeline.drafting.wrong_values import WrongValues, as_compared
from pipeline.flow.corrections.owed import Ledger, owed
from pipeline.policy.corrections import Corrections
from tests.contract.stores import NOW

HOUR = timedelta(hours=1)
STARTS = {name: NOW - n * HOUR for n, name in enumerate("ABC")}
CAUSES = {"A": "a switch", "B": "a cable", "C": "the database"}
PEOPLE = ("li", "tom", "ann", "kim")
RIGHT = "C"


def fact(attribute: str, name: str) -> Fact:
    kind, values = (
        (ValueKind.TIME, STARTS) if attribute == "started_at" else (ValueKind.TEXT, CAUSES)
    )
    return Fact(
        id=f"f.{attribute}", what="inc", attribute=attribute, kind=kind, value=values[name], at=NOW, event="e"
    )  # fmt: skip


def recipient(name: str) -> Recipient:
    return Recipient(
        kind="person", id=name, name=name, channel="mail", address=f"{name}@example.org",
        language="en", zone="UTC",
    )  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """A text told some facts, and went to somebody at a minute."""

    told: tuple[tuple[str, str], ...]
    to: str
    state: MessageState
    minute: int


@dataclass(frozen=True)
class Righted:
    """A correction of one fact left for somebody at a minute."""

    attribute: str
    right: str
    to: str
    minute: int


TOLD = st.fixed_dictionaries(
    {}, optional={"started_at": st.sampled_from("ABC"), "cause_confirmed": st.sampled_from("ABC")}
).map(lambda told: tuple(sorted(told.items())))
SENT = st.builds(
    Sent,
    told=TOLD,
    to=st.sampled_from(PEOPLE),
    state=st.sampled_from(MessageState),
    minute=st.integers(0, 40).map(lambda n: 2 * n),
)
RIGHTED = st.builds(
    Righted,
    attribute=st.sampled_from(("started_at", "cause_confirmed")),
    right=st.sampled_from("BC"),
    to=st.sampled_from(PEOPLE),
    minute=st.integers(0, 40).map(lambda n: 2 * n + 1),
)
WRONG = {
    attribute: WrongValues(
        known_at=NOW,
        event="e2",
        wrong={as_compared(fact(attribute, name)) for name in "AB"},
        right=fact(attribute, RIGHT),
    )
    for attribute in ("started_at", "cause_confirmed")
}


def ledger(sent: list[Sent], righted: list[Righted]) -> Ledger:
    texts = {one.told: f"text-{n}" for n, one in enumerate(sent)}
    statements = [
        Statement(
            rendition=text, attribute=attribute, incident="inc", audience="affected",
            kind=Kind.UPDATE, at=NOW, fact=fact(attribute, name),
        )
        for told, text in texts.items()
        for attribute, name in told
    ]  # fmt: skip
    messages = [
        Message(
            id=f"msg_{n}", bundle="com", contents=("com",), incident="inc", recipient=recipient(one.to),
            form=Form.MAIL, rendition=texts[one.told], state=one.state, due_at=NOW,
            created_at=NOW + timedelta(minutes=one.minute),
        )
        for n, one in enumerate(sent)
    ]  # fmt: skip
    released = [
        Correction(
            communication=f"cor_{n:03}", incident="inc", audience="affected", known_at=NOW, event="e2",
            items=(item(one),), at=NOW + timedelta(minutes=one.minute), recipients=(recipient(one.to),),
        )
        for n, one in enumerate(sorted(righted, key=lambda r: r.minute))
    ]  # fmt: skip
    return Ledger(statements=statements, messages=messages, released=released)


def item(one: Righted) -> Wrong:
    told, right = fact(one.attribute, "A"), fact(one.attribute, one.right)
    return Wrong(
        attribute=one.attribute, told=told, right=right, told_as=as_compared(told), right_as=as_compared(right)
    )  # fmt: skip


def wrongly_told(who: str, attribute: str, sent: list[Sent], righted: list[Righted]) -> bool:
    """Said once more, in other words than the code's."""
    got = [
        one.minute
        for one in sent
        if one.to == who and one.state in RECEIVED and dict(one.told).get(attribute) in ("A", "B")
    ]
    put_right = [one for one in righted if one.to == who and one.attribute == attribute]
    last = max(put_right, key=lambda one: one.minute, default=None)
    if last is None or last.right != RIGHT:
        return bool(got)
    return any(minute > last.minute for minute in got)


@given(st.lists(SENT, max_size=14), st.lists(RIGHTED, max_size=4, unique_by=lambda r: r.minute))
def test_each_wrong_fact_reaches_exactly_those_who_were_told_it(
    sent: list[Sent], righted: list[Righted]
) -> None:
    found = owed(ledger(sent, righted), WRONG, Corrections())
    told = {(r.id, i.attribute) for one in found for r in one.recipients for i in one.items}
    assert told == {
        (who, attribute)
        for who in PEOPLE
        for attribute in WRONG
        if wrongly_told(who, attribute, sent, righted)
    }


@given(st.lists(SENT, max_size=14))
def test_nobody_gets_two_and_each_reads_what_she_was_told_last(sent: list[Sent]) -> None:
    found = owed(ledger(sent, []), WRONG, Corrections())
    everybody = [r.id for one in found for r in one.recipients]
    assert len(everybody) == len(set(everybody))
    for one in found:
        for who in one.recipients:
            for wrong in one.items:
                mine = [
                    (s.minute, n, dict(s.told)[wrong.attribute])
                    for n, s in enumerate(sent)
                    if s.to == who.id and s.state in RECEIVED
                    and dict(s.told).get(wrong.attribute) in ("A", "B")
                ]  # fmt: skip
                latest = {name for minute, _, name in mine if minute == max(mine)[0]}
                assert wrong.told_as in {as_compared(fact(wrong.attribute, n)) for n in latest}
