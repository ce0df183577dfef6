"""Two who decide in the same instant, on each database: one counts, and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from pipeline.domain.decision_events import ApprovalDecided
from pipeline.domain.errors import WrongState
from tests.unit.flow.approvals.approvers import approval, approving, ask

from ...postgres import Cluster

TIMES = 3


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_one_of_two_decisions_counts(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    more = {}
    if database == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        more["database_url"] = cluster.new_database()
    with approving(tmp_path, **more) as desk, ThreadPoolExecutor(2) as both:
        for _ in range(TIMES):
            desk.begin()
            ask(desk, "zhao", "sun")
            start, ticket = Barrier(2), desk.incident.id

            def decide(one: tuple[str, bool], start: Barrier = start, of: str = ticket) -> bool:
                start.wait()
                acts = desk.app.deciding.approvals
                try:
                    acts.decide(of, "a1", by=one[0], approved=one[1], where="link")
                except WrongState:
                    return False
                return True

            counted = list(both.map(decide, [("zhao", True), ("sun", False)]))
            desk.settle()
            assert sorted(counted) == [False, True]
            words = [
                e for e in desk.app.queries.stream(ticket) if isinstance(e.data, ApprovalDecided)
            ]
            assert len(words) == 1
            decision = approval(desk).decision
            assert decision is not None
            assert decision.value.approved == counted[0]
