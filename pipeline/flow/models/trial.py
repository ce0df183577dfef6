"""Can a chat model be reached, and does it fill a form? One small question on somebody's wish."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from knowledge.errors import UnfitAnswer
from knowledge.generation.prompt import Prompt
from knowledge.generation.reading import read

from ...domain.prose import Step
from ...model_ports import Answered, Call, Models, Turn
from ...ports import Ids
from .library import AUDIENCE

PURPOSE = "trial"
WORD = "heliograph"
WITHIN = 20.0


class Echo(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    word: str


@dataclass(frozen=True, kw_only=True)
class Tried:
    """`unfit` says what is wrong with the answer, when it does not fit the form."""

    answered: Answered
    unfit: str | None = None


class ModelTrial:
    def __init__(self, models: Models, ids: Ids, texts: Callable[[], Mapping[str, str]]) -> None:
        """`texts` reads the files below `prompts/`."""
        self._models, self._ids, self._texts = models, ids, texts

    def of(self, step: Step) -> Tried:
        """A call like any other: it has a row, and is paid for. Raises ModelFailed."""
        prompt = Prompt(self._texts(), "model/trial", {})
        asked = prompt.asked(word=WORD)
        one = self._ids.new("trial")
        said = self._models.ask(
            Call(
                step=step,
                purpose=PURPOSE,
                of=one,
                incident=None,
                audience=AUDIENCE,
                prompt=prompt.version,
                # Each trial is a new question, or the answer of the last one would come back.
                material=one,
                turns=(
                    Turn(speaker="system", text=asked.instructions),
                    Turn(speaker="human", text=asked.material),
                ),
                form=Echo,
                within=WITHIN,
            )
        )
        try:
            read(Echo, said.text)
        except UnfitAnswer as unfit:
            return Tried(answered=said, unfit=str(unfit))
        return Tried(answered=said)
