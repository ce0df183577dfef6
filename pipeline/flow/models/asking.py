"""How is a chat model asked? Only if it may, if it is not known already, if it can be paid, and if it is worth it.

Every call leaves a row, also one that was not made; no transaction is open while a model is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import structlog

from knowledge.errors import ModelFailed, UnfitAnswer

from ...domain.communication import Reason
from ...domain.prose import Step
from ...model_ports import (
    OPINION,
    Answered,
    Call,
    CallQueries,
    ChatModel,
    KeptCall,
    NotAsked,
    Spent,
)
from ...policy.models import ModelChoice, models_for
from ...ports import Clock, Ids, Store
from ..library import Library
from .breaker import Breaker, BreakerState
from .budgets import Budgets, Price, day_purse, refused, spent_of, text_purse
from .choice import choice_of

LONGEST_REASON = 500

log = structlog.get_logger(__name__)
Recording = Literal["full", "none"]


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A model at its place on the ladder."""

    step: Step
    model: ChatModel
    price: Price = field(default_factory=Price)
    breaker: Breaker = field(default_factory=Breaker)
    of_opinions: Breaker = field(default_factory=Breaker)
    """Opinions that come too late are given up by themselves."""

    def breaker_of(self, call: Call) -> Breaker:
        return self.of_opinions if call.purpose == OPINION else self.breaker


@dataclass(frozen=True, kw_only=True)
class ModelState:
    """How a model stands, for whoever looks after it."""

    step: Step
    model: str
    breaker: BreakerState


