"""How does a rule file say when a statement is put right?"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from .corrections import SHOWN_BY, Corrections
from .entries import Duration, Spec


def _shows(name: str) -> str:
    if name not in SHOWN_BY:
        raise ValueError(f"shows no error; known: {', '.join(SHOWN_BY)}")
    return name


class CorrectionsEntry(Spec):
    within: Duration = Corrections.within
    share: float = Field(default=Corrections.share, ge=0, le=100)
    shown_by: tuple[Annotated[str, AfterValidator(_shows)], ...] = tuple(SHOWN_BY)

    def compiled(self) -> Corrections:
        return Corrections(within=self.within, share=self.share, events=frozenset(self.shown_by))
