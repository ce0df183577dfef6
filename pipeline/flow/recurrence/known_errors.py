"""Is a new ticket a case of a known error, so that its requester can be told at once what helps?

Judged on what is known when it comes in, like the judgement that is kept; nothing is written.
"""

from __future__ import annotations

from ...domain.incident import Incident
from ...domain.problem import OVER, Problem
from ...domain.suggested import KnownError
from ...ports import Store, Transaction
from ...recurrence.chains import links_of
from ...recurrence.content import beside_chance
from ...recurrence.judging import judge
from ...recurrence.score import Scored
from ...recurrence.signature import signer
from .judging import StoredPast, case_of, ties_of


class KnownErrors:
    """Looks a ticket's workaround up. Costs nothing where no problem has one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, incident: Incident) -> KnownError | None:
        with self._store.read() as tx:
            if not tx.has_workarounds():
                return None
            problem = self._problem(tx, incident)
        if problem is None or problem.workaround is None or problem.state in OVER:
            return None
        return KnownError(problem=problem.number, workaround=problem.workaround)

    def _problem(self, tx: Transaction, incident: Incident) -> Problem | None:
        """Of the chain that would take it in by what both say. That it came in the same minutes may put a ticket
        before people; it sends no advice to its requester."""
        judged = judge(StoredPast(tx), signer().sign(case_of(incident)))
        links = links_of(incident.id, judged.similar, asks=judged.case.asks, odds=_said)
        ties = ties_of(tx, incident.id, links)
        return tx.problems_of(ties[:1]).get(ties[0]) if ties else None


def _said(one: Scored) -> float:
    return beside_chance(one.parts(), one.odds)
