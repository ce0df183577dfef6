"""What can be told without a model? What the record holds, and the decisive sentences of what was said."""

from __future__ import annotations

from .of_log import of_log, quoted
from .writer import Extraction, Template

__all__ = ["Extraction", "Template", "of_log", "quoted"]
