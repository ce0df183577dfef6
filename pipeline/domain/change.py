"""What is known of a change to services? The value that its own events, or those of a plan for it, fold into."""

from __future__ import annotations

from enum import StrEnum

from .change_events import Deployed
from .cloudevents import Incoming
from .directory import Key, Value
from .errors import Malformed
from .payload import Words
from .times import Instant


class ChangeState(StrEnum):
    """PLANNED: said for a time; whether the work was done then, nobody said."""

    PLANNED = "planned"
    DONE = "done"
    ROLLED_BACK = "rolled_back"


class Change(Value):
    """`began_at` is when the work began, else when it was in force; `ended_at` when it was in force, None while
    nobody said. `version` counts its own events; `ticket` is the planned maintenance, or the incident, that it
    was told by."""

    id: Key
    source: Key
    number: Key
    version: int = 0
    services: tuple[Key, ...]
    what: Words
    state: ChangeState
    began_at: Instant
    ended_at: Instant | None = None
    rolled_back_at: Instant | None = None
    ticket: Key | None = None

    @property
    def over_at(self) -> Instant:
        """When the work was over, as far as is known."""
        return self.ended_at or self.began_at


def changed(before: Change | None, item: Incoming, data: Deployed, new_id: str) -> Change:
    """The change after one more event. An older word than what is known fills gaps and takes nothing back.

    Raises Malformed for the first event of a change that names no service, or does not say what it is.
    """
    at = item.occurred_at
    if before is None:
        _refuse_unknown(item, data)
        return _first(item, data, new_id)
    known: dict[str, object] = {"version": before.version + 1}
    known |= {
        name: value
        for name, value in (("services", data.services), ("what", data.what))
        if value is not None
    }
    if data.started_at is not None:
        known["began_at"] = data.started_at
    if data.state == "rolled_back":
        known |= {"state": ChangeState.ROLLED_BACK, "rolled_back_at": at}
    elif before.rolled_back_at is None or at > before.rolled_back_at:
        # In force again, or for the first time.
        known |= {"state": ChangeState.DONE, "ended_at": at, "rolled_back_at": None}
    return before.model_copy(update=known)


def _first(item: Incoming, data: Deployed, new_id: str) -> Change:
    at, is_back = item.occurred_at, data.state == "rolled_back"
    return Change.model_validate(
        {
            "id": new_id,
            "source": item.source,
            "number": item.number,
            "version": 1,
            "services": data.services,
            "what": data.what,
            "state": data.state,
            "began_at": data.started_at or at,
            "ended_at": None if is_back else at,
            "rolled_back_at": at if is_back else None,
        }
    )


def _refuse_unknown(item: Incoming, data: Deployed) -> None:
    problems = [
        (f"data.{name}", f"no change {item.number} is known from {item.source}: say {name}")
        for name in ("services", "what")
        if getattr(data, name) is None
    ]
    if item.number is None:
        problems.append(("subject", "the change's number is needed"))
    if problems:
        raise Malformed(problems[0][1], field=problems[0][0], problems=problems)
