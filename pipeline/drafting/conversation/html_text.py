"""What does a message in HTML say, as lines of text? Quotations get the mark (>) that text mails use."""

from __future__ import annotations

import html
import re

LONGEST = 1_000_000
"""Characters. Beyond this or the next two, tags are cut out without being understood."""
MOST_OPENED = 20_000
DEEPEST = 200
"""Elements within one another: the time that a parser takes grows with depth times number."""
_EMBEDDED = re.compile(r"data:[\w.+-]{1,40}/[\w.+-]{1,60};base64,[A-Za-z0-9+/=\s]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)[^<>]*>|([^<]+)|<")
_BLOCKS = frozenset(
    ("p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4")
)
_KEPT = {*_BLOCKS, "br", "td", "th", "h5", "h6"}
_APART = frozenset(("p", "blockquote", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4"))
# They need no end, or have none.
_OPEN_ENDED = frozenset(
    (
        "p",
        "li",
        "br",
        "hr",
        "img",
        "td",
        "th",
        "tr",
        "meta",
        "link",
        "input",
        "col",
        "option",
        "wbr",
    )
)
_DROPPED = {"script", "style", "title", "template", "noscript", "svg", "math"}
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_BLANKS = re.compile(r"\n{3,}")
_CRUDE = re.compile(r"<[^<>]{0,2000}>")


def text_of(source: str) -> str:
    """The words of a page or fragment. Whatever the input is, no word that would show is left out."""
    source = _EMBEDDED.sub("", source)
    if len(source) > LONGEST or source.count("<") > 2 * MOST_OPENED or _depth(source) > DEEPEST:
        return html.unescape(_CRUDE.sub("\n", source))
    import nh3

    cleaned = nh3.clean(
        source, tags=_KEPT, clean_content_tags=_DROPPED, attributes={}, link_rel=None
    )
    return _Writing().run(cleaned)


def _depth(source: str) -> int:
    """How deep elements stand within one another, at most."""
    depth = deepest = 0
    for found in _TAG.finditer(source):
        if found[2].lower() not in _OPEN_ENDED:
            depth = max(0, depth - 1) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


class _Writing:
    """From the elements in their order to lines; `depth` counts quotations."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.verbatim = 0

    def run(self, cleaned: str) -> str:
        for found in _TOKEN.finditer(cleaned):
            if found[2]:
                self._element(found[2], closes=bool(found[1]))
            else:
                self._words(html.unescape(found[0]))
        self._end()
        return _BLANKS.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def _words(self, text: str) -> None:
        if not self.verbatim:
            self.line.append(_SPACES.sub(" ", text))
            return
        for n, row in enumerate(text.split("\n")):
            if n:
                self._end(always=True)
            self.line.append(row)

    def _element(self, name: str, *, closes: bool) -> None:
        if name == "br":
            self._end(always=True)
            return
        if name in {"td", "th"}:
            self.line.append("" if closes else " ")
            return
        self._end()
        if name in _APART and self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" * self.depth)
        step = -1 if closes else 1
        if name == "blockquote":
            self.depth = max(0, min(50, self.depth + step))
        if name == "pre":
            self.verbatim = max(0, self.verbatim + step)
        if name == "li" and not closes:
            self.line.append("- ")

    def _end(self, *, always: bool = False) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.verbatim else text.strip()
        self.line = []
        if text or always:
            self.lines.append(f"{'>' * self.depth}{' ' if self.depth and text else ''}{text}")
