"""By which names is known what Heliograph itself records? Nobody else may use them: who could would take an
event's place before it is recorded, or pass for what was decided here.
"""

from __future__ import annotations

from unicodedata import normalize

from .directory import shows

OWN = "heliograph:"
"""Begins the id of an event that was made of an act or a decision here."""
MAINTENANCE = "maintenance"
"""The source of maintenance that is planned here, and not at a desk."""


def borrowed(source: str, source_id: str) -> list[tuple[str, str]]:
    """Which attributes of an event from outside are ours, as (field, sentence)."""
    found = []
    if _as_seen(source_id).startswith(OWN):
        said = f"begins with {OWN}, as Heliograph's own events do; give it an id of its source's"
        found.append(("id", said))
    if (taken := borrowed_source(source)) is not None:
        found.append(("source", taken))
    return found


def borrowed_source(source: str) -> str | None:
    """What is to be said of a source that bears a name of ours."""
    if _as_seen(source) != MAINTENANCE:
        return None
    return f"{MAINTENANCE} is what Heliograph itself plans; give this source another name"


def _as_seen(name: str) -> str:
    """Only what a reader sees, in one width and case. A letter of another script that looks alike is another letter."""
    return "".join(filter(shows, normalize("NFKC", name))).casefold()
