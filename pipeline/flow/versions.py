"""Is the ticket still as the sender of an event saw it?"""

from __future__ import annotations

from ..domain.cloudevents import Incoming
from ..domain.errors import StaleVersion
from ..domain.incident import Incident


def check_version(item: Incoming, before: Incident | None) -> None:
    """Raises StaleVersion when an event came in between."""
    current = before.version if before else 0
    if item.expected_version is not None and item.expected_version != current:
        raise StaleVersion(
            f"the ticket is at version {current}, not {item.expected_version}; read it again",
            field="expectedversion",
        )
