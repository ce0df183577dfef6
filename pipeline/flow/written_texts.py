"""Texts that were written in the console lie over those of the files: which files does that make?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..domain.communication import Kind
from ..domain.directory import LANGUAGES
from ..domain.errors import Malformed
from ..domain.text_version import TextVersion
from ..drafting.population import file_of
from ..drafting.proven import Part
from ..drafting.variants import parsed_part

Files = dict[str, str]


def part_named(name: str) -> Part:
    """Kind, audience and part of `first_contact/affected+type-mail`. Raises Malformed."""
    kind, _, part = name.partition("/")
    if kind not in set(Kind):
        raise Malformed(f"{kind[:60]} is no kind of message", field="name")
    try:
        audience, _ = parsed_part(part)
    except ValueError as wrong:
        raise Malformed(f"{part[:100]} {wrong}", field="name") from None
    return Kind(kind), audience, part


def name_of(kind: Kind, part: str) -> str:
    return f"{kind.value}/{part}"


def laid_over(files: Mapping[str, str], versions: Iterable[TextVersion]) -> Files:
    """The files with these versions in their places."""
    over: Files = {}
    for version in versions:
        kind, _, part = part_named(version.name)
        over |= {file_of(kind, part, language): version.texts[language] for language in LANGUAGES}
    return {**files, **over}


def texts_in(files: Mapping[str, str], name: str) -> dict[str, str]:
    """Both languages of one text; empty where no file has it."""
    kind, _, part = part_named(name)
    found = {language: files.get(file_of(kind, part, language)) for language in LANGUAGES}
    return {language: text for language, text in found.items() if text is not None}
