"""What stands in for a chat model in tests? One that says, in turn, what it was given to say."""

from __future__ import annotations

from ..errors import ModelFailed, UnfitAnswer
from ..ports import Form
from .prompt import Asked
from .reading import read


class FakeModel:
    """Says each of `said` once, the last one for ever; a ModelFailed among them is raised."""

    def __init__(self, *said: str | ModelFailed, name: str = "fake") -> None:
        self.name = name
        self.asked: list[Asked] = []
        self._said = list(said) or ["{}"]

    def fill(self, form: type[Form], *, instructions: str, material: str, within: float) -> Form:
        self.asked.append(Asked(instructions=instructions, material=material))
        try:
            return read(form, self._next()).form
        except UnfitAnswer:
            return read(form, self._next()).form

    def _next(self) -> str:
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        if isinstance(said, ModelFailed):
            raise said
        return said
