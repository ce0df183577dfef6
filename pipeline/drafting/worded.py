"""What does a file of words (`prompts/digest.yaml`) say in one language? Each version of it is read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ..domain.directory import Language
from ..domain.errors import Misconfigured
from ..yaml_places import read


def words_in(files: Mapping[str, str], name: str, language: Language) -> Mapping[str, str]:
    """Raises Misconfigured for a file that is left out or is no YAML, and for one without words in the language."""
    if name not in files:
        raise Misconfigured("is missing", where=name)
    return _read(name, files[name], language)


@lru_cache(maxsize=16)
def _read(name: str, text: str, language: Language) -> Mapping[str, str]:
    """Kept by its text: each mail, and each digest, asks for it."""
    found, _ = read(name, text)
    words = found.get(language) if isinstance(found, dict) else None
    if not isinstance(words, dict):
        raise Misconfigured(f"has no words in {language}", where=name)
    return MappingProxyType({str(word): str(said) for word, said in words.items()})
