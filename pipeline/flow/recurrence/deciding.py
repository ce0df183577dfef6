"""A person decides what becomes of a chain: accept, watch, refuse, or merge. The first one of two wins."""

from __future__ import annotations

from ...domain.errors import Hindrance, UnknownThing, WrongState
from ...domain.recurring import Chain, ChainState, moved
from ...ports import Clock, Store, Transaction

OPEN = (ChainState.PROPOSED, ChainState.WATCHED)
MOST_MERGED = 100
"""Merges that are followed: more are a circle."""


class ChainDecisions:
    """The door for people's decisions about chains."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def decide(
        self, chain_id: str, to: ChainState, *, by: str, reason: str = "", into: str = ""
    ) -> Chain:
        """`into` names a problem of any desk, or another chain, which then gets the cases, and those that
        come later. Raises UnknownThing, and WrongState when it was decided already, when a refusal gives no
        reason, when a merge names nothing, or when it would come back to where it began."""
        with self._store.write() as tx:
            was = tx.chain(chain_id)
            if was is None:
                raise UnknownThing(f"no chain {chain_id[:100]}")
            if was.state not in OPEN or was.state is to:
                raise WrongState(Hindrance.MOVED_ON, f"the chain is {was.state.value} already")
            _refuse_unsaid(to, reason, into)
            if to is ChainState.MERGED:
                _merge(tx, was, into.strip())
            at, said = self._clock.now(), reason.strip()
            now = moved(was, to, by=by, at=at, reason=said, into=into.strip())
            if not tx.move_chain(was, now):
                raise WrongState(Hindrance.MOVED_ON, "somebody else decided meanwhile")
        return now


def _refuse_unsaid(to: ChainState, reason: str, into: str) -> None:
    if to is ChainState.REFUSED and not reason.strip():
        raise WrongState(Hindrance.REASON_NEEDED, "say why it is no problem", field="reason")
    if to is ChainState.MERGED and not into.strip():
        raise WrongState(Hindrance.REASON_NEEDED, "say into what it is merged", field="into")


def _merge(tx: Transaction, chain: Chain, into: str) -> None:
    """The cases go to the other chain, if it is one of ours."""
    at, seen = tx.chain(into), 0
    while at is not None and seen < MOST_MERGED:
        if at.id == chain.id:
            raise WrongState(Hindrance.MOVED_ON, "that was merged into this one", field="into")
        at, seen = tx.chain(at.merged_into) if at.merged_into else None, seen + 1
    if tx.chain(into) is not None:
        tx.move_members(chain.id, into=into)
