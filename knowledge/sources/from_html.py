"""How does a page's HTML become an article's Markdown?

nh3 reads it as browsers do, closes what nobody closed, and leaves the few elements that mean something;
then markdownify writes them. Sizes are bounded first: the time that a parser takes grows with the depth
times the number of elements.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from ..errors import Refused
from .cut import SCRIPTS, without

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

LONGEST = 1_000_000
"""Characters of one page, embedded pictures left aside."""
MOST_ELEMENTS = 20_000
DEEPEST = 150
"""Elements within one another, of those that are kept; the writer of Markdown calls itself for each."""
MOST_INDENTS = 20
"""Lists and quotations within one another: each writes every line of all within it anew."""
_INDENTS = {"li", "blockquote"}
_LONGEST_TAG = 20_000
"""Characters. A tag's attributes are compared with one another, each with all."""

_EMBEDDED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,60};base64,[A-Za-z0-9+/=\s]+")
_OPENED = re.compile(r"<[a-zA-Z]")
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"'=]++|=\s*"[^"]*"|=\s*'[^']*'|["'=])*+""")
_KEPT = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "main", "article", "section", "br", "hr"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "kbd", "samp"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "b", "strong", "i", "em", "del", "s", "img"),
}
_DROPPED = {
    *("script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"),
    *("nav", "footer", "aside", "select", "textarea", "button", "audio", "video", "canvas"),
}
_ATTRIBUTES = {
    **{name: {"id", "class"} for name in ("div", "main", "article", "section", "h1")},
    "*": set[str](),
    "a": {"href"},
    "img": {"alt"},
    "ol": {"start", "id"},
}


def tree_of(html: str, *, with_forms: bool = False) -> BeautifulSoup:
    """The elements that mean something. Raises Refused when there are too many, or too deep."""
    import nh3
    from bs4 import BeautifulSoup

    cleaned = nh3.clean(
        _bounded(html),
        tags=_KEPT,
        clean_content_tags=_DROPPED if with_forms else _DROPPED | {"form"},
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    tree = BeautifulSoup(cleaned, "html.parser")
    _shallow(tree)
    return tree


def markdown_of(html: str) -> str:
    """The whole of a fragment, such as an export's field. A form is left out, unless all is in one."""
    return written(tree_of(html)) or written(tree_of(html, with_forms=True))


def written(tree: object) -> str:
    """An element and all within it as Markdown."""
    text: str = _writer().convert_soup(tree)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def is_html(text: str) -> bool:
    """Whether a field whose form nobody names holds elements rather than Markdown."""
    return (
        re.search(r"</(?:p|div|ul|ol|li|h[1-6]|table|strong|b|span|a|pre)>|<br ?/?>", text)
        is not None
    )


def _bounded(html: str) -> str:
    html = _EMBEDDED.sub("", without(html, SCRIPTS))
    if len(html) > LONGEST:
        raise Refused(f"its HTML has {len(html):,} characters, far more than an article: split it")
    if sum(1 for _ in _OPENED.finditer(html)) > MOST_ELEMENTS:
        raise Refused(f"its HTML has more than {MOST_ELEMENTS:,} elements: split it")
    if any(len(tag[0]) > _LONGEST_TAG for tag in _TAG.finditer(html)):
        raise Refused(f"a tag of its HTML is longer than {_LONGEST_TAG:,} characters")
    return html


def _shallow(tree: BeautifulSoup) -> None:
    from bs4 import Tag

    waiting: list[tuple[Tag, int, int]] = [(tree, 0, 0)]
    while waiting:
        element, depth, indents = waiting.pop()
        if depth > DEEPEST or indents > MOST_INDENTS:
            raise Refused(
                f"its HTML has more than {DEEPEST} elements within one another, or {MOST_INDENTS} lists"
            )
        for child in element.children:
            if isinstance(child, Tag):
                waiting.append((child, depth + 1, indents + (child.name in _INDENTS)))


def _attribute(element: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return _address(value)
    if attribute == "start":
        return value if value.isdecimal() and len(value) < 6 else None
    return value


def _address(value: str) -> str | None:
    """Whole addresses alone: a relative one leads nowhere from our pages."""
    try:
        scheme = urlsplit(value.strip()).scheme
    except ValueError:
        return None
    if scheme not in {"http", "https", "mailto"}:
        return None
    return quote(value.strip(), safe="%/:=&?~#+!$,;'@*[]-._")


@cache
def _writer() -> MarkdownConverter:
    from .markdown_writer import Writer

    return Writer()
