"""What do the simple rules of the field propose? Four tickets in four hours that are nine tenths alike, and the same label three times in 30 days."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from datetime import datetime, timedelta

from knowledge.tokens.normal import normal
from knowledge.tokens.words import Cutter
from pipeline.recurrence.proposing import Kind
from pipeline.recurrence.watching import Proposed

from .rows import Row


class FourInFourHours:
    """A ticket and three others of the last four hours whose words are 90 % alike (cosine)."""

    alike, cases, within = 0.9, 4, timedelta(hours=4)

    def __init__(self) -> None:
        self._cutter = Cutter()
        self._recent: deque[tuple[datetime, str, Counter[str]]] = deque()
        self._told: set[str] = set()

    def opened(self, row: Row) -> Proposed | None:
        words = Counter(self._cutter.words(normal(f"{row.get('title')} {row.get('text')}")))
        while self._recent and row["time"] - self._recent[0][0] > self.within:
            self._recent.popleft()
        near = [id_ for _, id_, other in self._recent if _cosine(words, other) >= self.alike]
        self._recent.append((row["time"], str(row["id"]), words))
        members = (*near, str(row["id"]))
        if len(members) < self.cases or self._told.intersection(members):
            self._told.update(m for m in members if self._told.intersection(members))
            return None
        self._told.update(members)
        return Proposed(at=row["time"], members=members, kind=Kind.STORM)


class SameLabel:
    """The same service and category for the third time in 30 days, told once in that time."""

    cases, within = 3, timedelta(days=30)

    def __init__(self) -> None:
        self._recent: defaultdict[tuple[str, str], deque[tuple[datetime, str]]] = defaultdict(deque)
        self._told: dict[tuple[str, str], datetime] = {}

    def opened(self, row: Row) -> Proposed | None:
        label = str(row.get("service") or ""), str(row.get("category") or "")
        if not label[0]:
            return None
        recent = self._recent[label]
        while recent and row["time"] - recent[0][0] > self.within:
            recent.popleft()
        recent.append((row["time"], str(row["id"])))
        told = self._told.get(label)
        if len(recent) < self.cases or (told and row["time"] - told <= self.within):
            return None
        self._told[label] = row["time"]
        members = tuple(id_ for _, id_ in recent)
        return Proposed(at=row["time"], members=members, kind=Kind.CHAIN)


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(often * other[word] for word, often in one.items())
    norms = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return shared / norms if norms else 0.0
