"""Whose figures are known? The one list: a new measurement is a file of this folder and a line here.

Each says which JSON is its own, and turns it into a section of the page. Raises KeyError, TypeError or
ValueError where a figure is missing, or is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..plots import Section
from . import box_scores, disclosure, grounding, retrieval

Found = Mapping[str, Any]
Reader = tuple[Callable[[Found], bool], Callable[[Found], Section]]

READERS: tuple[Reader, ...] = tuple(
    (kind.is_one, kind.section) for kind in (grounding, box_scores, disclosure, retrieval)
)


def section_of(found: Found) -> Section | None:
    """None for the JSON of something else."""
    return next((section(found) for is_one, section in READERS if is_one(found)), None)
