"""One transaction: all groups of rows over the same connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from ...clocks_ports import CLOCKS, CLOSINGS
from ...domain.times import from_text
from ...history_ports import COMPARING, HISTORY
from ...oncall_ports import ROTAS
from ...problems_ports import PROBLEMS
from ...surge_ports import SURGES
from .agreement_rows import AgreementRows
from .alert_rows import AlertRows
from .causes_rows import CauseRows
from .clocks_rows import ClockRows, ClosingRows
from .correction_rows import CorrectionRows
from .decision_rows import DecisionRows
from .duty_rows import DutyRows
from .erasure_rows import ErasureRows
from .event_rows import EventRows
from .history_rows import HistoryRows
from .ledger_rows import LedgerRows
from .model_call_rows import ModelCallRows
from .oncall_rows import OnCallRows
from .portal_rows import PortalRows
from .problems_rows import ProblemRows
from .prose_rows import ProseRows
from .question_rows import QuestionRows
from .reach_rows import ReachRows
from .reader_rows import ReaderRows
from .recurrence_rows import RecurrenceRows
from .report_rows import ReportRows
from .rule_rows import RuleRows
from .summary_rows import SummaryRows
from .surge_rows import SurgeRows
from .survey_rows import SurveyRows
from .text_version_rows import TextVersionRows
from .wish_rows import WishRows
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
    ReportRows,
    DecisionRows,
    SurveyRows,
    AlertRows,
    AgreementRows,
    SurgeRows,
    TextVersionRows,
    ClockRows,
    ClosingRows,
    CorrectionRows,
    RuleRows,
    ReachRows,
    RecurrenceRows,
    HistoryRows,
    ProblemRows,
    ErasureRows,
    PortalRows,
    CauseRows,
    OnCallRows,
    WishRows,
    ReaderRows,
):
    """What `ports.Transaction` promises, in SQL."""

    def end_leases(self, now: datetime) -> None:
        self._end_communication_leases(now)
        self._end_message_leases(now)
        self._end_lookup_leases(now)
        self._end_prose_leases(now)
        self._end_judging_leases(now)
        self._end_history_leases(now)

    def next_due(self, queue: str) -> datetime | None:
        """When the earliest row of a queue wants work (leases counted), or None."""
        earliest = self._looks().get(
            queue, lambda: self._next_message(queue.removeprefix("messages:"))
        )()
        return from_text(earliest) if earliest else None

    def _looks(self) -> dict[str, Callable[[], str | None]]:
        """Into each queue of rows of its own; any other is a channel's queue of messages."""
        return {
            "communications": self._next_communication,
            "promises": self._next_promise,
            "confirmations": self._next_confirmation,
            "approvals": self._next_approval_step,
            "lookups": self._next_lookup,
            "prose": self._next_prose,
            "actions": self._next_action,
            "alerts": self._next_alert,
            SURGES: self._next_sighting,
            "maintenance": self._next_maintenance,
            "agreements": self._next_agreement,
            CLOCKS: self._next_service_clock,
            CLOSINGS: self._next_closing,
            "corrections": self._next_correction_check,
            "waiting": self._next_waiting,
            "opt_ins": self._next_opt_in,
            "reader_links": self._next_reader_link,
            ROTAS: self._next_rota,
            "recurrence": self._next_judging,
            HISTORY: partial(self._next_of_past, HISTORY),
            COMPARING: partial(self._next_of_past, COMPARING),
            PROBLEMS: self._next_problem,
        }
