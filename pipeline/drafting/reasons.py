"""Why was it decided so? A reason's code becomes a sentence in either language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.communication import Reason
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured
from ..yaml_places import read
from .marks import one_line

FILE = "reasons.yaml"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_MAY_BE_EMPTY = "why"
"""What a person may leave unsaid: then its sentence ends before it."""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """The sentences of `prompts/reasons.yaml`, by code and language."""

    sentences: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, texts: Mapping[str, str]) -> Reasons:
        """Raises Misconfigured unless every code has one sentence in each language, with the same
        places in both."""
        if FILE not in texts:
            raise Misconfigured("is missing", where=FILE)
        raw, _ = read(FILE, texts[FILE])
        if not isinstance(raw, dict):
            raise Misconfigured("is a list of codes with sentences", where=FILE)
        for code, sentences in raw.items():
            if not isinstance(sentences, dict) or set(sentences) != set(LANGUAGES):
                raise Misconfigured(f"{code}: needs one sentence in zh and one in en", where=FILE)
            zh, en = (set(_PLACE.findall(str(sentences[name]))) for name in LANGUAGES)
            if zh != en:
                raise Misconfigured(f"{code}: zh and en name different values", where=FILE)
        return cls(sentences=raw)

    def sentence(self, reason: Reason, language: Language) -> str:
        """A rule's own words, or the code's sentence; a value that is missing shows as `?`."""
        own = reason.zh if language == "zh" else reason.en
        if own:
            return own
        known = self.sentences.get(reason.code)
        if known is None:
            values = ", ".join(f"{name}: {text}" for name, text in reason.values.items())
            return one_line(f"{reason.code} ({values})" if values else reason.code)
        told = _PLACE.sub(lambda place: _value(place[1], reason.values), known[language])
        return told.rstrip()


def _value(name: str, values: Mapping[str, str]) -> str:
    missing = "" if name == _MAY_BE_EMPTY and name in values else "?"
    return one_line(values.get(name) or missing)
