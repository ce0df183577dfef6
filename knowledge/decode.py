"""Which characters do these octets mean?

What says so itself comes first (a byte order mark, a declared charset); then UTF-8, which nothing else
looks like; then GB18030 by its pairs; then charset-normalizer.
"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from .errors import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_OTHERS = ["gb18030", "big5", "cp1252", "shift_jis", "euc_kr", "cp1251", "iso8859_15"]


def decoded(content: bytes, declared: str = "") -> str:
    """The text with line feeds alone. Raises Refused when it is empty or cannot be read."""
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Refused("it is empty")
    text = _decoded(content, declared)
    if "\0" in text:
        raise Refused("there are NUL characters in it, so it is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, declared: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _as(content, name)
    if unmarked := _wide(content[:_SAMPLE]):
        return _as(content, unmarked)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in (declared, "gb18030" if _looks_like_gb(content[:_SAMPLE]) else "", _guess(content)):
        text = _tried(content, name)
        if text is not None:
            return text
    raise Refused("its characters cannot be read in any encoding we know: save it as UTF-8")


def encoding_of(file: BinaryIO) -> str:
    """Of a file that may be too large to be held, read once from its beginning to what says more; it stands
    at its beginning afterwards. Raises Refused."""
    sample = file.read(_SAMPLE)
    found = next((name for mark, name in _MARKS if sample.startswith(mark)), "") or _wide(sample)
    if not found:
        telling = _not_utf8(file, sample)
        gb = "gb18030" if _looks_like_gb(telling) else ""
        found = "utf-8" if not telling else gb or _guess(telling)
    file.seek(0)
    if not found:
        raise Refused("its characters cannot be read in any encoding we know: save it as UTF-8")
    return found


def _not_utf8(file: BinaryIO, first: bytes) -> bytes:
    """The first part that is no UTF-8; empty when all of it is."""
    reading, part = codecs.getincrementaldecoder("utf-8")(), first
    while part:
        try:
            reading.decode(part)
        except UnicodeDecodeError:
            return part
        part = file.read(_SAMPLE)
    return b""


def _as(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as wrong:
        raise Refused(
            f"it is said to be {name.removesuffix('-sig').upper()}, and octet {wrong.start} is not"
        ) from None


def _tried(content: bytes, name: str) -> str | None:
    # GB2312 is what is declared, GB18030 what is written.
    name = "gb18030" if name.lower() in {"gb2312", "gbk", "gb_2312-80"} else name
    try:
        if not name or not codecs.lookup(name)._is_text_encoding:
            return None
        return content.decode(name)
    except (LookupError, ValueError):
        return None


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: in text with some Latin, every other octet is often NUL. The others hardly
    ever are, but for a few Chinese characters such as 一 (4E00)."""
    pairs = 0 if len(sample) % 2 else len(sample) // 2
    often, seldom = pairs * 0.3, pairs * 0.05
    if pairs and sample[1::2].count(0) > often and sample[::2].count(0) <= seldom:
        return "utf-16-le"
    if pairs and sample[::2].count(0) > often and sample[1::2].count(0) <= seldom:
        return "utf-16-be"
    return ""


def _looks_like_gb(sample: bytes) -> bool:
    """Of the pairs nearly all must be of GB2312, both octets from A1 on: common Chinese. Western letters
    read as GBK give rare characters, and Big5 has half of its second octets below."""
    at, pairs, common = 0, 0, 0
    while at + 1 < len(sample):
        if sample[at] < 0x80:
            at += 1
            continue
        pairs += 1
        common += 0xA1 <= sample[at] <= 0xF7 and 0xA1 <= sample[at + 1] <= 0xFE
        at += 2
    return pairs > 0 and common >= 0.95 * pairs


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE], cp_isolation=_OTHERS).best()
    return best.encoding if best else ""
