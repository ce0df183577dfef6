"""Do the votes on a text suffice? Counted by what the rules asked when it was composed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..domain.agreement import PERSONS, Agreement, Ballot, Mode, Vote, Voter
from ..domain.errors import Hindrance, NotAllowed, WrongState

TOKENS = "tokens"
"""What programs count as, together: two tokens are not two people."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """`agreed` are those whose word counts, each once."""

    agreed: tuple[str, ...]
    needed: int
    vetoed: bool

    @property
    def suffices(self) -> bool:
        return not self.vetoed and len(self.agreed) >= self.needed


def counted(agreement: Agreement, votes: Iterable[Vote]) -> Count:
    """A veto outweighs every agreement. Of two persons neither may have written the words (N12)."""
    given = list(votes)
    agreed = dict.fromkeys(
        v.voter.id if v.voter.person else TOKENS
        for v in given
        if v.ballot is Ballot.AGREE and not _is_author(agreement, v.voter)
    )
    return Count(
        agreed=tuple(agreed),
        needed=PERSONS.get(agreement.demand.mode, 1),
        vetoed=any(v.ballot is Ballot.VETO for v in given),
    )


def too_few(agreement: Agreement, people: Collection[str]) -> bool:
    """Fewer of these could agree than have to: nothing but a wider circle lets it leave."""
    needed = PERSONS.get(agreement.demand.mode, 1)
    return len(able(agreement, people)) < needed


def able(agreement: Agreement, people: Collection[str]) -> list[str]:
    """Those whose agreement would count."""
    voters = (Voter(id=name, via="console") for name in sorted(people))
    return [voter.id for voter in voters if not _is_author(agreement, voter)]


def refuse_voter(agreement: Agreement, voter: Voter, groups: Collection[str]) -> None:
    """Of an agreement: raises NotAllowed for somebody who was not asked, WrongState for an author of the
    words. `groups` are those that the voter belongs to. Whoever sees a text may stop it."""
    demand = agreement.demand
    asked = {demand.ask} if demand.ask else set()
    if agreement.escalated and demand.escalate_to:
        asked.add(demand.escalate_to)
    if asked and not voter.manages and not asked & set(groups):
        raise NotAllowed(f"this text is for {', '.join(sorted(asked))} to release")
    if _is_author(agreement, voter):
        raise WrongState(Hindrance.OWN_WORDS, "somebody else has to agree to your own words")


def _is_author(agreement: Agreement, voter: Voter) -> bool:
    two = agreement.demand.mode is Mode.TWO_PERSONS
    return two and voter.person and voter.id in {a.id for a in agreement.authors}
