"""The seam to chat models that write prose: what is asked, for what, and what came back.

Whoever asks goes through `Models`, which keeps to budgets, remembers every call, and knows which
model may see which text. What is behind it, one model at one provider, is a `ChatModel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from pydantic import BaseModel

from .domain.prose import Step

Speaker = Literal["system", "human", "ai"]


@dataclass(frozen=True, kw_only=True)
class Turn:
    speaker: Speaker
    text: str


@dataclass(frozen=True, kw_only=True)
class Answered:
    """`text` is what the model said, verbatim: whoever asked reads it, and may find it unfit. Tokens are
    None where the provider counts none; `seconds` by our clock; `kept` when it was asked before."""

    text: str
    model: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    money: float | None = None
    seconds: float = 0.0
    kept: bool = False


class ChatModel(Protocol):
    """One model. No call is repeated by it."""

    name: str

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        """What it says when it is held to `form`; the text need not fit it. Raises ModelFailed, with a
        sentence that tells nothing of the texts or keys: late, away, refused, cut off."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One question to a step's model. `purpose` is what it is for (`summary`, `update`), `of` the id of the
    text that it helps to write: budgets count by `of`, by `incident` and by day. `prompt` and `material`
    are the versions of what it is told: the same both, the same answer.

    `audience` is the role of those who will read it.
    `within` are seconds.
    """

    step: Step
    purpose: str
    of: str
    incident: str | None
    audience: str
    prompt: str
    material: str
    turns: tuple[Turn, ...]
    form: type[BaseModel]
    within: float


class Models(Protocol):
    """The models of the ladder, with everything that holds them in check."""

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        """Which steps may be asked about this incident for these readers, in order (row F10); none is an
        answer too."""

    def ask(self, call: Call) -> Answered:
        """Raises ModelFailed when it may not, cannot or does not answer in time: the caller goes down a step.

        Every call leaves a row, also one that failed.
        """


@dataclass(frozen=True, kw_only=True)
class KeptCall:
    """A call as it is remembered. `asked` and `answer` are None where the settings say that texts are not
    kept; `failed` is the sentence of why there is no answer."""

    id: str
    at: datetime
    step: Step
    model: str
    purpose: str
    of: str
    incident: str | None
    audience: str
    prompt: str
    material: str
    tokens_in: int | None
    tokens_out: int | None
    money: float | None
    seconds: float
    asked: tuple[Turn, ...] | None
    answer: str | None
    failed: str | None
