"""How is it written in a rule file what monitors' alerts mean, and when maintenance is announced?"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from ..domain.major_events import Severity
from .alert_rules import AlertRules, MaintenanceRules
from .durations import Duration
from .entries import Spec

Label = Annotated[str, Field(min_length=1, max_length=200)]
Labels = Annotated[tuple[Label, ...], Field(min_length=1, max_length=20)]


def _some_time(wait: timedelta) -> timedelta:
    if wait < timedelta(minutes=1):
        raise ValueError("is shorter than 1m")
    return wait


class _Flapping(Spec):
    changes: int = Field(strict=True, ge=3, le=100)
    within: Annotated[Duration, AfterValidator(_some_time)]


class AlertEntry(Spec):
    """What is left out stays as it is shipped; words of `severities` are met in any case."""

    service_labels: Labels = AlertRules.service_labels
    severity_labels: Labels = AlertRules.severity_labels
    severities: dict[Label, Severity] = {}
    join_within: Annotated[Duration, AfterValidator(_some_time)] = AlertRules.join_within
    flapping: _Flapping | None = None

    def compiled(self) -> AlertRules:
        usual = AlertRules()
        flapping = self.flapping
        return AlertRules(
            service_labels=self.service_labels,
            severity_labels=self.severity_labels,
            severities={word.lower(): meant for word, meant in self.severities.items()},
            join_within=self.join_within,
            flapping_changes=flapping.changes if flapping else usual.flapping_changes,
            flapping_within=flapping.within if flapping else usual.flapping_within,
        )


class MaintenanceEntry(Spec):
    announce_before: Annotated[
        tuple[Annotated[Duration, AfterValidator(_some_time)], ...], Field(max_length=5)
    ] = ()

    def compiled(self) -> MaintenanceRules:
        return MaintenanceRules(announce_before=tuple(sorted(self.announce_before, reverse=True)))
