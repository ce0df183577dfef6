"""What stands behind the portal at the door? Put together here, beside the one place that names adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .flow.portal.publishing import Publishing
from .portal_ports import PortalQueries
from .ports import Clock, Queries


@dataclass(frozen=True, kw_only=True)
class Portal:
    """What the door needs for what everybody may see, for subscriptions and for attached tickets."""

    publishing: Publishing
    queries: PortalQueries


def open_portal(queries: Queries, portal: PortalQueries, clock: Clock) -> Portal:
    return Portal(publishing=Publishing(queries, portal, clock), queries=portal)
