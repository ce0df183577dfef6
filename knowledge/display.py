"""How is an article shown? As safe HTML on a page, and as plain words in a message."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[*_`#>|]+")


def html_of(markdown: str) -> str:
    """The body as HTML that can do nothing but be read."""
    import nh3
    from markdown_it import MarkdownIt

    rendered: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return nh3.clean(rendered)


def plain_of(markdown: str) -> str:
    """The words without their markup."""
    return " ".join(_MARKS.sub(" ", markdown).split())
