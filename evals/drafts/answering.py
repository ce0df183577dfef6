"""Who answers? A folder of recorded answers, or a model at a provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from knowledge.errors import ModelFailed
from pipeline.domain.prose import Step
from pipeline.flow.models.budgets import Price
from pipeline.model_ports import Answered, Call, ChatModel

SECOND = ".repaired"


@dataclass(kw_only=True)
class Recorded:
    """`Models` out of a folder: `NAME.json` is the first answer to a case, `NAME.repaired.json` the one after it
    was given back. Whoever has no answer left fails."""

    folder: Path
    case: str = ""
    asked: int = 0

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return (Step.MODEL,)

    def ask(self, call: Call) -> Answered:
        self.asked += 1
        name = self.case + (SECOND if self.asked > 1 else "")
        path = self.folder / f"{name}.json"
        if not path.exists():
            raise ModelFailed(f"no answer is recorded in {path.name}")
        return Answered(text=path.read_text(encoding="utf-8"), model=self.folder.name)


@dataclass(kw_only=True)
class Live:
    """`Models` of one model, without budgets. What it says is kept in `keep`, as a folder of recorded answers."""

    model: ChatModel
    price: Price
    keep: Path | None = None
    case: str = ""
    asked: int = field(default=0)

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        return (Step.MODEL,)

    def ask(self, call: Call) -> Answered:
        self.asked += 1
        said = self.model.say(call.turns, call.form, within=call.within)
        if self.keep is not None:
            self.keep.mkdir(parents=True, exist_ok=True)
            name = self.case + (SECOND if self.asked > 1 else "")
            (self.keep / f"{name}.json").write_text(said.text, encoding="utf-8")
        money = self.price.of(said.tokens_in, said.tokens_out)
        return Answered(
            text=said.text,
            model=said.model,
            tokens_in=said.tokens_in,
            tokens_out=said.tokens_out,
            money=money,
            seconds=said.seconds,
        )


Answering = Recorded | Live
