"""Does a line that somebody wrote name a cause, doubt it, or deny it? By the words of `prompts/causes/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..drafting.prose.extraction.cues import Cues
from .seen import Line

FOLDER = "causes/"


@dataclass(frozen=True)
class LineReader:
    cues: Cues

    @classmethod
    def load(cls, files: Mapping[str, str]) -> LineReader:
        """`files` are the texts of `prompts/`. Raises Misconfigured for a list that is not as it must be."""
        return cls(Cues.load(files, FOLDER))

    def line(self, id_: str, speaker: str, at: datetime | None, text: str) -> Line:
        kinds = {cue.kind for cue in self.cues.find(text)}
        return Line(
            id=id_,
            speaker=speaker,
            at=at,
            text=text,
            claims="claims" in kinds or "settled" in kinds,
            doubts="doubts" in kinds,
            settled="settled" in kinds,
            denies="denies" in kinds,
        )
