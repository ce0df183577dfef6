"""A person decides what becomes of a chain: accept, watch, refuse, merge, split, or take that back. The first of
two wins, and the second is told."""

from __future__ import annotations

from collections.abc import Collection

from ...domain.errors import Hindrance, UnknownThing, WrongState
from ...domain.problem import Step
from ...domain.recurring import Chain, ChainState, moved
from ...ports import Clock, Ids, Store, Transaction
from ..intake import Intake
from .merging import Target, merge_into, taken_back
from .opening import Opening, open_problem
from .reading import LOOKED_AT
from .telling import Recording, reopen, tell_step
from .wording import legible

OPEN = (ChainState.PROPOSED, ChainState.WATCHED)
UNDONE = (ChainState.WATCHED, ChainState.REFUSED, ChainState.MERGED)
"""What may be taken back. An accepted one has a problem, which is closed instead: people were told of it."""


class ChainDecisions:
    """The door for people's decisions about chains."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, intake: Intake) -> None:
        self._store, self._clock, self._ids, self._intake = store, clock, ids, intake

    def decide(
        self,
        chain_id: str,
        to: ChainState,
        *,
        by: str,
        reason: str = "",
        into: str = "",
        title: str = "",
    ) -> Chain:
        """`into` names a problem of ours or of any desk, or another chain, which then gets the cases, and those
        that come later; `title` is what an accepted one is called. Raises UnknownThing, Malformed for words that
        nobody could read, and WrongState when it was decided already, when a refusal gives no reason, or when a
        merge names nothing, a closed problem, or what leads back to where it began."""

        def work(tx: Transaction, record: Recording) -> Chain:
            tx.hold_chains()
            was = _open_chain(tx, chain_id, to)
            _refuse_unsaid(to, reason, into)
            merging = to is ChainState.MERGED
            target, at = (
                merge_into(tx, was, into.strip()) if merging else Target(),
                self._clock.now(),
            )
            said = {"reason": reason.strip(), "into": target.named}
            with legible():
                now = moved(was, to, by=by, at=at, gave=target.gave, **said)
            _change(tx, was, now)
            if to is ChainState.ACCEPTED or target.outside:
                opening = Opening(by=by, at=at, title=title.strip(), outside=target.outside)
                self._open(tx, record, now, opening)
            elif to is ChainState.REFUSED:
                _remember(tx, chain_id)
            for latest in target.given[-1:]:
                reopen(tx, record, latest, target.named, at)
            return now

        return self._intake.together(work)

    def _open(self, tx: Transaction, record: Recording, chain: Chain, opening: Opening) -> None:
        with legible():
            problem = open_problem(tx, chain, opening, self._ids)
        if problem is None:
            raise WrongState(Hindrance.ONLY_PAST, "no case of it is a ticket that is followed here")
        tell_step(tx, record, problem, Step.OPENED, opening.at)

    def undo(self, chain_id: str, *, by: str, reason: str = "") -> Chain:
        """It is a proposal again, with the cases of it that are still where a merge brought them. Raises UnknownThing,
        Malformed, and WrongState for what is not decided, and for what has a problem: that one is closed."""
        with self._store.write() as tx:
            tx.hold_chains()
            was = _known(tx, chain_id)
            if was.state not in UNDONE or tx.problems_of([chain_id]):
                raise WrongState(Hindrance.MOVED_ON, f"the chain is {was.state.value}")
            at = self._clock.now()
            with legible():
                now = moved(was, ChainState.PROPOSED, by=by, at=at, reason=reason.strip())
            _change(tx, was, now)
            tx.set_chain(taken_back(tx, was), chain_id)
            tx.forget_refusals(chain_id)
        return now

    def split(self, chain_id: str, cases: Collection[str], *, by: str) -> str:
        """These cases are another failure: they become a chain of their own, and no pair of one of them and one
        of the others is taken for the same again. Its id. Raises UnknownThing, and WrongState unless some leave
        and some stay."""
        with self._store.write() as tx:
            tx.hold_chains()
            _known(tx, chain_id)
            members = [m.incident for m in tx.members([chain_id]).get(chain_id, [])]
            leaving = [name for name in members if name in set(cases)]
            staying = [name for name in members if name not in set(cases)]
            if not leaving or not staying:
                raise WrongState(
                    Hindrance.REASON_NEEDED, "name some of its cases, and not all", field="cases"
                )
            new = self._ids.new("chn") if chain_id in leaving else leaving[0]
            if tx.chain(new) is not None:
                new = self._ids.new("chn")
            tx.set_chain(leaving, new)
            pairs = {frozenset((a, b)) for a in leaving[-LOOKED_AT:] for b in staying[-LOOKED_AT:]}
            # Under a mark of its own: what becomes of the new chain takes none of them back.
            tx.part_links(pairs, self._ids.new("cut"))
        return new


def _known(tx: Transaction, chain_id: str) -> Chain:
    found = tx.chain(chain_id)
    if found is None:
        raise UnknownThing(f"no chain {chain_id[:100]}")
    return found


def _open_chain(tx: Transaction, chain_id: str, to: ChainState) -> Chain:
    was = _known(tx, chain_id)
    if was.state not in OPEN or was.state is to:
        raise WrongState(Hindrance.MOVED_ON, f"the chain is {was.state.value} already")
    return was


def _change(tx: Transaction, was: Chain, now: Chain) -> None:
    if not tx.move_chain(was, now):
        raise WrongState(Hindrance.MOVED_ON, "somebody else decided meanwhile")


def _refuse_unsaid(to: ChainState, reason: str, into: str) -> None:
    if to is ChainState.REFUSED and not reason.strip():
        raise WrongState(Hindrance.REASON_NEEDED, "say why it is no problem", field="reason")
    if to is ChainState.MERGED and not into.strip():
        raise WrongState(Hindrance.REASON_NEEDED, "say into what it is merged", field="into")


def _remember(tx: Transaction, chain_id: str) -> None:
    """The pairs that made it are not proposed again, whatever their tickets say later."""
    members = [m.incident for m in tx.members([chain_id]).get(chain_id, [])][-LOOKED_AT:]
    tx.refuse_links(tx.links_among(members).keys(), chain_id)
