"""What can be told without a model? What the record holds, and the decisive sentences of what was said."""

from __future__ import annotations

from .outside import readable_outside
from .writer import Extraction, Template

__all__ = ["Extraction", "Template", "readable_outside"]
