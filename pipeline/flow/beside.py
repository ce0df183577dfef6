"""What else goes to the same readers, and what have they heard? A text depends on both."""

from __future__ import annotations

from dataclasses import replace

from ..domain.communication import Draft, Reason
from ..domain.facts import STATEMENT, Brief
from ..domain.findings import FindingLevel
from .gather import Subject


def without_others_words(subject: Subject, brief: Brief) -> Subject | None:
    """Somebody's statement may have to wait; what is told beside it has not. None where there is none."""
    said = {fact.event for fact in brief.facts if fact.attribute == STATEMENT}
    others = said - set(subject.communication.events)
    return replace(subject, withheld=subject.withheld | others) if others else None


def stops(draft: Draft) -> bool:
    return any(finding.level >= FindingLevel.HOLD for finding in draft.verdict.findings)


def told_beside(subject: Subject) -> Reason | None:
    """An announced update is not due any more when news of the same batch goes to the same readers."""
    beside = subject.beside and subject.communication.scheduled
    return Reason(code="told_meanwhile") if beside else None
