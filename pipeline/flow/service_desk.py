"""Whose messages are these, and what of the portal stands behind them?"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.portal_parts import ALL, Part


@dataclass(frozen=True, kw_only=True)
class Desk:
    """How the service desk is named and reached, at the foot of its messages; `zone` is the one of its
    public page; `parts` of the portal are on; `mark_machine_text` says under a model's words that they are."""

    name: str
    phone: str
    zone: str = "UTC"
    parts: frozenset[Part] = ALL
    readers_sign_in: bool = False
    mark_machine_text: bool = False
