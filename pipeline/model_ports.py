"""The seam to chat models that write prose: what is asked, for what, and what came back.

Whoever asks goes through `Models`, which keeps to budgets, remembers every call, and knows which
model may see which text. What is behind it, one model at one provider, is a `ChatModel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import BaseModel

from knowledge.errors import ModelFailed

from .domain.communication import Reason
from .domain.prose import Step

Speaker = Literal["system", "human", "ai"]
OPINION = "opinion"
"""The purpose of a call that no text needs: it has little time, and its failures keep nobody from writing."""


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


class NotAsked(ModelFailed):
    """The call was not made: the rules, a budget or a breaker kept it back. It costs nothing."""

    def __init__(self, sentence: str, *, reason: Reason | None = None) -> None:
        super().__init__(sentence)
        self.reason = reason or Reason(code="model_not_asked")


def reason_of(failed: ModelFailed) -> Reason:
    """For people: why there is no answer, without the provider's own words."""
    if isinstance(failed, NotAsked):
        return failed.reason
    return Reason(code=failed.code, values=failed.values)


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
    fresh: bool = False
    """Not to be answered with what the model said before: that was of no use."""
    removals: int | None = None
    """How often words of the incident had been taken away when the model was asked."""


class Models(Protocol):
    """The models of the ladder, with everything that holds them in check."""

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        """Which steps may be asked about this incident for these readers, in order; none is an
        answer too."""

    def ask(self, call: Call) -> Answered:
        """Raises ModelFailed when it cannot or does not answer in time, and NotAsked when it may not be asked:
        the caller goes down a step.

        Every call leaves a row, also one that failed.
        """


@dataclass(frozen=True, kw_only=True)
class KeptCall:
    """A call as it is remembered. `asked` and `answer` are None where the settings say that texts are not
    kept, or when their days are over; `failed` is the sentence of why there is no answer. `repeated` when
    nobody was asked, because an answer was there: it stands with the call that paid for it."""

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
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What was used so far: by one text, for one incident, or on one day. Tokens that no provider counted
    are in it as they were guessed; money in the currency of the settings' prices."""

    calls: int = 0
    tokens: int = 0
    money: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CallPage:
    """Newest first. `after` is None on the last page."""

    calls: tuple[KeptCall, ...]
    after: str | None


class CallWork(Protocol):
    """Rows of calls, inside a unit of work."""

    def keep_call(self, call: KeptCall, spent: Spent, purses: Sequence[str]) -> None:
        """The row of a call, and what it took out of each of the purses, which are opened when they are new."""

    def forget_call_texts(self, before: datetime, most: int) -> int:
        """Of at most `most` calls that are older, the texts go and the rows stay; purses that nobody has opened
        since go whole. How many texts went."""


class CallQueries(Protocol):
    """What is remembered of calls: each question is one short transaction of its own."""

    def spent(self, purses: Sequence[str]) -> dict[str, Spent]:
        """What was taken out of each of these purses; of one that is new, nothing."""

    def answer_to(self, *, step: Step, model: str, prompt: str, material: str) -> KeptCall | None:
        """The newest call that was answered to the same, and whose answer is still kept."""

    def calls(
        self, *, incident: str | None = None, limit: int = 50, after: str | None = None
    ) -> CallPage:
        """Without their texts."""

    def call(self, call_id: str) -> KeptCall | None: ...

    def oldest_text(self) -> datetime | None:
        """When the oldest call was made whose texts are still there, or the oldest message was due that holds what
        a model wrote."""


class Outcome(StrEnum):
    """How a call ended, in one word."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    FAILED = "failed"


def outcome_of(call: KeptCall) -> Outcome:
    if call.failed is not None:
        return Outcome.FAILED
    return Outcome.REPEATED if call.repeated else Outcome.ANSWERED
