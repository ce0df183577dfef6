"""Which characters are in a log's file? Whatever the octets are, a text comes out, and what was wrong is told."""

from __future__ import annotations

from knowledge.decode import decoded
from knowledge.errors import Refused

from ..marks import clean
from .line import Problem, ProblemKind

_UNKNOWN = "\ufffd"


def text_in(content: bytes, problems: list[Problem], declared: str = "") -> str:
    """The text with line feeds alone; what nobody can see is taken out (bidirectional and invisible marks,
    controls), and counted."""
    if not content.strip(b" \t\r\n\0"):
        return ""
    try:
        text = decoded(content, declared)
    except Refused:
        text = _forced(content)
    if broken := text.count(_UNKNOWN):
        problems.append(Problem(kind=ProblemKind.BROKEN_CHARACTERS, count=broken))
    return visible(text, problems)


def visible(text: str, problems: list[Problem]) -> str:
    """The same for a text that a format holds within."""
    kept = clean(text)
    if hidden := len(text.replace("\r\n", "\n").strip()) - len(kept):
        problems.append(Problem(kind=ProblemKind.HIDDEN_CHARACTERS, count=hidden))
    return kept


def _forced(content: bytes) -> str:
    """Of the encodings that people here write the one that leaves the least unread."""
    tried = [content.decode(name, "replace") for name in ("utf-8", "gb18030")]
    text = min(tried, key=lambda each: each.count(_UNKNOWN))
    return text.replace("\r\n", "\n").replace("\r", "\n")
