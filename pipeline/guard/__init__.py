"""May this text leave? Every check looks at it; what they find is a verdict (law 7)."""

from __future__ import annotations

from .examination import examine
from .examined import Examined
from .phrases import Phrases

__all__ = ["Examined", "Phrases", "examine"]
