"""What does a Markdown file hold?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..decode import decoded
from ..errors import Refused
from .cut import SCRIPTS, without
from .draft import Draft, File
from .fields import named
from .front_matter import parted

LONGEST = 1_000_000
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")


def read(file: File) -> Iterator[Draft]:
    text = decoded(file.content)
    if len(text) > LONGEST:
        raise Refused(f"it has {len(text):,} characters, far more than an article: split it")
    fields, body = parted(text)
    yield Draft(body=tidied(body), fields=named(fields))


def tidied(body: str) -> str:
    """Without comments, scripts, styles and images (their alternative text stays); code as it is."""
    return "".join(part if is_code else _prose(part) for is_code, part in _parts(body))


def _parts(body: str) -> Iterator[tuple[bool, str]]:
    fence = ""
    part: list[str] = []
    for line in body.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            yield False, "".join(part)
            fence, part = mark[1], [line]
        elif mark and line.strip().startswith(fence):
            yield True, "".join([*part, line])
            fence, part = "", []
        else:
            part.append(line)
    yield bool(fence), "".join(part)


def _prose(text: str) -> str:
    return _IMAGE.sub(r"\1", without(text, SCRIPTS))
