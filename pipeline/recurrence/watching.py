"""What does a stream of tickets make, one after the other? All of recurrence in memory: for evaluations and trials."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .case import Case
from .chains import Chained, joined, links_of
from .judging import Judged, judge
from .past import MemoryPast
from .proposing import FROM_CASE, Kind, is_due, kind_of
from .signature import Signature, Signer, plain_name

AFTER_CHANGE = timedelta(hours=24)
"""A failure within a day of a change of its service may come of it."""


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
        self._past.add(signature)
        self._known[signature.id] = signature
        chain = self._tied(judged)
        if chain in self._proposed or not is_due(cases := self._cases(chain), self._from_case):
            return judged, None
        self._proposed.add(chain)
        ids = tuple(one.id for one in cases)
        return judged, Proposed(at=signature.at, members=ids, kind=kind_of(cases))

    def _cases(self, chain: str) -> list[Signature]:
        return sorted((self._known[id_] for id_ in self._members[chain]), key=lambda one: one.at)

    def _tied(self, judged: Judged) -> str:
        """The chain in which the case is now, its own id when it is alone."""
        case = judged.case.id
        links = links_of(case, judged.similar, asks=judged.case.asks)
        near = {link.earlier for link in links}
        known = Chained(
            chain_of={id_: self._chain_of[id_] for id_ in near},
            size_of={(c := self._chain_of[id_]): len(self._members[c]) for id_ in near},
            links=self._links,
        )
        chain, *others = [*joined(links, known), case]
        self._chain_of[case], self._members[case] = case, [case]
        for other in others:
            self._merge(self._chain_of.get(other, other), into=chain)
        self._links |= {frozenset((link.later, link.earlier)): link.odds for link in links}
        return chain

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
