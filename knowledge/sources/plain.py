"""What does a file of plain text hold?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..decode import decoded
from ..errors import Refused
from .draft import Draft, File
from .markdown import LONGEST

_MARKED = re.compile(r"\s*(?:[-*+>|#=~`]|\d{1,9}[.)]\s)|\t| {4}")


def read(file: File) -> Iterator[Draft]:
    """The first line is the title when a blank line parts it from the rest."""
    text = decoded(file.content).strip()
    if len(text) > LONGEST:
        raise Refused(f"it has {len(text):,} characters, far more than an article: split it")
    first, _, rest = text.partition("\n")
    apart = rest.startswith("\n") or not rest.partition("\n")[0].strip()
    if rest.strip() and apart:
        yield Draft(body=with_line_breaks(rest.strip()), guess=first.strip())
    else:
        yield Draft(body=with_line_breaks(text))


def with_line_breaks(text: str) -> str:
    """In text without markup a new line is meant; Markdown would run it into the one before. Lines that
    begin with a mark of Markdown's are left alone, and so is all that holds a fence."""
    if "```" in text or "~~~" in text:
        return text
    lines = text.split("\n")
    broken = (
        f"{line.rstrip()}  " if _is_words(line) and _is_words(following) else line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    )
    return "\n".join(broken)


def _is_words(line: str) -> bool:
    return bool(line.strip()) and not _MARKED.match(line)
