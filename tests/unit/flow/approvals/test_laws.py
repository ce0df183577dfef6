"""Whatever happens to approvals, in whatever order: decided once, asked once, and nobody is told after the end."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain.approvals import Approval, ApprovalState
from pipeline.domain.communication import CommunicationState, Kind
from pipeline.domain.decision_events import ApprovalDecided
from pipeline.domain.errors import Refused
from pipeline.domain.events import Event

from .approvers import HOUR, Asking, approving, ask

PEOPLE = ["zhao", "sun", "boss", "duty", "away", "alone", "gone", "nobody"]
people = st.sampled_from(PEOPLE)
steps = st.one_of(
    st.tuples(st.just("decide"), people, st.booleans()),
    st.tuples(st.just("desk"), people, st.booleans()),
    st.tuples(st.just("two at once"), people, people),
    st.tuples(st.just("substitute"), people, people),
    st.tuples(st.just("wait"), st.integers(1, 30), st.just(0)),
    st.tuples(st.just("withdraw"), people, st.just(0)),
    st.tuples(st.just("close"), st.just(""), st.just(0)),
)


def act(desk: Asking, what: str, one: object, other: object) -> None:
    """One step; what is refused changes nothing."""
    acts, ticket = desk.app.deciding.approvals, desk.incident.id
    with suppress(Refused):
        if what == "decide":
            acts.decide(ticket, "a1", by=str(one), approved=bool(other), where="link")
        elif what == "desk":
            desk.send("approval_decided", approval="a1", approved=bool(other), by={"id": one})
        elif what == "two at once":
            # Neither sees what the other did: no worker runs in between.
            with suppress(Refused):
                acts.decide(ticket, "a1", by=str(one), approved=True, where="link")
            acts.decide(ticket, "a1", by=str(other), approved=False, where="console")
        elif what == "substitute":
            acts.substitute(ticket, "a1", of=str(one), to=str(other), by="chen")
        elif what == "withdraw":
            acts.withdraw(ticket, "a1", by=str(one))
        elif what == "close":
            desk.send("closed", silent=True)
    desk.wait(int(str(one)) * HOUR if what == "wait" else 0)


def approval_after(desk: Asking) -> Approval:
    return desk.incident.approvals[0]


def test_laws_hold_over_random_histories(tmp_path_factory: object) -> None:
    """Over one installation, with a ticket for each history."""
    folder = tmp_path_factory.mktemp("laws")  # type: ignore[attr-defined]
    with approving(Path(folder)) as desk:
        _hold(desk)


def _hold(desk: Asking) -> None:
    @settings(
        max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(
        st.lists(people, min_size=1, max_size=3, unique=True),
        st.sampled_from(["any", "all"]),
        st.lists(steps, max_size=8),
    )
    def laws(asked: list[str], mode: str, history: list[tuple[str, object, object]]) -> None:
        desk.begin()
        ask(desk, *asked, mode=mode)
        ended: Approval | None = None
        told = 0
        for step in history:
            act(desk, *step)
            now = approval_after(desk)
            if ended is not None:
                assert now == ended
                assert len(requests(desk)) == told
            elif not now.is_open:
                ended, told = now, len(requests(desk))
        desk.send("closed", silent=True)
        desk.wait(100 * HOUR)
        told_once(desk)
        decided_once(desk)
        with desk.app.store.read() as tx:
            assert tx.next_due("approvals") is None

    laws()


def test_a_second_word_in_a_place_counts_for_nothing(tmp_path: Path) -> None:
    """Of two who must both agree the first agreed, and then the desk says that she refused."""
    with approving(tmp_path) as desk:
        desk.begin()
        ask(desk, "zhao", "sun", mode="all")
        for step in (("desk", "zhao", True), ("desk", "zhao", False), ("desk", "sun", True)):
            act(desk, *step)
        assert approval_after(desk).state is ApprovalState.APPROVED
        decided_once(desk)


def requests(desk: Asking) -> list[tuple[str, str]]:
    """(person, why) of each request that left."""
    return [
        (c.to or "", c.reason.code)
        for c in desk.app.queries.communications(desk.incident.id)
        if c.kind is Kind.APPROVAL_REQUEST and c.state is CommunicationState.RELEASED
    ]


def told_once(desk: Asking) -> None:
    """Each whose turn it became was asked once for each time that it became theirs, and reminded once at most."""
    stream: list[Event] = desk.app.queries.stream(desk.incident.id)
    turns: Counter[str] = Counter()
    for event in stream:
        if event.name == "approval_asked":
            turns.update(one.id for one in event.data.approvers)  # type: ignore[attr-defined]
        if event.name == "approval_passed_on":
            turns[event.data.to] += 1  # type: ignore[attr-defined]
    asked = Counter(person for person, why in requests(desk) if why != "approval_due")
    again = Counter(person for person, why in requests(desk) if why == "approval_due")
    assert all(n <= turns[person] for person, n in asked.items())
    assert all(n <= turns[person] for person, n in again.items())


def decided_once(desk: Asking) -> None:
    """The requester hears of one outcome at most, and the word that ended it is the first that could. A second word
    in a place that has its own already counts for nothing."""
    told = [
        c
        for c in desk.app.queries.communications(desk.incident.id)
        if c.kind is Kind.APPROVAL_DECISION and c.audience == "requester"
    ]
    assert len(told) <= 1
    known = approval_after(desk)
    assert bool(told) == (known.decision is not None)
    if known.decision is not None:
        stream = desk.app.queries.stream(desk.incident.id)
        words = [e for e in stream if isinstance(e.data, ApprovalDecided)]
        ending = next(n for n, e in enumerate(words) if e.id == known.decision.event)
        votes = {place.vote.event for place in known.places if place.vote is not None}
        before = [word.data for word in words[:ending] if word.id in votes]
        assert all(data.approved for data in before if isinstance(data, ApprovalDecided))
