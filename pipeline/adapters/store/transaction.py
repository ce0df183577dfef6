"""One transaction: all groups of rows over the same connection."""

from __future__ import annotations

from datetime import datetime

from ...clocks_ports import CLOCKS, CLOSINGS
from ...domain.times import from_text
from ...history_ports import COMPARING, HISTORY
from ...oncall_ports import ROTAS
from ...problems_ports import PROBLEMS
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
from .recurrence_rows import RecurrenceRows
from .report_rows import ReportRows
from .rule_rows import RuleRows
from .summary_rows import SummaryRows
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
    AlertRows,
    AgreementRows,
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
        if queue == "communications":
            earliest = self._next_communication()
        elif queue == "promises":
            earliest = self._next_promise()
        elif queue == "confirmations":
            earliest = self._next_confirmation()
        elif queue == "approvals":
            earliest = self._next_approval_step()
        elif queue == "lookups":
            earliest = self._next_lookup()
        elif queue == "prose":
            earliest = self._next_prose()
        elif queue == "actions":
            earliest = self._next_action()
        elif queue == "alerts":
            earliest = self._next_alert()
        elif queue == "maintenance":
            earliest = self._next_maintenance()
        elif queue == "agreements":
            earliest = self._next_agreement()
        elif queue == CLOCKS:
            earliest = self._next_service_clock()
        elif queue == CLOSINGS:
            earliest = self._next_closing()
        elif queue == "corrections":
            earliest = self._next_correction_check()
        elif queue == "waiting":
            earliest = self._next_waiting()
        elif queue == "opt_ins":
            earliest = self._next_opt_in()
        elif queue == ROTAS:
            earliest = self._next_rota()
        elif queue == "recurrence":
            earliest = self._next_judging()
        elif queue in (HISTORY, COMPARING):
            earliest = self._next_of_past(queue)
        elif queue == PROBLEMS:
            earliest = self._next_problem()
        else:
            earliest = self._next_message(queue.removeprefix("messages:"))
        return from_text(earliest) if earliest else None
