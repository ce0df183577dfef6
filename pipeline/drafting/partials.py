"""Sentences that several texts share: `{% include "incident_types/meanwhile" %}` in a text stands for what each
type of incident has to say there.

Each type has one file in each language, `incident_types/mail.zh.jinja`, of parts with headings. A text takes one
part of all of them; which one is told is chosen by the ticket's type. It is put together when texts are put in
force, so that it is proven like any other words of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..domain.directory import Language
from ..domain.errors import Misconfigured
from ..domain.incident_types import IncidentType

FOLDER = "incident_types"
_INCLUDE = re.compile(r'\{% include "incident_types/([a-z_]+)" %\}\n+')
_HEADING = re.compile(r"^== ([a-z_]+) ==[ \t]*$", re.MULTILINE)


def with_partials(files: Mapping[str, str], name: str, language: Language) -> Mapping[str, str]:
    """The same files with the shared sentences in this one. Raises Misconfigured for a part that a type's
    file does not have."""
    text = files.get(name)
    if text is None or "include" not in text:
        return files
    parts = {one: _parts(files, one, language) for one in IncidentType}

    def told(found: re.Match[str]) -> str:
        branches: list[str] = []
        for one in IncidentType:
            if found[1] not in parts[one]:
                where = file_of(one, language)
                raise Misconfigured(
                    f"has no part == {found[1]} ==, which {name} takes", where=where
                )
            words = parts[one][found[1]]
            if words:
                start = "elif" if branches else "if"
                branches.append(f'{{% {start} {CHOICE} == "type.{one.value}" %}}\n{words}\n')
        return "".join(branches) + "{% endif %}\n" if branches else ""

    return {**files, name: _INCLUDE.sub(told, text)}


CHOICE = "incident_type"


def file_of(one: IncidentType, language: Language) -> str:
    return f"{FOLDER}/{one.value}.{language}.jinja"


def _parts(files: Mapping[str, str], one: IncidentType, language: Language) -> dict[str, str]:
    name = file_of(one, language)
    if name not in files:
        raise Misconfigured("is missing", where=name)
    pieces = _HEADING.split(files[name])
    if pieces[0].strip():
        raise Misconfigured("begins with words that stand under no heading", where=name)
    return {key: body.strip("\n") for key, body in zip(pieces[1::2], pieces[2::2], strict=True)}
