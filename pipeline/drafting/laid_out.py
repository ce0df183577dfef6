"""How does a text that is finished, as plain text, become a mail that is laid out? Read by its lines, as they were
written by `markup.plain`; whatever a line says, it is escaped, and only links that are ours can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .markup import LINKED, Block, BlockKind

_LINK = re.compile(r"(?P<label>[^:：]+)(?:：|: )(?P<link>\S+)")
_PREFIXES: tuple[tuple[str, BlockKind], ...] = (("- ", "item"), (">", "quote"))


def read_again(text: str, links: Mapping[str, BlockKind]) -> tuple[Block, ...]:
    """Neighbouring lines of one kind are one block. A label and one of `links`, alone on a line, are what
    `links` says: a button, or a choice."""
    blocks: list[Block] = []
    for apart, line in _lines(text):
        kind, lines = _kind(line, links)
        before = blocks[-1] if blocks else None
        if before is not None and not apart and before.kind == kind not in LINKED:
            blocks[-1] = Block(kind=kind, lines=(*before.lines, *lines), apart=before.apart)
        else:
            blocks.append(Block(kind=kind, lines=lines, apart=apart))
    return tuple(blocks)


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Each that is not empty, and whether an empty one stood before it."""
    apart = False
    for raw in text.strip().splitlines():
        if line := raw.strip():
            yield apart, line
        apart = not line


def _kind(line: str, links: Mapping[str, BlockKind]) -> tuple[BlockKind, tuple[str, ...]]:
    for prefix, kind in _PREFIXES:
        if line.startswith(prefix):
            return kind, (line.removeprefix(prefix).strip(),)
    found = _LINK.fullmatch(line)
    if found and found["link"] in links:
        return links[found["link"]], (found["label"], found["link"])
    return "paragraph", (line,)
