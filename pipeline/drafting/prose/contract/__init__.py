"""What may a model write, and how is it held to that? Words of its own around slots that code fills."""

from __future__ import annotations

from .contract import Contract, Question
from .filling import filled, values_in
from .judging import Fit, Unfit
from .problems import Code, Problem
from .shown import slot_text
from .text import Text

__all__ = [
    "Code",
    "Contract",
    "Fit",
    "Problem",
    "Question",
    "Text",
    "Unfit",
    "filled",
    "slot_text",
    "values_in",
]
