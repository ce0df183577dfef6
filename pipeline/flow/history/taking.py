"""What becomes of past tickets that are told? They are kept and signed, and nobody hears of it."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.history import Counts, PastTicket
from ...ports import Store, Transaction
from ...recurrence.case import Case
from ...recurrence.kept import written
from ...recurrence.signature import Signature, signer
from ...recurrence_ports import Signed

MOST_AT_ONCE = 500
"""Of one transaction: others wait for it."""


class Past:
    """The door for tickets of the past. Telling one again changes nothing; telling it otherwise changes it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, tickets: Sequence[PastTicket], *, propose: bool = False) -> Counts:
        """Whole or not at all; each of them once. With `propose` they are compared among themselves later."""
        signed = self.signed(tickets)
        with self._store.write() as tx:
            return keep(tx, tickets, signed, propose=propose)

    def signed(self, tickets: Sequence[PastTicket]) -> dict[str, Signature]:
        """Their signatures; takes time, and no lock."""
        return {one.id: signer().sign(case_of(one)) for one in tickets}


def keep(
    tx: Transaction,
    tickets: Sequence[PastTicket],
    signed: dict[str, Signature],
    *,
    propose: bool = False,
) -> Counts:
    known = tx.past_tickets([one.id for one in tickets])
    live = _live(tx, [one for one in tickets if one.id not in known])
    new = [one for one in tickets if one.id not in known and one.id not in live]
    changed = [one for one in tickets if one.id in known and known[one.id] != one]
    tx.keep_past([*new, *changed])
    tx.add_past([_row(signed[one.id]) for one in new])
    tx.sign_anew([_row(signed[one.id]) for one in changed])
    if propose:
        tx.await_comparing([one for one in tickets if one.id not in live])
    return Counts(
        rows=len(tickets),
        added=len(new),
        changed=len(changed),
        live=len(live),
        unchanged=len(tickets) - len(new) - len(changed) - len(live),
    )


def sign_anew(tx: Transaction, ids: Sequence[str]) -> None:
    """Words went from these: what they are found by is taken from what is left."""
    for at in range(0, len(ids), MOST_AT_ONCE):
        told = tx.past_tickets(ids[at : at + MOST_AT_ONCE]).values()
        tx.sign_anew([_row(signer().sign(case_of(one))) for one in told])


def case_of(ticket: PastTicket) -> Case:
    """With what fixed it, like one that is closed here: it says what it was."""
    said = (ticket.text, ticket.fix, ticket.cause)
    return Case(
        id=ticket.id,
        at=ticket.opened_at,
        title=ticket.title,
        text="\n".join(part for part in said if part),
        service=ticket.service,
        category=ticket.category,
        site=ticket.site,
        cause=ticket.cause,
    )


def _live(tx: Transaction, tickets: Sequence[PastTicket]) -> set[str]:
    """Ids of those that Heliograph followed itself, and knows better."""
    by_source: dict[str, dict[str, str]] = {}
    for one in tickets:
        by_source.setdefault(one.source, {})[one.number] = one.id
    return {
        numbers[number]
        for source, numbers in by_source.items()
        for number in tx.incidents_by_number(source, list(numbers))
    }


def _row(signature: Signature) -> Signed:
    return Signed(
        incident=signature.id,
        at=signature.at,
        body=written(signature),
        terms=signature.terms,
        chain=signature.id,
        judgement=None,
    )