class CheckedModels:
    """`model_ports.Models` of one installation; with no rungs none may be asked."""

    def __init__(
        self,
        rungs: Sequence[Rung],
        *,
        store: Store,
        calls: CallQueries,
        clock: Clock,
        ids: Ids,
        library: Library,
        budgets: Budgets,
        recording: Recording,
        zone: str,
    ) -> None:
        """A day of the budgets is one in `zone`."""
        self._rungs = {rung.step: rung for rung in rungs}
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._recording, self._zone = library, recording, ZoneInfo(zone)
        self.budgets, self.calls = budgets, calls

    @property
    def placed(self) -> frozenset[Step]:
        """The places of the ladder for which there is a model."""
        return frozenset(self._rungs)

    def steps(self, *, audience: str, incident: str | None) -> tuple[Step, ...]:
        """See `model_ports.Models`."""
        choice = self._choice(audience, incident)
        found = tuple(step for step in choice.steps if step in self._rungs)
        log.info(
            "which models may read",
            incident=incident,
            audience=audience,
            models=[step.value for step in found],
            why=choice.reason.code,
            **choice.reason.values,
        )
        return found

    def ask(self, call: Call) -> Answered:
        """See `model_ports.Models`."""
        rung = self._rungs.get(call.step)
        if rung is None:
            not_set = Reason(code="model_not_set")
            raise self._kept_from(call, "", not_set, f"no {call.step.value} is set")
        choice = self._choice(call.audience, call.incident)
        if call.step not in choice.steps:
            why = self._library.reason(choice.reason, "en")
            detail = f"it may not read this: {why}"
            raise self._kept_from(call, rung.model.name, choice.reason, detail)
        if not call.fresh and (known := self._known(call, rung)) is not None:
            return known
        now = self._clock.now()
        limits = self.budgets.of(call, self.today)
        spent = self.calls.spent(list(limits))
        if (used_up := refused(limits, spent)) is not None:
            raise self._kept_from(call, rung.model.name, used_up)
        breaker = rung.breaker_of(call)
        if not breaker.lets(now):
            rests = Reason(code="model_rests")
            detail = (
                f"it rests after failures: {breaker.state(now).why or 'it is tried again later'}"
            )
            raise self._kept_from(call, rung.model.name, rests, detail)
        return self._asked(call, rung, self._patience(call, spent))

    @property
    def today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def state(self) -> list[ModelState]:
        """In the order of the ladder."""
        now = self._clock.now()
        return [
            ModelState(step=step, model=rung.model.name, breaker=rung.breaker.state(now))
            for step, rung in self._rungs.items()
        ]

    def spent_today(self) -> Spent:
        purse = day_purse(self.today)
        return self.calls.spent([purse])[purse]

    def _choice(self, audience: str, incident: str | None) -> ModelChoice:
        rules = self._library.rules.models
        if incident is None:
            return models_for(rules, None, None, audience)
        with self._store.read() as tx:
            found = tx.incident(incident)
            if found is None:
                return models_for((), None, None, audience)
            return choice_of(tx, rules, found, audience)

    def _patience(self, call: Call, spent: Mapping[str, Spent]) -> float:
        """What is left of the text's seconds, or what whoever asks has if that is less."""
        limit = self.budgets.text.seconds
        if limit is None:
            return call.within
        return min(call.within, limit - spent[text_purse(call.of)].seconds)

    def _known(self, call: Call, rung: Rung) -> Answered | None:
        """What the model said to the same before, for as long as that is kept."""
        kept = self.calls.answer_to(
            step=call.step, model=rung.model.name, prompt=call.prompt, material=call.material
        )
        if kept is None or kept.answer is None:
            return None
        self._keep(self._row(call, rung.model.name, repeated=True), Spent(), ())
        return Answered(
            text=kept.answer, model=kept.model, tokens_in=0, tokens_out=0, money=0.0, kept=True
        )

    def _asked(self, call: Call, rung: Rung, within: float) -> Answered:
        call = replace(call, removals=self._removals(call.incident))
        began, breaker = self._clock.now(), rung.breaker_of(call)
        try:
            said = rung.model.say(call.turns, call.form, within=within)
        except NotAsked as kept_back:
            # Its queue is full: the provider has not failed, and nothing was paid for.
            breaker.not_asked()
            raise self._kept_from(call, rung.model.name, kept_back.reason, str(kept_back)) from None
        except UnfitAnswer as unfit:
            breaker.answered()  # it is there; it is this text that it has no use for
            raise self._paid_for_nothing(call, rung, unfit, began) from None
        except ModelFailed as failed:
            breaker.failed(self._clock.now(), str(failed), failed.retry_after)
            raise self._paid_for_nothing(call, rung, failed, began) from None
        except Exception as wrong:
            ours = ModelFailed(f"a fault of ours: {type(wrong).__name__}")
            breaker.failed(self._clock.now(), str(ours))
            self._paid_for_nothing(call, rung, ours, began)
            raise
        except BaseException:
            # Ctrl-C is no failure of the model, but a call that was let through to try it has to end.
            breaker.not_asked()
            self._paid_for_nothing(call, rung, ModelFailed("it was interrupted"), began)
            raise
        breaker.answered()
        return self._answered(call, rung, said)

    def _answered(self, call: Call, rung: Rung, said: Answered) -> Answered:
        """Paid for, and on record."""
        tokens = said.tokens_in, said.tokens_out
        spent = spent_of(call, rung.price, said.text, tokens, said.seconds)
        money = None if rung.price.of(0, 0) is None else spent.money
        row = self._row(
            call,
            rung.model.name,
            tokens=tokens,
            money=money,
            seconds=said.seconds,
            answer=said.text,
        )
        self._keep(row, spent, self.budgets.of(call, self.today), call.removals)
        return replace(said, money=money)

    def _paid_for_nothing(
        self, call: Call, rung: Rung, failed: ModelFailed, began: datetime
    ) -> ModelFailed:
        """A call without an answer is paid for too: the provider has read it."""
        tokens = failed.tokens_in, failed.tokens_out
        seconds = (self._clock.now() - began).total_seconds()
        spent = spent_of(call, rung.price, "", tokens, seconds)
        row = self._row(
            call,
            rung.model.name,
            tokens=tokens,
            money=rung.price.of(*tokens),
            seconds=seconds,
            failed=str(failed),
        )
        self._keep(row, spent, self.budgets.of(call, self.today), call.removals)
        return failed

    def _kept_from(self, call: Call, model: str, why: Reason, detail: str = "") -> NotAsked:
        """Its row holds an English sentence, as all of a call is told: `detail`, or that of the reason."""
        sentence = detail or self._library.reason(why, "en")
        failed = NotAsked(f"{model or 'the chat model'} was not asked: {sentence}", reason=why)
        self._keep(self._row(call, model, failed=str(failed)), Spent(), ())
        return failed

    def _removals(self, incident: str | None) -> int | None:
        if incident is None:
            return None
        with self._store.read() as tx:
            return tx.removals(incident)

    def _keep(
        self, row: KeptCall, spent: Spent, purses: Iterable[str], removals: int | None = None
    ) -> None:
        """Without its texts, when words of the incident were taken away while it was asked."""
        with self._store.write() as tx:
            if row.incident is not None and removals is not None:
                is_as_read = tx.none_removed_since(row.incident, removals)
                row = row if is_as_read else replace(row, asked=None, answer=None)
            tx.keep_call(row, spent, list(purses))

    def _row(
        self,
        call: Call,
        model: str,
        *,
        tokens: tuple[int | None, int | None] = (None, None),
        money: float | None = None,
        seconds: float = 0.0,
        answer: str | None = None,
        failed: str | None = None,
        repeated: bool = False,
    ) -> KeptCall:
        full = self._recording == "full" and not repeated
        return KeptCall(
            id=self._ids.new("call"),
            at=self._clock.now(),
            step=call.step,
            model=model,
            purpose=call.purpose,
            of=call.of,
            incident=call.incident,
            audience=call.audience,
            prompt=call.prompt,
            material=call.material,
            tokens_in=tokens[0],
            tokens_out=tokens[1],
            money=money,
            seconds=seconds,
            asked=call.turns if full else None,
            answer=answer if full else None,
            failed=failed[:LONGEST_REASON] if failed else None,
            repeated=repeated,
        )
