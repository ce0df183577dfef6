"""The seams to on-call calendars: how they are kept, looked at, and fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from .domain.rota import Rota, Shift

ROTAS = "rotas"
"""The queue of calendars that are to be read again."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A calendar as it was read: its content as it is kept, and the shifts in it; None of both where it could not be
    read, and what was kept stays."""

    rota: Rota
    content: str | None = None
    shifts: Sequence[Shift] | None = None


class OnCallWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about them."""

    def rota(self, rota_id: str) -> Rota | None: ...

    def rotas(self) -> list[Rota]:
        """All of them, by their ids: an organisation has dozens."""

    def rota_content(self, rota_id: str) -> str | None:
        """The calendar as it was last read well."""

    def due_rotas(self, now: datetime, limit: int) -> list[Rota]:
        """Those to be read again, the earliest first."""

    def keep_reading(self, before: Rota | None, reading: Reading) -> bool:
        """Put it in the place of `before`. False, and nothing is kept, when that is no longer what stands there."""

    def remove_rota(self, rota_id: str) -> bool: ...

    def shifts_at(self, rota_id: str, moment: datetime) -> list[Shift]:
        """Who has it then, in the order in which they began."""

    def shifts_between(self, rota_id: str, since: datetime, until: datetime) -> list[Shift]:
        """Those that last into that time, earliest first."""


class FetchCalendar(Protocol):
    def __call__(self, url: str) -> bytes:
        """What is there now. Raises UnreadCalendar, with a sentence that shows no more of the address than its host."""


class UnreadCalendar(Exception):
    """One sentence why."""
