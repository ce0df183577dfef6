"""How does a summary move? From a state and revision that somebody saw; the second of two is told."""

from __future__ import annotations

from ..domain.errors import Hindrance, StaleVersion, WrongState
from ..domain.summary import Summary, SummaryState
from ..ports import Store


def refuse_unless(summary: Summary, *states: SummaryState) -> None:
    """Raises WrongState for one that is in none of these."""
    if summary.state not in states:
        wanted = " or ".join(state.value for state in states)
        raise WrongState(
            Hindrance.MOVED_ON,
            f"this summary is {summary.state.value}; it would have to be {wanted}",
        )


def moved(store: Store, was: Summary, now: Summary) -> Summary:
    """Raises StaleVersion when somebody was quicker; then nothing is changed."""
    with store.write() as tx:
        done = tx.move_summary(was, now)
    if not done:
        raise StaleVersion("somebody changed this summary meanwhile: look at it again")
    return now
