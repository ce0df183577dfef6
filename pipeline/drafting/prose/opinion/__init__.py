"""What is a second model asked about a text, and what of its answer counts? Which words it doubts, and in which way."""

from __future__ import annotations

from .asking import Held, Line, OpinionPrompt, Said
from .form import Doubt, Opinion, Way
from .reading import doubts_in

__all__ = ["Doubt", "Held", "Line", "Opinion", "OpinionPrompt", "Said", "Way", "doubts_in"]
