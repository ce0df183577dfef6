"""Which typed values stand in what people said? Found literally, reported, each with its line."""

from __future__ import annotations

from .found import Proposal, candidates, confirmed_from

__all__ = ["Proposal", "candidates", "confirmed_from"]
