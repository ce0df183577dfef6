"""What does a saved page hold, and what does it say of itself?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from ..decode import decoded
from ..errors import Refused
from .draft import Draft, File
from .fields import named
from .from_html import tree_of, written

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?([\w.:-]{1,40})""", re.I)
_MAIN = re.compile(r"main-content|<(?:main|article)\b", re.I)
_HEAD = 64 * 1024
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,2000})", re.I)
_META = re.compile(r"<meta\s([^<>]{0,4000})>", re.I)
_HELD = re.compile(r"""([\w-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,3000})"|'([^']{0,3000})')""")


def read(file: File) -> Iterator[Draft]:
    """The main part of a page, where it names one; the whole of it, where it does not."""
    charset = _CHARSET.search(file.content[:4096])
    html = decoded(file.content, charset[1].decode("ascii", "replace") if charset else "")
    title, fields = _head(html)
    tree = tree_of(html)
    if not tree.get_text(strip=True):
        tree = tree_of(html, with_forms=True)
    if "title-heading" in html and (confluence := _confluence_title(tree)):
        fields.setdefault("title", confluence)
    main = _main(tree) if _MAIN.search(html) else tree
    yield Draft(body=written(main), fields=fields, guess=title)


def _head(html: str) -> tuple[str, dict[str, object]]:
    """By bounded expressions: the parser of Python takes the square of an open tag's length."""
    head = re.split(r"<body|</head", html[:_HEAD], maxsplit=1, flags=re.I)[0]
    title = _TITLE.search(head)
    said: dict[str, object] = {}
    for meta in _META.finditer(head):
        held = {
            each[1].lower(): unescape(each[2] or each[3] or "") for each in _HELD.finditer(meta[1])
        }
        if "name" in held and "content" in held:
            said.setdefault(held["name"], held["content"].strip())
    fields = named(said)
    # Search engines' words are no labels of ours, and a page's own status no standing of an article.
    kept = {name: fields[name] for name in fields if name not in {"keywords", "body", "status"}}
    return unescape(title[1]).strip() if title else "", kept


def _main(tree: BeautifulSoup) -> Tag:
    articles = tree.find_all("article")
    named_main = tree.find(id="main-content") or tree.find("main")
    for part in (named_main, articles[0] if len(articles) == 1 else None):
        if part is not None and part.get_text(strip=True):
            return part
    return tree


def _confluence_title(tree: BeautifulSoup) -> str:
    """Of a page of a Confluence export: its heading without the space's name before it."""
    heading = tree.find("h1", id="title-heading")
    if heading is None:
        return ""
    main = tree.find(id="main-content")
    if main is not None and "pageSection" in (main.get("class") or []):
        raise Refused("it is the table of contents of a Confluence export, and no article")
    title = " ".join(heading.get_text(" ", strip=True).split())
    crumbs = tree.find("ol", id="breadcrumbs")
    space = crumbs.find("li") if crumbs is not None else None
    name = space.get_text(" ", strip=True) if space is not None else ""
    return title.removeprefix(f"{name} : ") if name else title.partition(" : ")[2] or title
