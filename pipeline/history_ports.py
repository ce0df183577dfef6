"""The seam to the past that was brought in: its tickets, the files that told of them, and where those files lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from .domain.history import HistoryImport, PastTicket

HISTORY, COMPARING = "history", "comparing"
"""Queues: files that are read, and past tickets that are compared among themselves."""


class HistoryWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about the past."""

    def past_tickets(self, ids: Collection[str]) -> dict[str, PastTicket]: ...

    def keep_past(self, tickets: Sequence[PastTicket]) -> None:
        """What was told of a ticket before is replaced."""

    def past_naming(self, words: Collection[str]) -> list[str]:
        """Ids of those in which one of the words stands."""

    def add_import(self, new: HistoryImport) -> None:
        """It is due at once."""

    def history_import(self, import_id: str) -> HistoryImport | None: ...

    def history_imports(self, limit: int = 100) -> list[HistoryImport]:
        """Newest first."""

    def claim_import(self, now: datetime, lease: timedelta) -> HistoryImport | None:
        """The oldest that is due, leased."""

    def hold_import(self, was: HistoryImport) -> bool:
        """Whether it is still as `was` says; it stays so until this unit of work ends. To be asked before past
        tickets are written."""

    def hold_imports(self) -> None:
        """Of no file is anything taken in until this unit of work ends."""

    def erase_from_imports(self, words: Mapping[str, str]) -> None:
        """What files that are still being read tell from now on has other words in the place of these."""

    def move_import(self, was: HistoryImport, now: HistoryImport, due_at: datetime) -> bool:
        """False, and nothing is changed, when it is no longer as `was` says."""

    def await_comparing(self, tickets: Sequence[PastTicket]) -> None:
        """They are compared among themselves, in the order in which they happened."""

    def to_compare(self, limit: int) -> list[str]:
        """The earliest ones."""

    def settle_comparing(self, ids: Collection[str]) -> list[str]:
        """Those of them that were still to be compared, and now are not."""

    def left_to_compare(self) -> int: ...


class HistoryFiles(Protocol):
    """Where files that were sent up lie until they are read."""

    def keep(self, name: str, content: BinaryIO) -> int:
        """Its octets, safe on the disk when this returns."""

    def opened(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Raises FileNotFoundError."""

    def remove(self, name: str) -> None: ...

    def kept(self) -> dict[str, datetime]:
        """Those that lie there, and since when."""
