"""What sort of thing has failed? A few types, each with sentences of its own in `prompts/incident_types/`."""

from __future__ import annotations

from enum import StrEnum


class IncidentType(StrEnum):
    """A person says it of a ticket, or its service has it in the directory."""

    MAIL = "mail"
    NETWORK = "network"
    BUSINESS_APP = "business_app"
    SIGN_IN = "sign_in"
    PRINTING = "printing"
    SECURITY = "security"
    DATA_CENTRE = "data_centre"
    THIRD_PARTY = "third_party"
    PLANNED_WORK = "planned_work"


TYPE_KEYS = tuple(f"type.{one.value}" for one in IncidentType)
"""How a type is named in texts; `prompts/states.yaml` has words for each."""
