"""Which slots stand in a model's sentence, and what is left of it without them?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ....domain.directory import Language
from ...marks import clean
from .form import SaidSentence
from .offer import Offer, Slot
from .problems import Code, Found
from .quoting import HAN

if TYPE_CHECKING:
    from opencc import OpenCC

GAP = "\ufffc"
"""Stands for a value in the words that are judged: no letter, no mark, no blank."""
_OTHER_BRACES = re.compile(r"[{｛﹛❴⦃]\s*(\w)\s*(\d{1,5})\s*([a-z\uff41-\uff5a]{0,3})\s*[}｝﹜❵⦄]")
"""A slot as some models write it, in any width and script."""
_LOOKALIKE = str.maketrans("РТЅСрѕсΡΤϹρ", "PTSCPSCPTCP")
"""Cyrillic and Greek letters that look like those of slots."""
_WIDE_BRACES = str.maketrans({"｛": "{", "｝": "}"})
_SLOT = re.compile(r"\{\s*([A-Za-z])\s?(\d{1,5}[a-z]{0,3})\s*\}")
_BRACE = re.compile(r"\{[^{}]{0,40}\}?|\}")
_BARE = re.compile(r"(?<![A-Za-z0-9])[FCLSTP]\d{1,4}[a-z]{0,3}(?![A-Za-z0-9])")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Text:
    """One sentence taken apart. `pieces` are its words as they were written and its slots, in order.

    `plain` is what checks judge: without slots, without what nobody sees, every character in its usual form.
    """

    section: str
    pieces: tuple[str | Slot, ...]
    plain: str
    raw: str
    grounds: tuple[Slot, ...]
    language: Language

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))

    @property
    def ids(self) -> tuple[str, ...]:
        """What it rests on: what it names, and what its slots hold."""
        grounds = [slot.ground for slot in (*self.grounds, *self.slots) if slot.ground]
        return tuple(dict.fromkeys(grounds))


def folded(text: str) -> str:
    """As it is judged: full and half width are one, and so are traditional and simplified characters;
    accents are gone, and so is what nobody sees."""
    seen = _UNSEEN.sub("", text)
    if seen.isascii():
        return seen
    bare = "".join(c for c in unicodedata.normalize("NFKD", seen) if not unicodedata.combining(c))
    return simplified(unicodedata.normalize("NFKC", bare))


def simplified(text: str) -> str:
    """Character by character, so that places stay."""
    return _converter().convert(text) if HAN.search(text) else text


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # slow to import, and many texts are English

    return OpenCC("t2s")


def taken_apart(said: SaidSentence, offer: Offer, language: Language) -> tuple[Text, list[Found]]:
    """The sentence, and what is wrong with its slots; a slot that is none is left out of its pieces."""
    raw = clean(_OTHER_BRACES.sub(_in_our_script, said.text).translate(_WIDE_BRACES))
    found: list[Found] = []
    pieces = tuple(_pieces(raw, offer, found))
    plain = "".join(piece if isinstance(piece, str) else GAP for piece in pieces)
    grounds = tuple(_grounds(said, offer, found))
    text = Text(
        section=said.section.strip(),
        pieces=pieces,
        plain=folded(plain),
        raw=raw,
        grounds=grounds,
        language=language,
    )
    return text, found


def _in_our_script(slot: re.Match[str]) -> str:
    """The name as it was offered: it means the same in full width, and a reader would see nothing of it."""
    letter = unicodedata.normalize("NFKC", slot[1]).translate(_LOOKALIKE)
    digits = "".join(str(unicodedata.digit(one)) for one in slot[2])
    return f"{{{letter}{digits}{unicodedata.normalize('NFKC', slot[3])}}}"


def _name(said: str) -> str:
    """Of what it rests on, by whichever letters."""
    found = _OTHER_BRACES.fullmatch(f"{{{said.strip().strip('{}｛｝')}}}")
    return (_in_our_script(found).strip("{}") if found else said).upper()


def _pieces(raw: str, offer: Offer, found: list[Found]) -> Iterator[str | Slot]:
    end = 0
    for match in _SLOT.finditer(raw):
        yield from _words(raw[end : match.start()], found)
        end = match.end()
        name = match[1].upper() + match[2].lstrip("0")
        if (slot := offer.slots.get(name)) is not None:
            yield slot
        else:
            found.append(Found(code=Code.UNKNOWN_SLOT, words=match[0]))
    yield from _words(raw[end:], found)


def _words(words: str, found: list[Found]) -> Iterator[str]:
    if brace := _BRACE.search(words):
        found.append(Found(code=Code.BRACES, words=brace[0]))
    if bare := _BARE.search(unicodedata.normalize("NFKC", words)):
        found.append(Found(code=Code.BARE_SLOT, words=bare[0]))
    if words:
        yield words


def _grounds(said: SaidSentence, offer: Offer, found: list[Found]) -> Iterator[Slot]:
    for name in said.rests_on:
        if (slot := offer.slots.get(_name(name))) is not None:
            yield slot
        else:
            found.append(Found(code=Code.UNKNOWN_GROUND, words=name))
