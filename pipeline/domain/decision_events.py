"""What may happen to an approval of a ticket: asked, passed on, decided, withdrawn; as CloudEvents.

It is the ticket's own question ("may the mailbox be moved?"), not the release of a text.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from .directory import Key, Text, Value
from .payload import ByPerson, Line, Payload, PersonRef
from .times import Instant

PassedBecause = Literal["named", "absent", "overdue", "left"]
"""Somebody named a substitute; the directory knows one for an absence; time ran out; they left."""
DecidedWhere = Literal["desk", "link", "console", "api"]


Place = Annotated[int, Field(strict=True, ge=0, le=19)]


class Approver(Value):
    """Who is asked; `substitute` decides while they are away."""

    id: Key
    substitute: Key | None = None


def _each_once(asked: tuple[Approver, ...]) -> tuple[Approver, ...]:
    if len({one.id for one in asked}) < len(asked):
        raise ValueError("names somebody twice")
    return asked


Approvers = Annotated[
    tuple[Approver, ...], Field(min_length=1, max_length=20), AfterValidator(_each_once)
]


class ApprovalAsked(ByPerson):
    """Somebody has to agree before the work goes on. It moves no state by itself."""

    type = "heliograph.ticket.approval_asked.v1"
    summary = "An approval was asked for."
    # The ids of those who are asked stay, under other names once somebody is erased: without them nobody could
    # tell whether all have agreed.
    personal = frozenset({"people", "what", "effect", "cost", "by"})
    example: ClassVar[dict[str, Any]] = {
        "approval": "apr_01",
        "approvers": [{"id": "zhao.min", "substitute": "sun.jie"}],
        "mode": "any",
        "due_by": "2026-08-24T17:00:00+08:00",
        "what": "把王晓琳的邮箱迁移到新的邮箱库",
        "effect": "迁移期间约 20 分钟收不到邮件",
        "by": {"id": "chen.li"},
    }

    approval: Key = Field(description="Its own name within the ticket; the later events repeat it.")
    approvers: Approvers
    people: tuple[PersonRef, ...] = Field(
        default=(), max_length=40, description="How those are reached whom no directory knows."
    )
    mode: Literal["any", "all"] = Field(
        default="any", description="Whether one of them decides, or all must agree."
    )
    due_by: Instant | None = None
    what: Text = Field(description="What they are asked to agree to.")
    effect: Text | None = Field(default=None, description="What it means for people.")
    cost: Line | None = None


class ApprovalPassedOn(ByPerson):
    """Somebody else decides in the place of one who was asked."""

    type = "heliograph.ticket.approval_passed_on.v1"
    summary = "An approval was passed on to somebody else."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {
        "approval": "apr_01",
        "place": 0,
        "to": "sun.jie",
        "because": "absent",
    }

    approval: Key
    place: Place = Field(description="Of the approvers, from 0.")
    to: Key
    because: PassedBecause = "named"


class ApprovalDecided(Payload):
    """One who was asked said yes or no; or the desk that owns the ticket says how it ended."""

    type = "heliograph.ticket.approval_decided.v1"
    summary = "An approver decided."
    personal = frozenset({"by", "comment"})
    example: ClassVar[dict[str, Any]] = {
        "approval": "apr_01",
        "approved": True,
        "by": {"id": "zhao.min"},
        "comment": "请在下班后迁移",
        "where": "link",
    }

    approval: Key
    approved: bool = Field(strict=True)
    by: PersonRef
    places: tuple[Place, ...] = Field(
        default=(),
        max_length=20,
        description="Of the approvers, from 0; without them `by` tells whose word it is.",
    )
    comment: Text | None = None
    where: DecidedWhere = "desk"


class ApprovalWithdrawn(ByPerson):
    """Nobody has to decide any more."""

    type = "heliograph.ticket.approval_withdrawn.v1"
    summary = "The request for an approval was withdrawn."
    personal = frozenset({"by", "reason"})
    example: ClassVar[dict[str, Any]] = {"approval": "apr_01", "by": {"id": "chen.li"}}

    approval: Key
    reason: Text | None = None


OfApproval = ApprovalAsked | ApprovalPassedOn | ApprovalDecided | ApprovalWithdrawn
PAYLOADS: tuple[type[Payload], ...] = (
    *(ApprovalAsked, ApprovalPassedOn),
    *(ApprovalDecided, ApprovalWithdrawn),
)
AFTER_CLOSING = (ApprovalDecided, ApprovalWithdrawn)
"""A desk may tell late how one ended; on a closed ticket that changes nothing any more."""
