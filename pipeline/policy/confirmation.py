"""An alert came in: is it a major incident? A second signal, a hold-down or one tap says so.

No single alert declares anything by itself: an unconfirmed all-hands message does more harm than a
minute's wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..domain.incident import Incident


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """How an alert of one of these severities becomes a major incident, besides by a person's tap.

    `hold_down` is how long it must keep firing; None for never. One that comes and goes does not keep firing.
    """

    severities: frozenset[str] = frozenset()
    second_signal: bool = False
    hold_down: timedelta | None = None


def awaits_confirmation(rules: Confirmation, incident: Incident) -> bool:
    """It is grave enough, still firing and not only coming and going, and nobody has decided yet."""
    steady = any(signal.flapping is None for signal in incident.firing)
    return incident.major is None and steady and incident.severity in rules.severities


def is_confirmed(rules: Confirmation, incident: Incident) -> bool:
    """Two different alerts fire at once."""
    return rules.second_signal and len(incident.firing) > 1
