"""By which names is known what Heliograph itself records? Nobody else may use them: who could would take an
event's place before it is recorded, or pass for what was decided here.
"""

from __future__ import annotations

OWN = "heliograph:"
"""Begins the id of an event that was made of an act or a decision here."""
MAINTENANCE = "maintenance"
"""The source of maintenance that is planned here, and not at a desk."""


def borrowed(source: str, source_id: str) -> list[tuple[str, str]]:
    """Which attributes of an event from outside are ours, as (field, sentence)."""
    found = []
    if source_id.casefold().startswith(OWN):
        said = f"begins with {OWN}, as Heliograph's own events do; give it an id of its source's"
        found.append(("id", said))
    if source.casefold() == MAINTENANCE:
        said = f"{MAINTENANCE} is what Heliograph itself plans; give this source another name"
        found.append(("source", said))
    return found
