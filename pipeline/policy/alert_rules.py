"""How are monitors' labels read, which alerts belong together, and when does one flap? As administrators say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from ..domain.alert import Alert
from ..domain.major_events import Severity


@dataclass(frozen=True, kw_only=True)
class AlertRules:
    """`service_labels` and `severity_labels` are looked at in their order; `severities` says what each word
    means. `join_within`: an alert of the same service joins the incident that had one so recently.
    `flapping_changes` within `flapping_within` are told as one thing, until it is quiet for as long."""

    service_labels: tuple[str, ...] = ("service", "app", "application", "system", "job")
    severity_labels: tuple[str, ...] = ("severity", "priority", "level")
    severities: Mapping[str, Severity] = field(default_factory=dict)
    join_within: timedelta = timedelta(minutes=30)
    flapping_changes: int = 6
    flapping_within: timedelta = timedelta(minutes=10)

    def severity_of(self, alert: Alert) -> Severity | None:
        """The alert's own, else what its labels mean; None where nobody said what they mean."""
        if alert.severity is not None:
            return alert.severity
        said = (alert.labels.get(label, "").strip().lower() for label in self.severity_labels)
        return next((self.severities[word] for word in said if word in self.severities), None)

    def candidates(self, alert: Alert) -> list[str]:
        """What may name its service, best first: what its mapping said, then its labels."""
        given = [alert.service, *(alert.labels.get(label) for label in self.service_labels)]
        return [name.strip() for name in given if name and name.strip()]


@dataclass(frozen=True, kw_only=True)
class MaintenanceRules:
    """`announce_before` are the times before its beginning at which those affected are reminded."""

    announce_before: tuple[timedelta, ...] = ()


@dataclass(frozen=True)
class ServiceNames:
    """Which service has this name? By id, name or alias, in any case; a name of two is nobody's."""

    by_name: Mapping[str, str]

    @classmethod
    def of(cls, names: Mapping[str, tuple[str, ...]]) -> ServiceNames:
        owners: dict[str, set[str]] = {}
        for service, called in names.items():
            for name in called:
                owners.setdefault(name.strip().casefold(), set()).add(service)
        # An id is exact, whatever else is called like it.
        known = {name: next(iter(of)) for name, of in owners.items() if len(of) == 1}
        return cls(known | {service.casefold(): service for service in names})

    def first(self, candidates: list[str]) -> str | None:
        found = (self.by_name.get(name.casefold()) for name in candidates)
        return next((service for service in found if service is not None), None)
