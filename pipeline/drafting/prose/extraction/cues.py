"""By which words is a sentence known for what it is? `prompts/extraction/*.yaml`, read once; one pass a text.

A form's `*` stands for a few characters in between; one that ends in `~` begins a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....domain.errors import Misconfigured
from ....yaml_places import read

FOLDER = "extraction/"
THINGS = "lexicon/things.yaml"
TOPIC = "topic_"
"""Begins the kind of a cue that names a service: mail, vpn, printing."""
GAP, LATIN_GAP = 12, 28
"""Characters that a `*` may stand for, in Chinese and in English."""
READ = 500
"""Characters of a text in which words are looked for: no sentence is longer."""
_START = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]|[^\w\s]")
_ENDING = re.compile(r"[.。!！?？;；\n]")
_NAME = re.compile(r"[a-z_0-9]+")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of one kind in a text, from `start` to `end` of it."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    kind: str
    parts: tuple[str, ...]
    is_stem: bool


@dataclass(frozen=True)
class Cues:
    """All forms by the word or character that they begin with."""

    by_first: Mapping[str, tuple[_Form, ...]]

    @classmethod
    def load(cls, files: Mapping[str, str], folder: str = FOLDER) -> Cues:
        """Of the files of a folder that hold `cues`. Raises Misconfigured for a list that is missing or not one."""
        by_first: dict[str, list[_Form]] = {}
        for name, text in sorted(files.items()):
            for form in _forms_of(name, text, folder):
                first = _START.match(form.parts[0])
                if first is None:
                    raise Misconfigured(f"{form.parts[0]!r} begins with no word", where=name)
                by_first.setdefault(first[0], []).append(form)
        if not by_first:
            raise Misconfigured("has no cues", where=folder)
        return cls({first: tuple(forms) for first, forms in by_first.items()})

    def find(self, text: str) -> list[Cue]:
        """Every form in the text, which is compared without regard to capitals."""
        folded = plain(text[:READ])
        found: list[Cue] = []
        for word in _START.finditer(folded):
            for form in self._starting(word):
                end = _end_of(form, folded, word.start())
                if end is not None:
                    found.append(Cue(form.kind, word.start(), end))
        return found

    def _starting(self, word: re.Match[str]) -> Iterator[_Form]:
        yield from self.by_first.get(word[0], ())
        if word[0].isascii() and word[0].isalpha():
            # A stem stands below itself; the words that it begins are longer.
            for size in range(3, len(word[0])):
                yield from (f for f in self.by_first.get(word[0][:size], ()) if f.is_stem)


def plain(text: str) -> str:
    """As forms are written: small letters, straight apostrophes. Places stay what they were."""
    folded = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    return folded if len(folded) == len(text) else text


def _end_of(form: _Form, text: str, start: int) -> int | None:
    first = form.parts[0]
    if not text.startswith(first, start):
        return None
    end = start + len(first)
    gap = LATIN_GAP if first.isascii() else GAP
    for part in form.parts[1:]:
        place = text.find(part, end, end + gap + len(part))
        if place < 0 or _ENDING.search(text, end, place):
            return None
        end = place + len(part)
    is_word = text[end - 1].isascii() and text[end - 1].isalnum()
    runs_on = end < len(text) and text[end].isascii() and text[end].isalnum()
    return None if is_word and runs_on and not form.is_stem else end


def _forms_of(name: str, text: str, folder: str) -> Iterator[_Form]:
    """Those of a list of cues, and with the common ones the names of services; none of another file."""
    with_names = name == THINGS and folder == FOLDER
    if not with_names and not name.startswith(folder):
        return
    raw = read(name, text)[0]
    if name == THINGS:
        services = raw.get("services", {}) if isinstance(raw, dict) else {}
        yield from _forms(name, {f"{TOPIC}{key}": words for key, words in services.items()})
    elif isinstance(raw, dict) and "cues" in raw:
        yield from _forms(name, raw["cues"])


def _forms(name: str, lists: object) -> Iterator[_Form]:
    if not isinstance(lists, dict):
        raise Misconfigured("cues must be lists by their kind", where=name)
    for kind, words in lists.items():
        if not isinstance(words, dict) or set(words) != {"zh", "en"}:
            raise Misconfigured(f"{kind} needs its words in zh and in en", where=name)
        if not _NAME.fullmatch(str(kind)):
            raise Misconfigured(f"{kind} is no name of a kind", where=name)
        for form in f"{words['zh']}|{words['en']}".split("|"):
            parts = tuple(part for part in plain(form.strip().rstrip("~")).split("*") if part)
            if not parts:
                raise Misconfigured(f"{kind} holds an empty form", where=name)
            yield _Form(str(kind), parts, form.strip().endswith("~"))
