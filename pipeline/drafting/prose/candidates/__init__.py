"""Which typed values stand in what people said? Found literally, reported, each with its line."""

from __future__ import annotations

from .found import Finder

__all__ = ["Finder"]
