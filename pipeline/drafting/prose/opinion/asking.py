"""How is a model asked whether a text is said by what it rests on? With the sentences as a reader gets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from knowledge.generation.prompt import Prompt, mark_of

from ....model_ports import Turn
from ..contract import Question
from .form import MOST_DOUBTS, Opinion

NAME = "prose/opinion"


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something that the record holds: `sure` is empty for what is certain."""

    slot: str
    what: str
    sure: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What somebody wrote; `by` and `at` are empty where nobody knows."""

    slot: str
    by: str
    at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence of the text; `rests_on` are slots, with blanks between."""

    text: str
    rests_on: str = ""


class OpinionPrompt:
    """The prompt as it is in force."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Of the files below `prompts/`. Raises Refused, naming the file."""
        self._prompt = Prompt(texts, NAME, {"most": MOST_DOUBTS})

    @property
    def version(self) -> str:
        return self._prompt.version

    def asked(
        self,
        *,
        audience: str,
        now: datetime,
        facts: Sequence[Held],
        lines: Sequence[Line],
        sentences: Sequence[Said],
    ) -> Question:
        """Everything given was cut for the audience, redacted, and is on one line each; `now` is in the zone
        in which it is told."""
        asked = self._prompt.asked(
            audience=audience.replace("_", " "),
            now=f"{now:%Y-%m-%d %H:%M %z}",
            mark=mark_of(repr(facts), repr(lines), repr(sentences)),
            facts=facts,
            lines=lines,
            sentences=sentences,
        )
        turns = (
            Turn(speaker="system", text=asked.instructions),
            Turn(speaker="human", text=asked.material),
        )
        material = sha256(asked.material.encode("utf-8", "replace")).hexdigest()[:16]
        return Question(turns=turns, form=Opinion, prompt=self.version, material=material)
