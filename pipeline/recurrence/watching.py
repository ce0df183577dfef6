"""What does a stream of tickets make, one after the other? All of recurrence in memory: for evaluations and trials."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime

from .case import AFTER_CHANGE, Case
from .chains import Chained, joined, links_of, told
from .judging import Judged, judge
from .past import MemoryPast
from .proposing import FROM_CASE, Kind, is_due, kind_of
from .signature import Signature, Signer, plain_name


@dataclass(frozen=True, kw_only=True)
class Proposed:
    at: datetime
    members: tuple[str, ...]
    kind: Kind


class Watch:
    """Judges each ticket on what came before it. One per stream."""

    def __init__(self, signer: Signer, *, from_case: int = FROM_CASE) -> None:
        self._signer, self._from_case = signer, from_case
        self._past = MemoryPast()
        self._known: dict[str, Signature] = {}
        self._places: dict[str, int] = {}
        self._chain_of: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._links: dict[frozenset[str], float] = {}
        self._proposed: set[str] = set()
        self._changes: deque[tuple[datetime, str]] = deque()

    def changed(self, at: datetime, service: str) -> None:
        self._changes.append((at, plain_name(service)))

    def opened(self, case: Case) -> tuple[Judged, Proposed | None]:
        """What it is like, and the proposal that it completes."""
        signature = self._signer.sign(replace(case, after_change=self._after_change(case)))
        judged = judge(self._past, signature)
        self._places[signature.id] = self._past.add(signature)
        self._known[signature.id] = signature
        self._chain_of[signature.id], self._members[signature.id] = signature.id, [signature.id]
        return judged, self._proposal(self._tied(judged), signature.at)

    def closed(self, id_: str, at: datetime, cause: str) -> tuple[Judged | None, Proposed | None]:
        """What was found, or helped, is known now; it may tie the case to others that were closed before. A case
        that nobody opened, and a note that says nothing, are passed over."""
        known, terms = self._known.get(id_), self._signer.cause(cause)
        if known is None or not terms:
            return None, None
        signature = self._known[id_] = replace(known, cause=terms)
        self._past.learn(self._places[id_], signature)
        judged = judge(self._past, signature, until=at)
        return judged, self._proposal(self._tied(judged), at)

    def _proposal(self, chain: str, at: datetime) -> Proposed | None:
        if chain in self._proposed:
            return None
        cases = self._cases(chain)
        ids = tuple(one.id for one in cases)
        if not is_due(cases, self._from_case) or not told(ids, self._links):
            return None
        self._proposed.add(chain)
        return Proposed(at=at, members=ids, kind=kind_of(cases))

    def _cases(self, chain: str) -> list[Signature]:
        return sorted((self._known[id_] for id_ in self._members[chain]), key=lambda one: one.at)

    def _tied(self, judged: Judged) -> str:
        """The chain in which the case is now, its own id when it is alone. One that has a chain keeps it, and
        what stands alone may join."""
        case = judged.case.id
        own = self._chain_of[case]
        alone = len(self._members[own]) == 1
        links = links_of(case, judged.similar, asks=judged.case.asks)
        self._links |= {frozenset((link.later, link.earlier)): link.odds for link in links}
        others = [link for link in links if self._chain_of[link.earlier] != own]
        near = {link.earlier for link in others}
        known = Chained(
            chain_of={id_: self._chain_of[id_] for id_ in near},
            size_of={(c := self._chain_of[id_]): len(self._members[c]) for id_ in near},
            links=self._links,
        )
        found = [self._chain_of.get(one, one) for one in joined(others, known)]
        into, *rest = [*found, own] if alone else [own, *found]
        for other in rest:
            if other == own or len(self._members.get(other, ())) == 1:
                self._merge(other, into=into)
        return into

    def _merge(self, chain: str, *, into: str) -> None:
        if chain == into:
            return
        for id_ in self._members.pop(chain):
            self._chain_of[id_] = into
            self._members[into].append(id_)
        if chain in self._proposed:
            self._proposed.add(into)

    def _after_change(self, case: Case) -> bool:
        while self._changes and case.at - self._changes[0][0] > AFTER_CHANGE:
            self._changes.popleft()
        said = plain_name(f"{case.title} {case.text}")
        service = plain_name(case.service)
        return any(
            at <= case.at and name and (name == service or name in said)
            for at, name in self._changes
        )
