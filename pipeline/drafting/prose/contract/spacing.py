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
    return "".join(blank + part for blank, part in spread(parts, language)).strip()


def spread(parts: Sequence[str], language: Language) -> list[tuple[str, str]]:
    """For each part the blank that stands before it, if any, and the part without blanks at its ends."""
    found: list[tuple[str, str]] = []
    before, blanks = "", False
    for part in parts:
        bare = part.strip(" ")
        if not bare:
            # Between two values: a blank that its writer put there.
            found.append(("", ""))
            blanks = blanks or bool(part)
            continue
        apart = blanks or part[0] == " "
        found.append((_blank(before, bare, apart, language), bare))
        before, blanks = bare, part[-1] == " "
    return found


def _blank(left: str, right: str, apart: bool, language: Language) -> str:
    if not left:
        return ""
    return " " if (_zh if language == "zh" else _en)(left[-1], right[0], apart) else ""


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
