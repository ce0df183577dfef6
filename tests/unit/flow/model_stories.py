"""A ticket that a chat model writes about: what it is asked, what it says in its turn, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from zoneinfo import ZoneInfo

import prompts
from knowledge.errors import ModelFailed
from pipeline.adapters.clock import SimulatedClock
from pipeline.adapters.models.planned import PlannedModel
from pipeline.domain.directory import Bilingual, Names
from pipeline.domain.facts import Audience, Brief, Fact, FactValue, Level, ValueKind
from pipeline.domain.prose import Quoted, Step
from pipeline.domain.summary import Summary
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.prose.assignment import TECHNICIAN, Assignment
from pipeline.drafting.prose.candidates import Finder
from pipeline.drafting.redaction import Rules
from pipeline.flow.summaries.drafts import Asked, make, untold
from pipeline.flow.writing.ladder import Writing
from pipeline.flow.writing.writers import Writers
from pipeline.model_ports import Answered, Call
from tests.unit.tickets import START

K = ValueKind
BEIJING = ZoneInfo("Asia/Shanghai")


class PlannedModels:
    """`model_ports.Models` without rules and budgets, in front of a model that says what it was given to say."""

    def __init__(self, *said: str | ModelFailed, step: Step = Step.MODEL) -> None:
        self.model, self._step = PlannedModel(*said), step
        self.calls: list[Call] = []
        self.kept = 0
        """How many of the first answers were given before."""

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return (self._step,)

    def ask(self, call: Call) -> Answered:
        self.calls.append(call)
        kept = len(self.calls) <= self.kept
        said = self.model.say(call.turns, call.form, within=call.within)
        return replace(said, money=0.5, kept=kept)

    @property
    def told(self) -> str:
        """Every word that a provider got."""
        return "\n".join(turn.text for turns in self.model.asked for turn in turns)


def answer(*sentences: tuple[str, str] | tuple[str, str, list[str]], enough: bool = True) -> str:
    """What a model says: sections with sentences, and what they rest on."""
    told = [
        {"section": s[0], "text": s[1], "rests_on": list(s[2]) if len(s) > 2 else []}
        for s in sentences
    ]
    return json.dumps({"enough": enough, "sentences": told})


@cache
def texts() -> dict[str, str]:
    return prompts.read_texts(prompts.ROOT)


def fact(attribute: str, kind: ValueKind, value: FactValue) -> Fact:
    return Fact(
        id=f"f.{attribute}",
        what="inc_1",
        attribute=attribute,
        kind=kind,
        value=value,
        level=Level.PUBLIC,
        at=START,
        event="evt_1",
    )


FACTS = (
    fact("number", K.IDENTIFIER, "INC-9601"),  # F1
    fact("title", K.TEXT, "the mail client crashes"),  # F2
    fact("requester_name", K.NAME, Names(zh="王晓琳", en="Wang Xiaolin")),  # F3
    fact("service", K.NAME, Bilingual(zh="邮件客户端", en="Mail client")),  # F4
)


def lines(*said: tuple[str, str]) -> Iterator[Quoted]:
    for n, (speaker, text) in enumerate(said, 1):
        yield Quoted(id=f"q.{n}", n=n, at=START, speaker=speaker, text=text)


def ticket(*said: tuple[str, str], facts: tuple[Fact, ...] = FACTS) -> Assignment:
    audience = Audience(role="technician", clearance=Level.INTERNAL)
    quoted = tuple(lines(*said))
    return Assignment(
        kind=TECHNICIAN,
        brief=Brief(incident="inc_1", number="INC-9601", audience=audience, facts=facts),
        lines=quoted,
        candidates=Finder(texts())(quoted, facts=facts, now=START, zone=BEIJING),
        language="en",
        now=START,
        zone=BEIJING,
    )


def summary(
    assignment: Assignment,
    models: PlannedModels | None,
    *,
    files: Callable[[], dict[str, str]] = texts,
) -> Summary:
    """Through the whole ladder, with the checks that production has."""
    writers = Writers(files, models, Rules())
    writing = Writing(rungs=writers.rungs, checks=(writers.check,))
    asked = Asked(id="sum_1", assignment=assignment, incident=None, by="chen")
    return make(asked, writing, load_states(files()), SimulatedClock(START), untold)
