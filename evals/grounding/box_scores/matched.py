"""How many marked errors are found, how many reports are right? Counted as the shared task counts them.

A report and an error match when they share a word; a report finds one error at most. Recall is the found
share of errors, precision the share of reports that found one (Thomson and Reiter, INLG 2021). By type,
only errors and reports of that type are laid side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..measured import Tally
from .items import Error
from .reported import Report

TYPES = ("NAME", "NUMBER", "WORD", "CONTEXT", "NOT_CHECKABLE", "OTHER")
BEST = {"recall": 0.691, "precision": 0.756}
"""Published: the best entry of the shared task, on its own 30 texts for judging."""


@dataclass
class Matched:
    """Tallies over many texts; `of` are errors for recall, reports for precision."""

    recall: Tally = field(default_factory=Tally)
    precision: Tally = field(default_factory=Tally)

    def add(self, errors: Iterable[Error], reports: Iterable[Report]) -> None:
        """One text's."""
        left = list(reports)
        self.precision.asked += len(left)
        for error in sorted(errors, key=lambda e: e.first):
            hit = next((r for r in left if r.words & error.words), None)
            self.recall.add(hit is not None)
            if hit is not None:
                left.remove(hit)
                self.precision.named += 1


@dataclass
class Score:
    """All figures of one way to hold the texts to their sheets."""

    whole: Matched = field(default_factory=Matched)
    typed: dict[str, Matched] = field(default_factory=lambda: {t: Matched() for t in TYPES})
    by_type: dict[str, Tally] = field(default_factory=lambda: {t: Tally() for t in TYPES})
    """Found by a report of any type."""
    wrong: Tally = field(default_factory=Tally)
    """Sentences with a marked error."""
    clean: Tally = field(default_factory=Tally)
    """Sentences without one."""

    def add(self, errors: Sequence[Error], reports: Sequence[Report]) -> None:
        self.whole.add(errors, reports)
        for type_, matched in self.typed.items():
            own = [e for e in errors if e.type == type_]
            matched.add(own, [r for r in reports if r.type == type_])
            for error in own:
                self.by_type[type_].add(any(r.words & error.words for r in reports))

    def as_metrics(self) -> dict[str, Any]:
        return {
            "recall": self.whole.recall.share,
            "recall_between": self.whole.recall.between,
            "precision": self.whole.precision.share,
            "precision_between": self.whole.precision.between,
            "by_type": {t: _typed(self.typed[t], self.by_type[t]) for t in TYPES},
            "sentences": {
                "found": self.wrong.as_metrics(),
                "stopped_clean": self.clean.as_metrics(),
            },
            "errors": self.whole.recall.asked,
            "reports": self.whole.precision.asked,
        }


def _typed(matched: Matched, any_type: Tally) -> Mapping[str, Any]:
    return {
        "found": any_type.share,
        "found_between": any_type.between,
        "recall": matched.recall.share,
        "precision": matched.precision.share if matched.precision.asked else None,
        "errors": matched.recall.asked,
        "reports": matched.precision.asked,
    }
