"""Who was asked how it went, whose turn that was, and who was not asked: rows inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, select, text, update

from ...domain.communication import INFORMING, CommunicationState, Reason
from ...domain.message import RECEIVED, MessageState, Recipient
from ...domain.survey import Offer, Survey, SurveyKind, Tally, Unasked
from ...domain.times import from_text, to_text
from . import decision_tables as tables
from .rows import Found, Row, Rows, moment, on_conflict
from .tables import communications, messages

S = tables.surveys
T = tables.survey_turns
U = tables.unasked
AT_ONCE = 1000
"""Names in one question: a database takes so many values and no more."""
_ON = (
    select(S)
    .where(S.c.incident_id.in_(bindparam("ids", expanding=True)), S.c.kind == bindparam("of_kind"))
    .order_by(S.c.id)
)
_TURNS = select(T).where(T.c.person.in_(bindparam("names", expanding=True)))
_TALLY = (
    select(S.c.score, func.count().label("n"))
    .where(S.c.incident_id == bindparam("of"), S.c.kind == bindparam("of_kind"))
    .where(text(tables.ANSWERED))
    .group_by(S.c.score)
)
_C, _M = communications, messages
_TOLD = sorted(state.value for state in {*RECEIVED, MessageState.BUNDLED})
_INFORMED = (
    select(_M.c.body)
    .join(_C, _C.c.id == _M.c.bundle)
    .where(_C.c.incident_id == bindparam("of"), _C.c.audience == bindparam("to"))
    .where(_C.c.state == CommunicationState.RELEASED.value)
    .where(_C.c.kind.in_(sorted(kind.value for kind in INFORMING)))
    .where(_M.c.channel == "mail", _M.c.state.in_(_TOLD))
    .where(_M.c.created_at >= bindparam("since"))
    .order_by(_M.c.created_at, _M.c.id)
)


class SurveyRows(Rows):
    """What `decision_ports.DecisionWork` promises of surveys."""

    def turns(self, names: Sequence[str]) -> Mapping[str, datetime]:
        rows = (row for some in _batches(names) for row in self._all(_TURNS, {"names": some}))
        return {row["person"]: from_text(row["asked_at"]) for row in rows}

    def offer_surveys(self, offers: Sequence[Offer], since: datetime) -> set[str]:
        waiting = self._with_turns(offers, since)
        if not waiting:
            return set()
        new = _offering(self._postgres)
        return set(self._connection.execute(new, [_row(o.survey) for o in waiting]).scalars())

    def _with_turns(self, offers: Sequence[Offer], since: datetime) -> list[Offer]:
        """Those who get all their turns. Looked at first: whoever was asked lately under one name must not take
        the turn of the other."""
        taken = {
            name
            for name, at in self.turns([t for o in offers for t in o.turns]).items()
            if at > since
        }
        free: list[Offer] = []
        for offer in offers:
            if taken.isdisjoint(offer.turns):
                free.append(offer)
                taken.update(offer.turns)
        # In one order everywhere, so that two at once wait for each other and never both.
        rows = sorted(
            (
                {"person": name, "asked_at": to_text(o.survey.asked_at)}
                for o in free
                for name in o.turns
            ),
            key=lambda row: row["person"],
        )
        if not rows:
            return []
        # One statement: whoever comes second at the same moment finds the turn taken.
        taking = _taking(self._postgres, to_text(since))
        got = set(self._connection.execute(taking, rows).scalars())
        return [offer for offer in free if got.issuperset(offer.turns)]

    def keep_unasked(self, unasked: Sequence[Unasked]) -> None:
        self._insert_new(U, [_unasked_row(one) for one in unasked])

    def unasked_of(self, incident_id: str, person: str) -> list[Unasked]:
        mine = select(U).where(U.c.incident_id == incident_id, U.c.person == person)
        return [unasked_of(row) for row in self._all(mine.order_by(U.c.kind, U.c.round))]

    def informed(self, incident_id: str, audience: str, since: datetime) -> list[Recipient]:
        rows = self._all(_INFORMED, {"of": incident_id, "to": audience, "since": to_text(since)})
        found = (Recipient.model_validate(json.loads(row["body"])["recipient"]) for row in rows)
        return list({one.key: one for one in found}.values())

    def survey(self, survey_id: str) -> Survey | None:
        row = self._first(select(S).where(S.c.id == survey_id))
        return survey_of(row) if row else None

    def surveys_by_id(self, ids: Sequence[str]) -> list[Survey]:
        return [survey_of(row) for some in _batches(ids) for row in self._by_id(S, some)]

    def surveys_on(
        self, incident_ids: Sequence[str], kind: SurveyKind = SurveyKind.REPAIR
    ) -> list[Survey]:
        wanted = {"ids": list(incident_ids), "of_kind": kind.value}
        return [survey_of(row) for row in self._all(_ON, wanted)] if incident_ids else []

    def tally(self, incident_id: str, kind: SurveyKind) -> Tally:
        rows = self._all(_TALLY, {"of": incident_id, "of_kind": kind.value})
        found = {row["score"]: row["n"] for row in rows}
        return Tally.model_validate({"counts": [found.get(score, 0) for score in range(1, 6)]})

    def move_survey(self, was: Survey, now: Survey) -> bool:
        same = S.c.id == was.id, S.c.revision == was.revision
        values = {k: v for k, v in _row(now).items() if k != "id"}
        return self._connection.execute(update(S).where(*same).values(values)).rowcount == 1


@lru_cache(maxsize=2)
def _offering(postgres: bool) -> Any:
    return on_conflict(S, postgres).on_conflict_do_nothing().returning(S.c.id)


def _taking(postgres: bool, since: str) -> Any:
    turn = on_conflict(T, postgres)
    return turn.on_conflict_do_update(
        index_elements=["person"],
        set_={"asked_at": turn.excluded.asked_at},
        where=T.c.asked_at <= since,
    ).returning(T.c.person)


def _batches(names: Sequence[str]) -> Iterator[list[str]]:
    for first in range(0, len(names), AT_ONCE):
        yield list(names[first : first + AT_ONCE])


def survey_of(row: Found) -> Survey:
    names = ("id", "kind", "round", "person", "service", "score", "comment", "revision")
    moments = ("asked_at", "expires_at", "answered_at")
    return Survey(
        **{name: row[name] for name in names},
        **{name: from_text(row[name]) if row[name] else None for name in moments},
        incident=row["incident_id"],
        group=row["support_group"],
    )


def unasked_of(row: Found) -> Unasked:
    return Unasked(
        kind=row["kind"],
        incident=row["incident_id"],
        round=row["round"],
        person=row["person"],
        decided_at=from_text(row["decided_at"]),
        reason=Reason.model_validate_json(row["reason"]),
    )


def _row(survey: Survey) -> Row:
    return {
        "id": survey.id,
        "kind": survey.kind.value,
        "incident_id": survey.incident,
        "round": survey.round,
        "person": survey.person,
        "asked_at": to_text(survey.asked_at),
        "expires_at": to_text(survey.expires_at),
        "support_group": survey.group,
        "service": survey.service,
        "score": survey.score,
        "comment": survey.comment,
        "answered_at": moment(survey.answered_at),
        "revision": survey.revision,
    }


def _unasked_row(one: Unasked) -> Row:
    return {
        "incident_id": one.incident,
        "kind": one.kind.value,
        "round": one.round,
        "person": one.person,
        "decided_at": to_text(one.decided_at),
        "reason": one.reason.model_dump_json(),
    }
