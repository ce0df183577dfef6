"""Chat models for tests of messages: one that tells what is new by its slots, and those that do harm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from knowledge.errors import ModelFailed
from pipeline.adapters.clock import SimulatedClock
from pipeline.model_ports import Answered, Turn

NEW = re.compile(r"^\{(F\d+)\} (.+?)(?:, (?:suspected|reported))?, new: ", re.MULTILINE)
LINE = re.compile(r"^\d+\. section (\S+), slots (.+), rests_on (.*?): ", re.MULTILINE)
SLOT = re.compile(r"\{(\w+)\}")
Sentences = list[dict[str, Any]]


def form(sentences: Sentences) -> str:
    return json.dumps({"enough": True, "sentences": sentences}, ensure_ascii=False)


def is_english(turns: Sequence[Turn]) -> bool:
    return "Write in English" in turns[0].text


def new_slots(turns: Sequence[Turn]) -> list[str]:
    """The slots that a question shows as new, or those of each sentence of the text in the other language."""
    material = turns[1].text
    found = NEW.findall(material)
    if found:
        return [name for name, _ in found]
    return [slot for _, slots, _ in LINE.findall(material) for slot in SLOT.findall(slots)]


def told(turns: Sequence[Turn]) -> Sentences:
    frame = (
        "What we can tell you is this: {%s}." if is_english(turns) else "我们能告诉您的是：{%s}。"
    )
    return [
        {"section": "passage", "text": frame % slot, "rests_on": [slot]}
        for slot in new_slots(turns)
    ]


@dataclass
class Sayer:
    """Says one sentence for each slot that is new. `spoil` changes what it says, `act` happens meanwhile,
    `clock` goes on by `seconds` while it thinks."""

    name: str = "fake-1"
    seconds: float = 0.0
    clock: SimulatedClock | None = None
    spoil: Callable[[Sentences, bool], str] | None = None
    act: Callable[[], object] = lambda: None
    asked: list[Sequence[Turn]] = field(default_factory=list)

    def say(self, turns: Sequence[Turn], form_: type[BaseModel], *, within: float) -> Answered:
        self.asked.append(turns)
        self.act()
        if self.clock is not None:
            self.clock.advance(timedelta(seconds=min(self.seconds, within)))
        if self.seconds > within:
            raise ModelFailed(f"{self.name} did not answer within {within:.0f} s")
        sentences = told(turns)
        text = form(sentences) if self.spoil is None else self.spoil(sentences, is_english(turns))
        return Answered(text=text, model=self.name, tokens_in=100, tokens_out=20)
