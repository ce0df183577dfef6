"""How does a summary move? From a state and revision that somebody saw; the second of two is told.

What left says so by its event's id, one for each summary whatever its revision: no text leaves twice.
"""

from __future__ import annotations

from ...domain.errors import Hindrance, StaleVersion, WrongState
from ...domain.events import Event, Noted
from ...domain.own_names import OWN
from ...domain.summary import Moved, Summary, SummaryState
from ...drafting.marks import clean
from ...ports import Store, Transaction

MARK = f"{OWN}summary:"


def mark_of(summary: Summary) -> str:
    """The source's id of the event by which it leaves."""
    return f"{MARK}{summary.id}"


def left_as_summary(event: Event) -> bool:
    return event.source_id.startswith(MARK)


def refuse_unless(summary: Summary, *states: SummaryState) -> None:
    """Raises WrongState for one that is in none of these."""
    if summary.state not in states:
        wanted = " or ".join(state.value for state in states)
        raise WrongState(
            Hindrance.MOVED_ON,
            f"this summary is {summary.state.value}; it would have to be {wanted}",
        )


def refuse_invisible(text: str) -> None:
    """Raises WrongState for words of which a reader would see nothing."""
    if not clean(text):
        raise WrongState(
            Hindrance.NOTHING_WRITTEN, "there is no text to see: write one, and check it"
        )


def moved(store: Store, was: Summary, now: Summary, *, version: int | None = None) -> Summary:
    """Raises StaleVersion when somebody was quicker, or its ticket is no longer at this `version`;
    WrongState when it left already. Then nothing is changed, but that the row of what left says so."""
    with store.write() as tx:
        left = event_of(tx, was)
        if left is None:
            if version is not None:
                _refuse_other(tx, was, version)
            move(tx, was, now)
        else:
            settle(tx, was, left)
    if left is not None:
        raise WrongState(Hindrance.MOVED_ON, "this summary was sent already")
    return now


def _refuse_other(tx: Transaction, summary: Summary, version: int) -> None:
    incident = tx.incident(summary.incident) if summary.incident else None
    if incident is None or incident.version != version:
        raise StaleVersion("the ticket changed while this was looked at: look at it again")


def move(tx: Transaction, was: Summary, now: Summary) -> None:
    """Raises StaleVersion when somebody was quicker."""
    if not tx.move_summary(was, now):
        raise StaleVersion("somebody changed this summary meanwhile: look at it again")


def event_of(tx: Transaction, summary: Summary) -> Event | None:
    """The event by which it left, if it did."""
    incident = tx.incident(summary.incident) if summary.incident else None
    if incident is None:
        return None
    mark = mark_of(summary)
    if mark not in tx.seen(incident.source, [mark]):
        return None
    return next(e for e in tx.stream(incident.id) if e.source_id == mark)


def settle(tx: Transaction, was: Summary, left: Event) -> Summary:
    """A row that fell behind the event, as after a restore, is brought up to it. Raises StaleVersion when
    somebody changed it meanwhile to anything else."""
    by = left.data.author if isinstance(left.data, Noted) else getattr(left.data, "by", None)
    done = Moved(by=by.id if by else was.by, at=left.recorded_at, event=left.id)
    now = was.model_copy(update={"state": SummaryState.SENT, "moved": done})
    if tx.move_summary(was, now):
        return now
    # Pressed twice: the other one brought it up first, and its row counts.
    found = tx.summary(was.id)
    if found is None or found.state is not SummaryState.SENT:
        raise StaleVersion("somebody changed this summary meanwhile: look at it again")
    return found
