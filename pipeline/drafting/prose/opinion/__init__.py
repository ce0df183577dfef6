"""What is a second model asked about a text, and what of its answer counts? Which words it doubts, and in which way."""

from __future__ import annotations

from .asking import Held, Line, OpinionPrompt, Said
from .form import Doubt, Opinion, Way
from .reading import doubts_in
from .showing import Asked, asked_about

__all__ = [
    "Asked",
    "Doubt",
    "Held",
    "Line",
    "Opinion",
    "OpinionPrompt",
    "Said",
    "Way",
    "asked_about",
    "doubts_in",
]
