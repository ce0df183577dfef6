"""Which phrases must never appear, and which words are approved? `phrases.yaml`, and the texts.

Every phrase brings examples: words in which it is found, and near ones which it must leave alone. A
list in which one of them fails is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured, misconfigured
from ..domain.findings import FindingLevel, Words
from ..domain.incident_types import IncidentType
from ..domain.patterns import pattern
from ..domain.unfit_values import in_words, place_of
from ..yaml_places import Place, line_of, read
from .comparing import Haystack

FILE = "phrases.yaml"
_TAGS = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
Levels = Mapping[Words, FindingLevel]


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One thing not to say: its patterns by language, and what follows by whose words it stands in. With
    `types` it is looked for in incidents of these types alone, and not where one of the states of `borne_by` is
    on record: then it is no claim without a fact."""

    id: str
    why: Mapping[Language, str]
    levels: Levels
    patterns: Mapping[Language, re.Pattern[str]]
    types: frozenset[str] = frozenset()
    borne_by: frozenset[str] = frozenset()

    def concerns(self, states: Collection[str]) -> bool:
        """`states` are those of the record, by their keys (`type.security`, `data.intact`)."""
        of_type = not self.types or any(f"type.{one}" in states for one in self.types)
        return of_type and not self.borne_by & set(states)


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """What `examine` compares with. `approved` holds the words of the templates, for comparing: they
    were written before any fact was known, so they cannot give one away (law 7)."""

    forbidden: tuple[Phrase, ...]
    approved: Haystack = field(default_factory=lambda: Haystack(""))

    def finds(self, phrase: str) -> Callable[[str], bool]:
        """Whether a text, in either language, says this one thing that is not to be said."""
        patterns = [p.patterns[of] for p in self.forbidden if p.id == phrase for of in LANGUAGES]
        return lambda text: any(pattern.search(text) for pattern in patterns)

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Phrases:
        """Raises Misconfigured with every problem, each with its line."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw, lines = read(FILE, files[FILE])
        try:
            file = _File.model_validate(raw)
        except ValidationError as wrong:
            raise misconfigured(list(_problems(wrong, lines))) from None
        problems = list(_failing(file, lines))
        if problems:
            raise misconfigured(problems)
        forbidden = tuple(spec.compiled() for spec in file.phrases)
        return cls(forbidden=forbidden, approved=_approved(files))


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Pattern = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(pattern)]
Level = Literal["warn", "hold", "block"]


class _Wording(_Read):
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    found: tuple[str, ...] = Field(min_length=1)
    spared: tuple[str, ...] = Field(min_length=1)

    @property
    def compiled(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.patterns), re.IGNORECASE)


Sentence = Annotated[str, Field(min_length=2, max_length=300)]


class _Why(_Read):
    zh: Sentence
    en: Sentence


def _in_both(why: object) -> object:
    """A sentence without a language stands for both."""
    return {"zh": why, "en": why} if isinstance(why, str) else why


class _Phrase(_Read):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
    why: Annotated[_Why, BeforeValidator(_in_both)]
    level: Level
    person: Level | None = "warn"
    quotation: Level | None = None
    types: frozenset[IncidentType] = frozenset()
    borne_by: frozenset[str] = frozenset()
    zh: _Wording
    en: _Wording

    def compiled(self) -> Phrase:
        ours = FindingLevel[self.level.upper()]
        others = {Words.PERSON: self.person, Words.QUOTATION: self.quotation}
        levels = {words: FindingLevel[name.upper()] for words, name in others.items() if name}
        return Phrase(
            id=self.id,
            why={"zh": self.why.zh, "en": self.why.en},
            levels={Words.TEMPLATE: ours, Words.MODEL: ours, **levels},
            patterns={language: self.wording(language).compiled for language in LANGUAGES},
            types=frozenset(one.value for one in self.types),
            borne_by=self.borne_by,
        )

    def wording(self, language: Language) -> _Wording:
        return self.zh if language == "zh" else self.en


class _File(_Read):
    version: Literal[1]
    phrases: tuple[_Phrase, ...] = Field(min_length=1)


def _problems(wrong: ValidationError, lines: Mapping[Place, int]) -> Iterator[tuple[str, str]]:
    for error in wrong.errors(include_url=False, include_input=False):
        field = place_of(error, "file")
        sentence = in_words(error)
        yield f"{FILE}:{line_of(lines, error['loc'])}", f"{field}: {sentence}"


def _failing(file: _File, lines: Mapping[Place, int]) -> Iterator[tuple[str, str]]:
    """Ids that come twice, and examples that are not what they say."""
    seen: set[str] = set()
    for n, spec in enumerate(file.phrases):
        if spec.id in seen:
            yield _where(lines, n), f"phrases.{n}.id: {spec.id} is taken by another phrase"
        seen.add(spec.id)
        for language in LANGUAGES:
            wording, pattern = spec.wording(language), spec.wording(language).compiled
            for m, example in enumerate(wording.found):
                if not pattern.search(example):
                    where = _where(lines, n, language, "found", m)
                    yield where, f"{spec.id}: is not found in: {example}"
            for m, example in enumerate(wording.spared):
                if pattern.search(example):
                    where = _where(lines, n, language, "spared", m)
                    yield where, f"{spec.id}: is found in words to be spared: {example}"


def _where(lines: Mapping[Place, int], n: int, *rest: Any) -> str:
    return f"{FILE}:{line_of(lines, ('phrases', n, *rest))}"


def _approved(files: Mapping[str, str]) -> Haystack:
    texts = (text for name, text in sorted(files.items()) if name.startswith("messages/"))
    return Haystack("\x1f".join(_TAGS.sub("\x1f", text) for text in texts))
