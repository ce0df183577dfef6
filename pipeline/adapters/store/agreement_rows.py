"""Agreements on texts, and the votes: rows inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, text, update

from ...domain.agreement import Agreement, Vote
from ...domain.findings import Verdict
from ...domain.message import Message
from ...domain.times import to_text
from . import tables
from .ledger_rows import message_of
from .rows import Found, Row, Rows, moment
from .texts_tables import DUE_AGREEMENT, agreements, votes

A, V = agreements, votes
M, D = tables.messages, tables.drafts
_DUE = (
    select(A.c.communication_id)
    .where(text(DUE_AGREEMENT), A.c.due_at <= bindparam("now"))
    .order_by(A.c.due_at, A.c.communication_id)
    .limit(bindparam("most"))
)
_EARLIEST = select(
    select(A.c.due_at).where(text(DUE_AGREEMENT)).order_by(A.c.due_at).limit(1).scalar_subquery()
)
_OPEN = (
    select(A)
    .where(A.c.communication_id == bindparam("of"), A.c.state == "open")
    # Two votes at once would each count the other's as absent, and the text would wait for ever.
    .with_for_update()
)


class AgreementRows(Rows):
    """What `texts_ports.ReleaseWork` promises."""

    def add_agreements(self, agreements: Sequence[Agreement]) -> None:
        self._upsert(A, ["communication_id"], [_row(a) for a in agreements])

    def agreement_to_change(self, communication_id: str) -> Agreement | None:
        row = self._first(_OPEN, {"of": communication_id})
        return agreement_of(row) if row else None

    def agreement(self, communication_id: str) -> Agreement | None:
        row = self._first(select(A).where(A.c.communication_id == communication_id))
        return agreement_of(row) if row else None

    def messages_held(self, communication_id: str, limit: int = 200) -> list[Message]:
        of_one = select(M).where(M.c.bundle == communication_id, M.c.state == "held")
        return [message_of(row) for row in self._all(of_one.order_by(M.c.id).limit(limit))]

    def verdicts(self, communication_id: str) -> list[Verdict]:
        of_one = select(D.c.verdict).where(D.c.communication_id == communication_id)
        return [Verdict.model_validate_json(row["verdict"]) for row in self._all(of_one)]

    def save_agreement(self, agreement: Agreement) -> None:
        self.add_agreements([agreement])

    def end_agreement(self, communication_id: str) -> None:
        ended = update(A).where(A.c.communication_id == communication_id, A.c.state == "open")
        self._connection.execute(ended.values(state="ended", due_at=None))

    def due_agreements(self, now: datetime, limit: int) -> list[str]:
        rows = self._all(_DUE, {"now": to_text(now), "most": limit})
        return [row["communication_id"] for row in rows]

    def save_vote(self, vote: Vote) -> None:
        row = {
            "communication_id": vote.communication,
            "person": vote.voter.id,
            "at": to_text(vote.at),
            "body": vote.model_dump_json(),
        }
        self._upsert(V, ["communication_id", "person"], [row])

    def votes(self, communication_id: str) -> list[Vote]:
        of_one = select(V.c.body).where(V.c.communication_id == communication_id)
        rows = self._all(of_one.order_by(V.c.at, V.c.person))
        return [Vote.model_validate_json(row["body"]) for row in rows]

    def _next_agreement(self) -> str | None:
        return self._earliest(_EARLIEST)


def agreement_of(row: Found) -> Agreement:
    """The value of a row: its body, and what the columns say now."""
    body = json.loads(row["body"])
    return Agreement.model_validate({**body, "state": row["state"], "due_at": row["due_at"]})


def _row(agreement: Agreement) -> Row:
    return {
        "communication_id": agreement.communication,
        "incident_id": agreement.incident,
        "state": agreement.state,
        "due_at": moment(agreement.due_at),
        "body": agreement.model_dump_json(exclude={"state", "due_at"}),
    }
