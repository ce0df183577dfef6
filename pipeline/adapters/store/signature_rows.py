"""Signatures of cases: kept, found by their places, taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, func, select, update

from ...domain.recurring import Judgement
from ...domain.times import from_text, to_text
from ...recurrence_ports import Signed
from . import recurrence_tables as tables
from .posting_rows import (
    PostingRows,
    case_number,
    number_of,
    packed_terms,
    place_of,
    unpacked_terms,
)
from .rows import Found, Row

S = tables.signatures
GONE = ""
"""The body of a case whose words had to go, until it is signed anew."""
NOT_JUDGED = ""
_MOST = select(func.max(S.c.place))
_BODIES = select(S.c.body).where(
    S.c.place.in_(bindparam("places", expanding=True)), S.c.body != GONE
)
_KNOWN = select(S.c.incident_id, S.c.place, S.c.terms).where(
    S.c.incident_id == bindparam("incident")
)
_POSTED = update(S).where(S.c.incident_id == bindparam("of")).values(terms=bindparam("posted"))

_ANEW = (
    update(S)
    .where(S.c.incident_id == bindparam("of"))
    .values(
        terms=bindparam("posted"),
        body=bindparam("told"),
        at=bindparam("since"),
        judgement=NOT_JUDGED,
    )
)


class SignatureRows(PostingRows):
    """The part of `recurrence_ports.RecurrenceWork` that is about signatures."""

    def count_signed(self) -> int:
        return int(self._connection.execute(_MOST).scalar() or 0)

    def places_of(self, incident_ids: Collection[str]) -> list[int]:
        of = select(S.c.place).where(S.c.incident_id.in_(list(incident_ids)))
        return [row["place"] for row in self._all(of)]

    def signature_bodies(self, places: Sequence[int]) -> list[str]:
        if not places:
            return []
        named = {"places": [place_of(place) for place in places]}
        return [row[0] for row in self._connection.execute(_BODIES, named)]

    def add_signed(self, signed: Signed) -> None:
        self._alone()
        found = self._first(_KNOWN, {"incident": signed.incident})
        place = found["place"] if found else self.count_signed() + 1
        self._upsert(S, ["incident_id"], [_row(signed, place)])
        posted = set(unpacked_terms(found["terms"])) if found and found["terms"] else set()
        if more := {number_of(term) for term in signed.terms} - posted:
            self._post({case_number(signed.at, place): sorted(more)})
            held = {"of": signed.incident, "posted": packed_terms(posted | more)}
            self._connection.execute(_POSTED, held)

    def add_past(self, signed: Sequence[Signed]) -> None:
        if not signed:
            return
        self._alone()
        first = self.count_signed() + 1
        said = [[number_of(term) for term in one.terms] for one in signed]
        rows = [
            _row(one, place) | {"terms": packed_terms(numbers)}
            for place, (one, numbers) in enumerate(zip(signed, said, strict=True), first)
        ]
        self._insert_new(S, rows)
        self._post(
            {
                case_number(one.at, row["place"]): numbers
                for one, row, numbers in zip(signed, rows, said, strict=True)
            }
        )

    def sign_anew(self, signed: Sequence[Signed]) -> None:
        if not signed:
            return
        self._alone()
        found = {row["incident_id"]: row for row in self._known(signed)}
        known = [one for one in signed if one.incident in found]
        self._unpost(
            {
                case_number(from_text(row["at"]), row["place"]): unpacked_terms(row["terms"])
                for row in found.values()
                if row["terms"] is not None
            }
        )
        said = {one.incident: [number_of(term) for term in one.terms] for one in known}
        places = {name: row["place"] for name, row in found.items()}
        self._post({case_number(one.at, places[one.incident]): said[one.incident] for one in known})
        rows = [
            {"of": one.incident, "posted": packed_terms(said[one.incident])}
            | {"told": one.body, "since": to_text(one.at)}
            for one in known
        ]
        if rows:
            self._connection.execute(_ANEW, rows)
        self.add_past([one for one in signed if one.incident not in found])

    def _known(self, signed: Sequence[Signed]) -> Sequence[Found]:
        named = S.c.incident_id.in_([one.incident for one in signed])
        return self._all(select(S.c.incident_id, S.c.place, S.c.at, S.c.terms).where(named))

    def judgement(self, incident_id: str) -> Judgement | None:
        found = self._first(select(S.c.judgement).where(S.c.incident_id == incident_id))
        told = found["judgement"] if found else NOT_JUDGED
        return Judgement.model_validate_json(told) if told else None

    def take_back(self, incident_id: str) -> bool:
        self._alone()
        named = select(S.c.place, S.c.at, S.c.terms).where(S.c.incident_id == incident_id)
        found = self._first(named)
        if found is None:
            return False
        if found["terms"] is not None:
            case = case_number(from_text(found["at"]), found["place"])
            self._unpost({case: unpacked_terms(found["terms"])})
        of_case = update(S).where(S.c.incident_id == incident_id)
        self._connection.execute(of_case.values(body=GONE, terms=None))
        return True


def _row(signed: Signed, place: int) -> Row:
    return {
        "incident_id": signed.incident,
        "place": place,
        "at": to_text(signed.at),
        "chain": signed.chain,
        "body": signed.body,
        "judgement": signed.judgement.model_dump_json() if signed.judgement else NOT_JUDGED,
    }
