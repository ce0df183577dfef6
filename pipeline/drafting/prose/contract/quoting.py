"""How do words of somebody else stand in a sentence? In the quotation marks of both our languages, “…”."""

from __future__ import annotations

import re
from itertools import cycle

from ....domain.directory import Language
from ...marks import shorten

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_PHRASE = 120
"""Characters; what is longer is read as a sentence of its own."""
_ENDS = "。.；;，,、 "
_INNER = str.maketrans({"“": "‘", "”": "’", "„": "‘", "«": "‘", "»": "’", "「": "‘", "」": "’", "『": "‘", "』": "’"})  # fmt: skip
_STRAIGHT = re.compile(r"[\"＂]")
_NAME, _NAME_ZH, _WORDS_OF_NAME, _WORDS_OF_CODE = 60, 16, 6, 3
_NO_NAME = re.compile(
    r"[。！？；：!?;<>|\\@]|: |\.\s[a-z]|://|www\.|\w\.(?:com|cn|net|org|xyz|io)\b"
)
_SENTENCES = re.compile(r"[。！？；]|[.!?;] ")


def quoted(text: str) -> str:
    """In double marks; those inside become single ones. Nothing else of the text changes."""
    turn = cycle("‘’")
    inner = _STRAIGHT.sub(lambda _: next(turn), text.translate(_INNER))
    return f"“{inner}”"


def unended(text: str) -> str:
    """Without the full stop, which the sentence around it brings; questions and shouts stay."""
    return text if text.endswith(("...", "……")) else text.rstrip(_ENDS)


def is_phrase(text: str) -> bool:
    """Whether it can stand inside a sentence as it is."""
    return len(text) <= _PHRASE and not _SENTENCES.search(text)


def is_name(text: str) -> bool:
    """Whether it can be what somebody or something is called: a few words, no sentence, no address."""
    if len(text) > _NAME or len(HAN.findall(text)) > _NAME_ZH:
        return False
    return len(text.split()) <= _WORDS_OF_NAME and not _NO_NAME.search(text)


def is_code(text: str) -> bool:
    """Whether a machine can have given it: hardly a blank, whatever its marks."""
    return len(text.split()) <= _WORDS_OF_CODE and len(HAN.findall(text)) <= _NAME_ZH


def named(text: str, *, code: bool = False) -> str:
    """Whoever chooses a name could write anything: what is none is somebody's words, and stands as such."""
    fits = is_code(text) if code else is_name(text)
    return text if fits else quoted(shorten(text, _NAME))


def is_foreign(text: str, language: Language) -> bool:
    """Whether a reader of the language meets words of the other one; figures and codes belong to both."""
    if language == "en":
        return bool(HAN.search(text))
    return not HAN.search(text) and len(_WORD.findall(text)) > 1
