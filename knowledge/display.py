"""How is an article shown, whoever wrote it: as safe HTML on a page, as plain text in a mail?

An article is text from outside. Raw HTML in it stays visible text; what the Markdown makes goes through
an allow list once more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong", "s"),
}
_SCHEMES = {"http", "https", "mailto"}
_LOWEST = 6
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(maxsize=64)
def html_of(markdown: str) -> str:
    """Headings begin at h2: h1 is the page's own. Links lead to http, https and mailto alone, and tell
    nothing of where they were followed from."""
    import nh3

    tokens = _parser().parse(_readable(markdown))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, _LOWEST)}"
    return nh3.clean(
        _parser().renderer.render(tokens, _parser().options, {}),
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        attribute_filter=_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def plain_of(markdown: str) -> str:
    """The words alone: steps keep their numbers, the cells of a row stand on one line, a link is its
    text, a picture what it shows."""
    words = _Words()
    for token in _parser().parse(_readable(markdown)):
        words.take(token)
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in words.lines)).strip()


class _Words:
    """Lines of text, as the tokens of an article come."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._next_step: list[int | None] = []
        """Of each list that is open, the outermost first; None for one without numbers."""
        self._mark, self._in_row = "", False

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._next_step.append(None)
            case "ordered_list_open":
                self._next_step.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._next_step.pop()
                self._part()
            case "list_item_open":
                self._begin_step()
            case "tr_open" | "tr_close":
                self._row(begins=token.type == "tr_open")
            case "inline":
                self._put(_text(token.children or []))
            case "fence" | "code_block":
                self._put(token.content.strip("\n"))
                self._part()
            case "paragraph_close" | "heading_close" | "table_close" | "blockquote_close":
                self._part()

    def _part(self) -> None:
        """A blank line between paragraphs, none between the steps of a list."""
        if not self._next_step:
            self.lines.append("")

    def _begin_step(self) -> None:
        number = self._next_step[-1]
        self._mark = "- " if number is None else f"{number}. "
        if number is not None:
            self._next_step[-1] = number + 1

    def _row(self, *, begins: bool) -> None:
        self._in_row = begins
        if begins:
            self.lines.append("")
        else:
            self.lines[-1] = self.lines[-1].removesuffix(" | ")

    def _put(self, text: str) -> None:
        if self._in_row:
            self.lines[-1] += f"{text} | "
            return
        indent = "  " * max(0, len(self._next_step) - 1)
        for line in text.split("\n"):
            begins = self._mark or ("  " if self._next_step else "")
            self.lines.append(f"{indent}{begins}{line}")
            self._mark = ""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.add_render_rule("image", lambda _, tokens, at, *__: escape(tokens[at].content))
    return parser


def _readable(markdown: str) -> str:
    """Half a character has no form in UTF-8, and neither a page nor a mail could be sent with it."""
    return markdown.encode("utf-8", "replace").decode("utf-8")


def _text(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in tokens)


def _attribute(_element: str, attribute: str, value: str) -> str | None:
    """A link without a scheme would lead into our own pages."""
    if attribute != "href":
        return value
    try:
        return value if urlsplit(value.strip()).scheme in _SCHEMES else None
    except ValueError:
        return None
