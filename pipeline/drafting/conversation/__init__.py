"""What did people say to each other, who and when? Logs of mail, chat, desk and calls become lines."""

from __future__ import annotations

from .archive import LARGEST
from .formats import NAMES
from .line import Conversation, Line, Part, Problem, ProblemKind, Visible
from .lines import MOST_LINES
from .opened import LogFile
from .reading import read

__all__ = [
    "LARGEST",
    "MOST_LINES",
    "NAMES",
    "Conversation",
    "Line",
    "LogFile",
    "Part",
    "Problem",
    "ProblemKind",
    "Visible",
    "read",
]
