"""What is wrong with an answer, and what is its writer told? Codes here, sentences in `prompts/prose/problems.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ....domain.errors import Misconfigured
from ....yaml_places import read, unfit

FILE = "prose/problems.yaml"
MOST_TOLD = 12
"""Of the problems that a model is told: more would bury the first ones."""
_LONGEST = 80


class Code(StrEnum):
    """Each sort of problem, in the order in which they are looked for."""

    FORM = "form"
    EMPTY = "empty"
    TOO_MANY = "too_many"
    SECTION = "section"
    REPEATED = "repeated"
    UNKNOWN_SLOT = "unknown_slot"
    BRACES = "braces"
    BARE_SLOT = "bare_slot"
    TOUCHING = "touching"
    UNKNOWN_GROUND = "unknown_ground"
    NO_GROUND = "no_ground"
    NO_WORDS = "no_words"
    NUMBER = "number"
    TIME = "time"
    NAME = "name"
    IDENTIFIER = "identifier"
    LINK = "link"
    STATE = "state"
    QUOTATION = "quotation"
    MARKUP = "markup"
    CHARACTER = "character"
    MACHINE = "machine"
    ORDER = "order"
    LANGUAGE = "language"
    SUSPECTED = "suspected"
    REPORTED = "reported"
    SPEAKER = "speaker"
    NO_SENTENCE = "no_sentence"
    LONG = "long"
    PARITY_SENTENCES = "parity_sentences"
    PARITY_SLOTS = "parity_slots"
    LEFT_OUT = "left_out"
    """Of a part of a message: what its fixed words would tell."""
    CLAIM = "claim"
    """What the guard found: the record does not hold it."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """`words` are those in question, as they were written, and never of unbounded length."""

    code: Code
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`sentence` counts from 1, None for the whole; `stops` when the text is not used as it is. `told` is
    the English sentence for whoever shall mend it."""

    code: Code
    sentence: int | None
    words: str
    stops: bool
    told: str


class Sayings:
    """The sentence and level of each code."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """Raises Misconfigured for a file that does not hold exactly the codes that there are."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw, lines = read(FILE, files[FILE])
        try:
            self._said = _File.model_validate(raw).problems
        except ValidationError as wrong:
            raise unfit(FILE, lines, wrong) from None
        if differing := sorted({*Code} ^ {*self._said}):
            raise Misconfigured(f"{differing[0]} is missing, or is no problem", where=FILE)

    def problem(self, found: Found, sentence: int | None) -> Problem:
        words = found.words if len(found.words) <= _LONGEST else f"{found.words[:_LONGEST]}…"
        saying = self._said[found.code]
        return Problem(
            code=found.code,
            sentence=sentence,
            words=words,
            stops=saying.level == "stop",
            told=saying.says.format(words=words),
        )


def told(problems: Iterable[Problem]) -> str:
    """Those that stop, each on a line with the sentence that it is about, for the one who wrote them."""
    lines = [
        f"- Sentence {p.sentence}: {p.told}" if p.sentence else f"- {p.told}"
        for p in problems
        if p.stops
    ]
    left = len(lines) - MOST_TOLD
    return "\n".join([*lines[:MOST_TOLD], *([f"- and {left} more like these"] if left > 0 else [])])


def _with_words(says: str) -> str:
    try:
        says.format(words="")
    except (ValueError, LookupError, AttributeError):
        raise ValueError("may name {words}; other braces are written twice") from None
    return says


class _Saying(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    level: Literal["stop", "warn"]
    says: Annotated[str, Field(min_length=10), AfterValidator(_with_words)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Literal[1]
    problems: dict[Code, _Saying]
