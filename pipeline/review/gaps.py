"""What would a reader ask that nobody recorded? Each is an open question, and none is answered by silence."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.events import Event
from ..domain.incident import Incident
from .spans import Marks, Moment


def gaps_of(incident: Incident, events: Sequence[Event], marks: Marks) -> list[str]:
    """Codes of `prompts/report/words.yaml`."""
    major = incident.major
    restored = major.restored.value if major and major.restored else None
    names = {event.name for event in events}
    has_cause = (major is not None and major.cause is not None) or (
        incident.resolution is not None and incident.resolution.value.cause_confirmed is not None
    )
    missing = {
        "no_start": Moment.STARTED not in marks,
        "no_alert": "alerted" not in names,
        "no_cause": not has_cause,
        "no_scope": major is not None and major.scope is None,
        "no_data": restored is not None and restored.data is None,
        "no_limits": restored is not None and restored.limits is None,
        "no_measures": restored is not None and restored.measures is None,
    }
    return [code for code, is_missing in missing.items() if is_missing]
