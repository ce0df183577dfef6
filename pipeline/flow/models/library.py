"""How does the library ask a chat model? As everybody does: where the rules let it read, paid for, and on record.

What it asks for is read by those who work on tickets: they look at the questions of an article before others do,
and it is their searches that are put in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from pydantic import BaseModel

from knowledge.errors import UnfitAnswer
from knowledge.generation.prompt import Prompt
from knowledge.generation.reading import LONGEST_ANSWER, read
from knowledge.ports import Form

from ...domain.prose import Step
from ...model_ports import Answered, Call, Models, Turn

QUESTIONS, RERANKING = "questions", "reranking"
"""What it asks for, as `Call.purpose` has it."""
AUDIENCE = "technician"
LEAST = 0.1
"""Seconds: a second answer that has fewer is not asked for."""


class LibraryModel:
    """`knowledge.ports.ChatModel` over `model_ports.Models`, for one purpose. `name` is the first model's."""

    def __init__(
        self, models: Models, name: str, purpose: str, texts: Callable[[], Mapping[str, str]]
    ) -> None:
        """`texts` reads the files below `prompts/`."""
        self.name = name
        self._models, self._purpose, self._texts = models, purpose, texts

    def fill(self, form: type[Form], *, instructions: str, material: str, within: float) -> Form:
        """See `knowledge.ports.ChatModel`. Raises NotAsked where it may not be asked."""
        turns = (
            Turn(speaker="system", text=instructions),
            Turn(speaker="human", text=material),
        )
        call = self._call(form, turns, of=_digest(material), within=within)
        said = self._models.ask(call)
        try:
            return read(form, said.text).form
        except UnfitAnswer as unfit:
            left = within - said.seconds
            if len(said.text) > LONGEST_ANSWER or left < LEAST:
                raise
            again = self._again(call, said, str(unfit), left)
        answer = self._models.ask(again)
        return read(form, answer.text).form

    def _again(self, call: Call, said: Answered, wrong: str, left: float) -> Call:
        """What a kept answer of no use was is no reason to be told it again: the same is asked anew."""
        if said.kept:
            return self._call(call.form, call.turns, of=call.of, within=left, fresh=True)
        asked = Prompt(self._texts(), "model/repair", {}).asked(problems=wrong)
        more = (
            Turn(speaker="ai", text=said.text),
            Turn(speaker="human", text=f"{asked.instructions}\n\n{asked.material}"),
        )
        return self._call(call.form, (*call.turns, *more), of=call.of, within=left)

    def _call(
        self,
        form: type[BaseModel],
        turns: tuple[Turn, ...],
        *,
        of: str,
        within: float,
        fresh: bool = False,
    ) -> Call:
        instructions, *material = (turn.text for turn in turns)
        return Call(
            step=Step.MODEL,
            purpose=self._purpose,
            of=of if of.startswith(self._purpose) else f"{self._purpose}:{of}",
            incident=None,
            audience=AUDIENCE,
            prompt=_digest(instructions),
            material=_digest(*material),
            turns=turns,
            form=form,
            within=within,
            fresh=fresh,
        )


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
