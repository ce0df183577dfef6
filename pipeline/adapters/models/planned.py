"""What stands in for a chat model where nothing was recorded? One that says, in turn, what it was given to say."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from pydantic import BaseModel

from knowledge.errors import ModelFailed

from ...model_ports import Answered, Turn

TOKENS = (100, 20)
"""Read and written at each call."""


class PlannedModel:
    """`model_ports.ChatModel`. Says each of `said` once, the last one for ever; a ModelFailed among them is
    raised."""

    def __init__(
        self, *said: str | ModelFailed, name: str = "planned", seconds: float = 1.0
    ) -> None:
        self.name, self.seconds = name, seconds
        self.asked: list[tuple[Turn, ...]] = []
        self.within: list[float] = []
        self._said = list(said) or ["{}"]
        self._lock = Lock()

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        with self._lock:
            self.asked.append(tuple(turns))
            self.within.append(within)
            said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        if isinstance(said, ModelFailed):
            raise said
        return Answered(
            text=said,
            model=self.name,
            tokens_in=TOKENS[0],
            tokens_out=TOKENS[1],
            seconds=self.seconds,
        )
