"""What we asked of an outside desk: has it happened?"""

from __future__ import annotations

from ..domain.events import Closed, Event, Reopened
from ..domain.payload import Payload
from ..domain.problems_events import ProblemRecorded
from ..domain.request import RequestState
from ..ports import Transaction

_CONFIRMS: dict[type[Payload], str] = {
    Reopened: "reopen",
    Closed: "close",
    ProblemRecorded: "problem",
}


def confirm(tx: Transaction, event: Event) -> None:
    """The desk's event is the answer to what it was asked for."""
    kind = _CONFIRMS.get(type(event.data))
    if kind is None:
        return
    for request in tx.open_requests(event.incident_id):
        if request.kind == kind:
            confirmed = {"state": RequestState.CONFIRMED, "confirmed_by": event.id}
            tx.save_request(request.model_copy(update=confirmed))
