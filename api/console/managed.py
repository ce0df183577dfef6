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
    Entry(code="rules", path="/rules"),
    Entry(code="models", path="/models", role=Role.ADMINISTRATOR),
)
BEGINNINGS = ("/manage", *(entry.path for entry in ENTRIES))
"""How their addresses begin."""
