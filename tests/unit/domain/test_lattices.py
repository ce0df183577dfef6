"""Which states count as open, and which phase is further on."""

from __future__ import annotations

from pipeline.domain.lattices import OPEN_STATES, Phase, TicketState, phase_rank


def test_a_ticket_is_open_until_it_is_resolved_or_closed() -> None:
    """A new state has to be placed on one of the two sides."""
    assert set(TicketState) - OPEN_STATES == {TicketState.RESOLVED, TicketState.CLOSED}


def test_every_phase_is_further_than_those_before_it() -> None:
    """From investigating to resolved; a lower rank is a relapse."""
    ranks = [phase_rank(phase) for phase in Phase]
    assert ranks == sorted(set(ranks))
    assert phase_rank(Phase.INVESTIGATING) < phase_rank(Phase.MONITORING)
    assert phase_rank(Phase.MONITORING) < phase_rank(Phase.RESOLVED)
