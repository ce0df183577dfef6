"""Which earlier tickets are like this one, as a reader may see them, why, and what fixed them?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.bootstrap import Heliograph
from pipeline.domain.incident import Incident
from pipeline.domain.problem import OVER, Problem
from pipeline.domain.recurring import Alike, Chain, Judgement, Member
from pipeline.flow.recurrence.cases import cases, is_past
from pipeline.recurrence.judging import LIKELY

LEAST = 0.05
"""Contributions below it are no reason that anybody would read."""


@dataclass(frozen=True, kw_only=True)
class Similar:
    """`reasons` speak for one failure, `differs` against it: each a sign with what it adds to the
    log-odds, the weightiest first."""

    incident: Incident
    alike: Alike
    reasons: tuple[tuple[str, float], ...]
    differs: tuple[tuple[str, float], ...]

    @property
    def percent(self) -> int:
        """Never certain: no likeness proves that two failures are one."""
        return min(99, round(100 * self.alike.probability))

    @property
    def fixed_by(self) -> str | None:
        resolution = self.incident.resolution
        return resolution.value.fix_summary if resolution else None

    @property
    def cause(self) -> str | None:
        resolution = self.incident.resolution
        return resolution.value.cause_confirmed if resolution else None

    @property
    def imported(self) -> bool:
        """It was over before Heliograph came: there is no more of it than was brought in."""
        return is_past(self.incident.id)


@dataclass(frozen=True, kw_only=True)
class Likes:
    """`judgement` is None until the ticket was compared with the past; `similar`, the likeliest first, are those
    that may be one failure with it; `known_error` is the open problem of its chain, where a way around it is on
    record."""

    judgement: Judgement | None
    similar: tuple[Similar, ...]
    chain: Chain | None
    members: tuple[Member, ...]
    known_error: Problem | None


def likes_of(app: Heliograph, incident: Incident, reaches: Callable[[Incident], bool]) -> Likes:
    """Tickets that the reader does not reach are left out."""
    with app.store.read() as tx:
        judgement = tx.judgement(incident.id)
        likely = _likely(judgement)
        incidents = cases(tx, [one.incident for one in likely])
        chain_id = tx.chain_of([incident.id]).get(incident.id, incident.id)
        chain = tx.chain(chain_id)
        members = tx.members([chain_id]).get(chain_id, []) if chain else []
        problem = tx.problems_of([chain_id]).get(chain_id) if chain else None
    is_known = problem is not None and problem.workaround and problem.state not in OVER
    shown = [
        _similar(incidents[one.incident], one)
        for one in likely
        if one.incident in incidents and reaches(incidents[one.incident])
    ]
    return Likes(
        judgement=judgement,
        similar=tuple(shown),
        chain=chain,
        members=tuple(members),
        known_error=problem if is_known else None,
    )


def _likely(judgement: Judgement | None) -> list[Alike]:
    found = judgement.similar if judgement else ()
    return sorted(
        (one for one in found if one.probability >= LIKELY),
        key=lambda one: (-one.probability, -one.near, one.incident),
    )


def _similar(incident: Incident, alike: Alike) -> Similar:
    told = [(sign, part) for sign, part in alike.parts.items() if abs(part) >= LEAST]
    return Similar(
        incident=incident,
        alike=alike,
        reasons=tuple((sign, part) for sign, part in told if part > 0),
        differs=tuple((sign, part) for sign, part in told if part < 0),
    )
