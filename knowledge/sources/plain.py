"""What does a file of plain text hold?"""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Refused
from .decode import decoded
from .draft import Draft, File
from .markdown import LONGEST


def read(file: File) -> Iterator[Draft]:
    """The first line is the title when a blank line parts it from the rest."""
    text = decoded(file.content).strip()
    if len(text) > LONGEST:
        raise Refused(f"it has {len(text):,} characters, far more than an article: split it")
    first, _, rest = text.partition("\n")
    apart = rest.startswith("\n") or not rest.partition("\n")[0].strip()
    if rest.strip() and apart:
        yield Draft(body=rest.strip(), guess=first.strip())
    else:
        yield Draft(body=text)
