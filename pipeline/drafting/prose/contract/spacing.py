"""Where do blanks stand between words and values? One between Chinese and Latin, as in all our texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....domain.directory import Language

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_LATIN = r"A-Za-z0-9À-ɏ"
_MEETING = re.compile(rf"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{_HAN}])")
_APART_ZH = re.compile(rf"(?<=[{_HAN}，。；：！？、（）“”])[ \t]+(?=[{_HAN}，。；：！？、（）“”])")
_QUOTATION = re.compile(r"(“[^“”]*”)")
_IS_HAN, _IS_LATIN = re.compile(rf"[{_HAN}]"), re.compile(rf"[{_LATIN}]")
_WIDE = "，。；：！？、（）“”‘’《》…—"
_NO_BLANK_BEFORE = ",.;:!?)’”%"
_ENDED = ("。", "！", "？", ".", "!", "?", "…")


def words_spaced(text: str, language: Language) -> str:
    """A writer's own words between two values; blanks at their ends stay, one at most. A quotation keeps
    the blanks of whoever wrote it."""
    one = re.sub(r"\s+", " ", text)
    if language != "zh":
        return one
    parts = _QUOTATION.split(one)
    parts[::2] = [_MEETING.sub(" ", _APART_ZH.sub("", own)) for own in parts[::2]]
    return "".join(parts)


def joined(parts: Sequence[str], language: Language) -> str:
    """Words and values as one sentence. No character of a part changes but blanks at its ends."""
    text = ""
    for part in parts:
        text = _met(text, part, language) if text and part else text + part
    return text.strip()


def _met(left: str, right: str, language: Language) -> str:
    bare, rest = left.rstrip(" "), right.lstrip(" ")
    if not bare or not rest:
        return bare + rest
    apart = left != bare or right != rest
    blank = _zh(bare[-1], rest[0], apart) if language == "zh" else _en(bare[-1], rest[0], apart)
    return f"{bare} {rest}" if blank else bare + rest


def _zh(last: str, first: str, apart: bool) -> bool:
    if last in _WIDE or first in _WIDE:
        return False
    mixed = (_IS_HAN.match(last) and _IS_LATIN.match(first)) or (
        _IS_LATIN.match(last) and _IS_HAN.match(first)
    )
    if mixed or (_IS_LATIN.match(last) and _IS_LATIN.match(first)):
        return True
    return apart and not (_IS_HAN.match(last) and _IS_HAN.match(first))


def _en(last: str, first: str, apart: bool) -> bool:
    if first in _NO_BLANK_BEFORE or last in "(“‘":
        return False
    touching = last.isalnum() and first.isalnum()
    return apart or touching or first == "“" or (last == "”" and first.isalnum())


def ended(text: str, language: Language) -> str:
    """With the full stop that a sentence needs, once."""
    bare = text.rstrip()
    while bare.endswith(("。。", "..")) and not bare.endswith("..."):
        bare = bare[:-1]
    closing = bare.rstrip("”’）)")
    if bare.endswith(_ENDED) or (closing != bare and closing.endswith(("！", "？", "!", "?"))):
        return bare
    return bare + ("。" if language == "zh" else ".")
