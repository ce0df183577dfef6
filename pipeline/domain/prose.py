"""What is a text that was written for somebody about an incident? Sentences, and what each rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from pydantic import Field

from .communication import Reason, Why, WhyIfAny
from .directory import Key, Language, Value
from .facts import Level
from .findings import Finding
from .times import Instant


class Step(StrEnum):
    """The steps of the ladder, the first to be tried first. A text by a person stands beside it."""

    MODEL = "model"
    SECOND_MODEL = "second_model"
    EXTRACTION = "extraction"
    TEMPLATE = "template"
    PERSON = "person"


class Length(StrEnum):
    """How much a reader wants to read; `drafting/prose/lengths.py` has the numbers."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"


class Quoted(Value):
    """Something that somebody said in a conversation: the `n`-th line of its log, as it was written.

    Untrusted, as every text from outside; `id` is what a sentence names when it rests on it.
    """

    id: Key
    n: int = Field(ge=1)
    at: Instant | None
    """None when the log does not say enough to know it."""
    speaker: str
    person: Key | None = None
    attribution: str = ""
    """Of words that were only quoted: whose they are said to be, and who quoted them. It is shown beside them
    and proves nothing; then `speaker` is empty."""
    text: str
    level: Level = Level.INTERNAL
    scope: str | None = None


class Part(StrEnum):
    """Which part of what a place names is written there: a quoted line has a speaker and a time too."""

    VALUE = "value"
    SPEAKER = "speaker"
    TIME = "time"


class Ref(Value):
    """A place in a sentence where code writes the value of a fact, or a quoted line in quotation marks;
    of a line also who said it, or when. `fact` is the id of either."""

    fact: Key
    part: Part = Part.VALUE


class Sentence(Value):
    """`pieces` in their order, words and values; `rests_on` are ids of facts and of quoted lines.

    `section` is the question that the sentence answers, such as `tried` or `next_time`.
    """

    section: Key
    pieces: tuple[str | Ref, ...]
    rests_on: tuple[Key, ...] = ()


class Standing(StrEnum):
    """How a claim, or a sentence, stands to the record; the worst of its claims decides a sentence."""

    NO_CLAIM = "no_claim"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"


class Claimed(Value):
    """One claim of a sentence: the words that make it, the ids of the facts and lines that it was held
    to, and why it does not stand."""

    kind: Key
    words: str
    standing: Standing
    evidence: tuple[Key, ...] = ()
    reason: WhyIfAny = None


class Weighed(Value):
    """A sentence as a reader gets it, with how it stands to the record."""

    section: Key
    text: str
    rests_on: tuple[Key, ...] = ()
    standing: Standing = Standing.NO_CLAIM
    claims: tuple[Claimed, ...] = ()
    findings: tuple[Finding, ...] = ()


class Fall(Value):
    """A step that gave nothing that could be used, and why, for people who look after the model. `then` is what
    came of telling it once what was wrong."""

    step: Step
    why: Why
    then: Reason | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (self.why, self.then) if self.then else (self.why,)


N = TypeVar("N", int, float)


class Cost(Value):
    """What a text took: tokens as the provider counted them (None where it does not), money in the
    currency of the settings' prices, seconds by our clock. Calls that were of no use count too.

    Costs add up. Where nobody was asked there is nothing to count; of calls that were made, what one did not
    count is not known of all."""

    calls: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    money: float | None = None
    seconds: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        if not self.calls or not other.calls:
            return other if other.calls else self
        return Cost(
            calls=self.calls + other.calls,
            tokens_in=_sum(self.tokens_in, other.tokens_in),
            tokens_out=_sum(self.tokens_out, other.tokens_out),
            money=_sum(self.money, other.money),
            seconds=self.seconds + other.seconds,
        )


def _sum(one: N | None, other: N | None) -> N | None:
    return None if one is None or other is None else one + other


class Prose(Value):
    """A text as its writer left it. `prompt` is the version of what the model was told, `template` that
    of the frame; `model` names who wrote it, None for code. `falls` are the steps tried before."""

    language: Language
    sentences: tuple[Sentence, ...]
    step: Step
    model: str | None = None
    prompt: str | None = None
    template: str | None = None
    falls: tuple[Fall, ...] = ()
    cost: Cost = Cost()
