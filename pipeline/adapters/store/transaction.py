"""One transaction: all groups of rows over the same connection."""

from __future__ import annotations

from datetime import datetime

from ...domain.times import from_text
from .duty_rows import DutyRows
from .erasure_rows import ErasureRows
from .event_rows import EventRows
from .ledger_rows import LedgerRows
from .model_call_rows import ModelCallRows
from .prose_rows import ProseRows
from .question_rows import QuestionRows
from .recurrence_rows import RecurrenceRows
from .summary_rows import SummaryRows
from .work_rows import WorkRows


class SqlTransaction(
    EventRows,
    WorkRows,
    LedgerRows,
    DutyRows,
    QuestionRows,
    ModelCallRows,
    SummaryRows,
    ProseRows,
    RecurrenceRows,
    ErasureRows,
):
    """What `ports.Transaction` promises, in SQL."""

    def end_leases(self, now: datetime) -> None:
        self._end_communication_leases(now)
        self._end_message_leases(now)
        self._end_lookup_leases(now)
        self._end_prose_leases(now)
        self._end_judging_leases(now)

    def next_due(self, queue: str) -> datetime | None:
        """When the earliest row of a queue wants work (leases counted), or None."""
        if queue == "communications":
            earliest = self._next_communication()
        elif queue == "promises":
            earliest = self._next_promise()
        elif queue == "confirmations":
            earliest = self._next_confirmation()
        elif queue == "lookups":
            earliest = self._next_lookup()
        elif queue == "prose":
            earliest = self._next_prose()
        elif queue == "recurrence":
            earliest = self._next_judging()
        else:
            earliest = self._next_message(queue.removeprefix("messages:"))
        return from_text(earliest) if earliest else None
