"""Can the checks fail? Workers come late, facts lose their source, times are shifted: on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from .rows import Row
from .steps import Step

SHIFT = timedelta(minutes=37)


@dataclass(frozen=True, kw_only=True)
class Spoiling:
    """One in so many of each, the same ones each time."""

    one_in: int = 5

    def late(self, step: Step) -> bool:
        return self._chosen(f"late {step.history} {step.at}")

    def row(self, row: Row) -> Row:
        name = f"{row.incident} {row.at} {row.recipient}"
        if self._chosen(f"strip {name}"):
            stripped = tuple(v.model_copy(update={"source": None}) for v in row.values)
            return row.model_copy(update={"values": stripped})
        if self._chosen(f"shift {name}") and row.promised_at is not None:
            return row.model_copy(update={"promised_at": row.promised_at + SHIFT})
        return row

    def _chosen(self, name: str) -> bool:
        return sha256(name.encode()).digest()[0] % self.one_in == 0
