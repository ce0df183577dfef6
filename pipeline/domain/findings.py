"""What the guard found in a text, and what follows from it. Findings are values, and kept."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from .directory import Key, Value


class FindingLevel(IntEnum):
    """What a finding does: a warning is shown, a hold waits for a person, a block stops the text."""

    WARN = 1
    HOLD = 2
    BLOCK = 3


class Words(StrEnum):
    """Whose words a check judges (law 7)."""

    TEMPLATE = "template"
    MODEL = "model"
    PERSON = "person"
    QUOTATION = "quotation"


class Finding(Value):
    """One thing that a check found: the rule, its level, and the words it is about.

    `rule` names the sentence that a reader is told; `detail` is the English one, for programs and logs.
    """

    check: Key
    rule: Key
    level: FindingLevel
    form: str
    language: str
    excerpt: str = ""
    detail: str = ""
    words: Words = Words.TEMPLATE
    """Whose words it is about: ours, unless the check judged what somebody else wrote."""
    length: int | None = None
    limit: int | None = None
    """What was counted and what is allowed, when a check counts."""


class Verdict(Value):
    """All findings on one draft."""

    findings: tuple[Finding, ...] = ()

    @property
    def level(self) -> FindingLevel | None:
        return max((f.level for f in self.findings), default=None)
