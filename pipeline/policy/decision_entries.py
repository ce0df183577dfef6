"""What does a rule file say of approvals and surveys? Times, and whose turn it is."""

from __future__ import annotations

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

    def compiled(self) -> SurveyRules:
        return SurveyRules(**self.model_dump())


def compiled(
    approvals: ApprovalEntry | None,
    surveys: SurveyEntry | None,
    of_approvals: ApprovalRules,
    of_surveys: SurveyRules,
) -> tuple[ApprovalRules, SurveyRules]:
    """What a file says, in place of what the files before it said."""
    return (
        approvals.compiled() if approvals else of_approvals,
        surveys.compiled() if surveys else of_surveys,
    )
