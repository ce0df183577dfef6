"""What does a rule file say of approvals and surveys? Times, and whose turn it is."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from ..domain.directory import Key
from .approvals import ApprovalRules
from .durations import Term
from .entries import Spec
from .surveys import SurveyRules


class ApprovalEntry(Spec):
    due_within: Term
    remind_before: Term
    grace: Term
    escalate_to: tuple[Key, ...] = Field(default=(), max_length=20)

    def compiled(self) -> ApprovalRules:
        return ApprovalRules(**self.model_dump())


class SurveyEntry(Spec):
    open_for: Term
    once_in: Term
    low: int = Field(strict=True, ge=1, le=4)
    raise_after: Term
    raise_again: Term = timedelta(days=1)

    def compiled(self) -> SurveyRules:
        return SurveyRules(**self.model_dump())
