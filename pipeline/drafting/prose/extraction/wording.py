"""In which words is it told what the record holds and what somebody said? `prompts/extraction`, checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ....domain.directory import Bilingual, Language
from ....domain.errors import Misconfigured
from ....yaml_places import read, unfit
from ..assignment import SECTIONS
from ..candidates.vocabulary import Vocabulary
from .cues import FOLDER

SAID, RECORD = f"{FOLDER}said.yaml", f"{FOLDER}record.yaml"
PLACE = re.compile(r"\{(\w+)\}")


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Frame(_Read):
    """One sentence about facts, and when it is told. A place in it is an attribute's name.

    `ahead` and `past` name a time and ask where it lies; `live` asks that the ticket is still worked on, or not
    any more; `always` is told however short the text;
    `when` and `when_not` ask for the beginning of a state's key; `each` writes one sentence an entry.
    """

    zh: str
    en: str
    unless: tuple[str, ...] = ()
    when: Mapping[str, str] = Field(default={})
    when_not: Mapping[str, str] = Field(default={})
    ahead: str | None = None
    past: str | None = None
    live: bool | None = None
    each: str | None = None
    newest: int | None = None
    role: str | None = None
    not_role: str | None = None
    always: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(PLACE.findall(self.zh)))

    def text(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class _Record(_Read):
    version: int
    technician: Mapping[str, tuple[Frame, ...]]
    stakeholder: Mapping[str, tuple[Frame, ...]]
    unreported: Mapping[str, Mapping[str, Bilingual]]


class _Said(_Read):
    version: int
    verbs: Mapping[str, Bilingual]
    frames: Mapping[str, Bilingual]
    at: Bilingual
    on_day: Bilingual
    meant: Bilingual
    overdue: Bilingual
    stop: Bilingual
    roles: Mapping[str, Bilingual]
    named: Mapping[str, Bilingual]
    note: Bilingual
    attributed: Bilingual


@dataclass(frozen=True)
class Wording:
    """The words of both files; `frames` by kind of summary and section."""

    said: _Said
    frames: Mapping[str, Mapping[str, tuple[Frame, ...]]]
    unreported: Mapping[str, Mapping[str, Bilingual]]
    times: Vocabulary
    """How moments are told in what is quoted."""

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Wording:
        """Raises Misconfigured for a file that is missing, misspelt, or whose languages differ in values."""
        record = _parsed(_Record, files, RECORD)
        frames = {kind: getattr(record, kind) for kind in SECTIONS}
        _check(frames, record.unreported)
        said = _parsed(_Said, files, SAID)
        return cls(said, frames, record.unreported, Vocabulary.load(files))


def _parsed(model: type[Any], files: Mapping[str, str], name: str) -> Any:
    if name not in files:
        raise Misconfigured("is missing", where=name)
    raw, lines = read(name, files[name])
    try:
        return model.model_validate(raw)
    except ValidationError as wrong:
        raise unfit(name, lines, wrong) from None


def _check(
    frames: Mapping[str, Mapping[str, tuple[Frame, ...]]],
    unreported: Mapping[str, Mapping[str, Bilingual]],
) -> None:
    for kind, sections in SECTIONS.items():
        for held in (frames[kind], unreported.get(kind, {})):
            if set(held) != set(sections):
                raise Misconfigured(f"{kind} needs {', '.join(sections)}", where=RECORD)
        for frame in (frame for each in frames[kind].values() for frame in each):
            if set(PLACE.findall(frame.zh)) != set(PLACE.findall(frame.en)):
                raise Misconfigured(f"{frame.zh!r} has other values in en", where=RECORD)
