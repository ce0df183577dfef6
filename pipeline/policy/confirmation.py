"""An alert came in, or many tickets at once: is it a major incident? A second signal, a hold-down or one tap says so.

No single alert declares anything by itself, and no number of tickets: an unconfirmed all-hands message does more
harm than a minute's wait.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from ..domain.incident import Incident
from ..domain.major_events import Severity

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class TicketRule:
    """`count` tickets of one service (of any, where None), each of another person, reported `within` a time, ask
    whether they are a failure as grave as `severity`.

    Besides by a person's tap it becomes a major incident by an alert of the same service, where `second_signal` says
    so, or when as many are still open after `hold_down`; None for never.
    """

    service: str | None = None
    count: int
    within: timedelta
    severity: Severity = "P2"
    second_signal: bool = False
    hold_down: timedelta | None = None
    where: str = field(default="", compare=False)
    """File and line."""


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """How an alert of one of these severities becomes a major incident, besides by a person's tap; and how many
    `tickets` ask the same.

    `hold_down` is how long it must keep firing; None for never. One that comes and goes does not keep firing.
    Tickets of the categories `requests` ask for something, and say of no failure.
    """

    severities: frozenset[str] = frozenset()
    second_signal: bool = False
    hold_down: timedelta | None = None
    tickets: tuple[TicketRule, ...] = ()
    requests: frozenset[str] = frozenset()

    def tickets_of(self, service: str) -> TicketRule | None:
        """What is said of this service, else what is said of any."""
        found = {rule.service: rule for rule in self.tickets}
        return found.get(service) or found.get(None)

    @property
    def heeds_alerts(self) -> bool:
        """An alert confirms tickets of its service."""
        return any(rule.second_signal for rule in self.tickets)


def awaits_confirmation(rules: Confirmation, incident: Incident) -> bool:
    """It is grave enough, still firing and not only coming and going, and nobody has decided yet."""
    steady = any(signal.flapping is None for signal in incident.firing)
    return incident.major is None and steady and incident.severity in rules.severities


def is_confirmed(rules: Confirmation, incident: Incident) -> bool:
    """Two different alerts of its service fire at once. One whose service nobody knows may be of another failure,
    though its monitor put it into the same group."""
    of_it = [s for s in incident.firing if s.first.value.service in incident.services]
    return rules.second_signal and len(of_it) > 1


def as_filed(category: str) -> str:
    """However a desk writes it: `Service Request` is `service-request`."""
    return "-".join(_WORD.findall(category.casefold()))
