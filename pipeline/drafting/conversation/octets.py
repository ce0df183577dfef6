"""Which characters are in a log's file? Whatever the octets are, a text comes out, and what was wrong is told."""

from __future__ import annotations

import codecs

from knowledge.decode import decoded
from knowledge.errors import Refused

from ..marks import clean
from .line import Problem, ProblemKind

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNKNOWN = "\ufffd"
_SAMPLE = 64 * 1024
_CONTROLS = bytes(n for n in range(1, 32) if n not in b"\b\t\n\v\f\r\x1b") + b"\x7f"
"""No encoding that people here write makes these; a terminal's own are left out, and NUL, which pads files."""
_MOST_CONTROLS = 0.03
"""Of all octets but NUL. Random or packed ones have a tenth."""


def is_text(content: bytes) -> bool:
    """Whether people may have written it: a program or a picture is none, whatever its file is called."""
    sample = content[:_SAMPLE]
    if sample.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    pads = sample.count(0)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= _MOST_CONTROLS * (len(sample) - pads):
        return True
    # Half of UTF-16 may look like controls: 一 is 4E 00, and 會 is 03 67.
    return pads > 0.1 * len(sample) or _is_utf8(sample)


def _is_utf8(sample: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)  # its last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def text_in(content: bytes, problems: list[Problem], declared: str = "") -> str:
    """The text with line feeds alone; what nobody can see is taken out (bidirectional and invisible marks,
    controls), and counted."""
    if not content.strip(b" \t\r\n\0"):
        return ""
    try:
        text = _marked(content) or _nearly_utf8(content) or decoded(content, declared)
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
    return _line_feeds(text)


def _marked(content: bytes) -> str:
    """A byte order mark decides, also where an octet is wrong or missing at the end."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _line_feeds(content.decode(name, "replace"))
    return ""


def _nearly_utf8(content: bytes) -> str:
    """The text when it is UTF-8 but for a few octets, else nothing. Its whole characters tell: octets of
    GBK or of Western encodings hardly ever make any of these."""
    text = content.decode("utf-8", "replace")
    broken = text.count(_UNKNOWN)
    whole = sum(1 for c in text if c != _UNKNOWN and (c >= "\u0800" or "\u00a0" <= c <= "\u00ff"))
    return _line_feeds(text) if 0 < broken <= whole else ""


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
