"""Which pages set Heliograph up? Those that are not part of the daily work; one page leads to all of them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.directory import Role


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`code` has a name (`manage:`) and a sentence (`manages:`) in both catalogues."""

    code: str
    path: str
    role: Role = Role.VIEWER


ENTRIES = (
    Entry(code="why", path="/why", role=Role.TECHNICIAN),
    Entry(code="services", path="/services"),
    Entry(code="rules", path="/rules"),
    Entry(code="texts", path="/texts"),
    Entry(code="alerts", path="/alerts"),
    Entry(code="maintenance", path="/maintenance"),
    Entry(code="on_call", path="/on-call", role=Role.TECHNICIAN),
    Entry(code="mutes", path="/mutes", role=Role.ADMINISTRATOR),
    Entry(code="webhooks", path="/webhooks", role=Role.ADMINISTRATOR),
    Entry(code="surveys", path="/surveys", role=Role.INCIDENT_MANAGER),
    Entry(code="subscriptions", path="/subscriptions", role=Role.ADMINISTRATOR),
    Entry(code="history", path="/history", role=Role.ADMINISTRATOR),
    Entry(code="models", path="/models", role=Role.ADMINISTRATOR),
)
BEGINNINGS = ("/manage", *(entry.path for entry in ENTRIES if entry.path != "/services"))
"""How their addresses begin; the services stand in the navigation themselves."""
