"""Two steps follow each other within minutes: which one message tells both?

What is still planned for the same audience is drawn into the newer row, whose kind is the weightier of
the two; its text tells all that is new, because it is drafted from the whole record.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..domain.agreement import Mode
from ..domain.communication import Awaited, Communication, Kind, Reason, ReleaseMode

EVENTS = 50
"""The newest that a merged row names; older ones are found through the rows that it replaced."""
_WEIGHT = {
    Kind.STATUS_CHANGE: 1,
    Kind.ASSIGNMENT: 2,
    Kind.HAND_OVER: 3,
    Kind.RESOLUTION: 4,
    Kind.REOPENING: 4,
    Kind.UPDATE: 2,
    Kind.SCOPE: 3,
    Kind.RECOVERY: 5,
    Kind.RELAPSE: 5,
    Kind.WITHDRAWAL: 6,
}
"""Acknowledgement and first contact are missing: a first answer neither waits for anything nor swallows
anything."""


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The row that goes on, and those that it replaces, each with its reason."""

    survivor: Communication
    absorbed: tuple[tuple[Communication, Reason], ...] = ()


def merge(
    new: Communication, planned: Sequence[Communication], alone: Collection[str] = ()
) -> Merged:
    """`planned` are the waiting rows of the same ticket and audience, oldest first; those of rules in
    `alone` stay as they are.

    The earliest due time stands, so that a series of steps cannot put a message off for ever.
    """
    joined = [c for c in planned if _belong_together(c, new) and c.rule not in alone]
    if not joined or new.rule in alone:
        return Merged(survivor=new)
    together = [*joined, new]
    # `>=` in time order: of two equally weighty steps, resolved and reopened, the later is the truth.
    leading = max(reversed(together), key=lambda c: _WEIGHT[c.kind])
    survivor = new.model_copy(
        update={
            "kind": leading.kind,
            "rule": leading.rule,
            "reason": leading.reason,
            "release": _strictest(together),
            "lane": min(c.lane for c in together),
            "must": any(c.must for c in together),
            "due_at": min(c.due_at for c in together),
            "events": tuple(dict.fromkeys(e for c in together for e in c.events))[-EVENTS:],
        }
        | _waiting(leading, together)
    )
    reason = Reason(code="merged", values={"into": new.id})
    return Merged(survivor=survivor, absorbed=tuple((c, reason) for c in joined))


def _waiting(leading: Communication, together: Sequence[Communication]) -> dict[str, object]:
    """The leading one says whether a model may still be asked. Where none is, nothing waits for one."""
    ready_at = min(c.ready_at or c.due_at for c in together)
    if leading.awaits is Awaited.PROSE:
        return {"awaits": Awaited.PROSE, "ready_at": ready_at}
    if all(c.awaits is not Awaited.PROSE for c in together):
        return {}
    return {"awaits": None, "ready_at": None, "due_at": ready_at}


def _belong_together(old: Communication, new: Communication) -> bool:
    """Those bound to other channels stay apart: a merged one would reach too few or too many."""
    return (
        old.audience == new.audience
        and old.channels == new.channels
        and old.dependents == new.dependents
        and old.on_call == new.on_call is None
        and not old.scheduled
        and old.kind in _WEIGHT
        and new.kind in _WEIGHT
    )


def _strictest(rows: Sequence[Communication]) -> ReleaseMode:
    return max((c.release for c in rows), key=lambda mode: Mode(mode).weight)
