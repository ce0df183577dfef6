"""A ticket that cannot be compared with those before it is no secret of the log."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pipeline.flow.recurrence.judging import LEASE, MOST_TRIES

from .desk import opened


def test_a_ticket_that_kills_its_judge_each_time_is_given_up_and_somebody_hears(
    tmp_path: Path,
) -> None:
    """Claimed, and never settled: whoever compares it dies."""
    with opened(tmp_path) as desk:
        desk.report("T-1")
        for _ in range(MOST_TRIES):
            with desk.app.store.write() as tx:
                assert tx.claim_judging(desk.clock.now(), LEASE, 1)
            desk.clock.advance(LEASE + timedelta(seconds=1))
        desk.settle()
        [alarm] = [a for a in desk.app.queries.alarms() if a.code == "not_compared"]
        assert (alarm.values["number"], alarm.incident) == ("T-1", desk.incident.id)
        with desk.app.store.read() as tx:
            assert tx.next_due("recurrence") is None
