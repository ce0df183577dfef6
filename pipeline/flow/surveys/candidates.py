"""Who could be asked how well they were kept informed? Whoever was told of the failure itself by mail, and when each was
asked something last. Read for a batch; who of them is asked is `inviting`'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...domain.communication import Communication, Kind
from ...domain.incident import Incident
from ...domain.message import Recipient
from ...domain.survey import SurveyKind, Tally
from ...ports import Transaction
from .offering import turns_of

ASKED = frozenset({"person", "subscriber"})
"""A room and a page have no opinion."""


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """`asked` is when a turn was taken last, `mine` the surveys of this round (id by person), `gone`
    the readers who have left."""

    readers: tuple[Recipient, ...] = ()
    asked: Mapping[str, datetime] = field(default_factory=dict)
    mine: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


def person_of(reader: Recipient) -> str:
    """Under which name a reader is asked."""
    return reader.id if reader.kind == "person" else reader.key


def candidates_for(
    tx: Transaction, claimed: Sequence[Communication], known: Mapping[str, Incident]
) -> dict[str, Candidates]:
    """By communication; only for those that ask."""
    asking = [c for c in claimed if c.kind is Kind.SURVEY and c.incident in known]
    return {c.id: _candidates(tx, c, known[c.incident]) for c in asking}


def tallies_for(tx: Transaction, claimed: Sequence[Communication]) -> dict[str, Tally]:
    """By communication: what all answered, for a low score of a question that many were asked."""
    told = [c for c in claimed if c.kind is Kind.LOW_SCORE and c.audience == LED]
    return {c.id: tx.tally(c.incident, SurveyKind.INFORMED) for c in told}


def _candidates(tx: Transaction, c: Communication, incident: Incident) -> Candidates:
    if incident.major is None:
        return Candidates()
    told = tx.informed(c.incident, c.audience, incident.major.declared.at)
    readers = tuple(r for r in told if r.kind in ASKED)
    turns = [turn for r in readers for turn in turns_of(person_of(r), r.address)]
    kept = tx.surveys_on([c.incident], SurveyKind.INFORMED)
    named = [r.id for r in readers if r.kind == "person"]
    people = tx.people(named, source=incident.source)
    return Candidates(
        readers=readers,
        asked=tx.turns(list(dict.fromkeys(turns))),
        mine={s.person: s.id for s in kept if s.round == incident.major.relapsed_times},
        gone=frozenset(name for name in named if name not in people or not people[name].active),
    )


LED = "owner"
"""The audience that hears of low scores about a major incident: the team that had it."""
