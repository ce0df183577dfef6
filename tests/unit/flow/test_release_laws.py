"""Over random histories of votes, waits and second thoughts: never without the agreements that the rule asks for,
never after a veto, and at most once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain.agreement import Ballot, Voter
from pipeline.domain.communication import Communication, CommunicationState, Kind
from pipeline.domain.errors import Refused

from .desk import MINUTE, Desk
from .releases import releasing

ENTRIES = (
    {"id": "p1", "mode": "two_persons", "audiences": ["affected"], "severities": ["P1"], "ask": "incident-managers", "within": "7m"},
    {"id": "p2", "mode": "unless_vetoed", "audiences": ["affected"], "severities": ["P2"], "within": "10m"},
    {"id": "p3", "mode": "one_person", "audiences": ["affected"], "severities": ["P3"], "within": "8m", "lapse": "discard"},
)  # fmt: skip
VOTERS = {
    "mei": Voter(id="mei", via="console"),
    "noor": Voter(id="noor", via="link"),
    "tech": Voter(id="tech", via="console"),
    "token": Voter(id="token:a", via="api", person=False),
    "other": Voter(id="token:b", via="api", person=False),
}
_WAIT = 10 * MINUTE
act = st.one_of(
    st.tuples(st.just("vote"), st.sampled_from(sorted(VOTERS)), st.sampled_from(list(Ballot))),
    st.tuples(st.just("wait"), st.integers(1, 12), st.none()),
    st.tuples(st.sampled_from(["retry", "discard"]), st.none(), st.none()),
)


class History:
    """One incident, and what was said about each of its texts before it left."""

    def __init__(self, desk: Desk, n: int, severity: str) -> None:
        self.desk, self.number, self.severity = desk, f"T-{n}", severity
        self.said: dict[str, list[tuple[str, Ballot]]] = {}
        data = {"severity": severity, "impact": "degraded", "service": "crm", "by": {"id": "mei"}}
        event = desk.event("x", self.number, **data)
        desk.accept(event | {"type": "heliograph.incident.declared.v1"})
        desk.settle()

    @property
    def texts(self) -> list[Communication]:
        found = self.desk.app.queries.incident(self.number)
        assert found is not None
        told = self.desk.app.queries.communications(found.id)
        return [c for c in told if c.audience == "affected" and c.kind is Kind.FIRST_CONTACT]

    def do(self, what: str, first: Any, second: Any) -> None:
        app, newest = self.desk.app, self.texts[0]
        try:
            if what == "vote":
                app.releasing.vote(newest.id, VOTERS[first], second)
                self.said.setdefault(newest.id, []).append((first, second))
            elif what == "retry":
                app.acts.retry(newest.id, "noor")
            elif what == "discard":
                app.acts.discard(newest.id, "noor")
        except Refused:
            pass
        if what == "wait":
            self.desk.wait(first)
        self.desk.settle()

    def end(self) -> None:
        """It was a false alarm: the histories after it do not wait for its updates too."""
        if self.texts[0].state is CommunicationState.HELD:
            self.do("discard", None, None)
        event = self.desk.event("x", self.number)
        self.desk.accept(event | {"type": "heliograph.incident.withdrawn.v1"})
        self.desk.settle()

    def check(self) -> None:
        for c in self.texts:
            said = self.said.get(c.id, [])
            left = c.state is CommunicationState.RELEASED
            sent = [
                m.recipient.key
                for m in self.desk.app.queries.messages(communication_id=c.id)
                if m.state.value == "delivered"
            ]
            assert not sent or left
            assert max(Counter(sent).values(), default=0) <= 1
            assert not (left and any(ballot is Ballot.VETO for _, ballot in said))
            if left:
                self._suffices({name for name, ballot in said if ballot is Ballot.AGREE}, c)
        assert sum(c.state is CommunicationState.RELEASED for c in self.texts) <= 1

    def _suffices(self, agreed: set[str], c: Communication) -> None:
        if self.severity == "P1":
            # Mei declared it, tokens and technicians were not asked: only one other person is left.
            assert len(agreed & {"noor"}) >= 2
        elif self.severity == "P3":
            assert agreed
        else:
            assert agreed or self.desk.clock.now() - c.created_at >= _WAIT


def test_no_history_breaks_the_rule(tmp_path: Path) -> None:
    with releasing(tmp_path, *ENTRIES) as desk:
        count = iter(range(1, 10_000))

        @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(severity=st.sampled_from(["P1", "P2", "P3"]), acts=st.lists(act, max_size=6))
        def holds(severity: str, acts: list[tuple[str, Any, Any]]) -> None:
            history = History(desk, next(count), severity)
            for one in acts:
                history.do(*one)
                history.check()
            history.end()

        holds()
