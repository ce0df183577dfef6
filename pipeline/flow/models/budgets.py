"""May another question be paid for? What one text, one incident and one day may take, and what they took.

What was taken is a row for each purse, added up as calls are kept. A call that is under way is in no purse yet:
a budget can be passed by as many calls as run at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ...domain.communication import Reason
from ...model_ports import Call, Spent

BYTES_OF_A_TOKEN = 3
"""Where no provider counts: a Chinese character has three bytes and is about a token, an English token about
four letters."""
A_MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Price:
    """Of a million tokens, in whatever currency the settings mean; None where they say nothing."""

    tokens_in: float | None = None
    tokens_out: float | None = None

    def of(self, tokens_in: int | None, tokens_out: int | None) -> float | None:
        """None when it is not known: there is no price, or nobody counted."""
        if self.tokens_in is None or self.tokens_out is None:
            return None
        if tokens_in is None or tokens_out is None:
            return None
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / A_MILLION


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Of a purse; None is no limit."""

    tokens: int | None = None
    money: float | None = None
    seconds: float | None = None

    def passed(self, spent: Spent) -> str | None:
        """Which of them is used up: `tokens`, `money` or `seconds`."""
        used = ("tokens", spent.tokens), ("money", spent.money), ("seconds", spent.seconds)
        for name, value in used:
            limit: float | None = getattr(self, name)
            if limit is not None and value >= limit:
                return name
        return None


@dataclass(frozen=True, kw_only=True)
class Budgets:
    """What the settings allow to each text, incident and day."""

    text: Limits = Limits()
    incident: Limits = Limits()
    day: Limits = Limits()

    def of(self, call: Call, today: date) -> dict[str, Limits]:
        """The purses out of which a call is paid, with their limits."""
        purses = {text_purse(call.of): self.text, day_purse(today): self.day}
        if call.incident is not None:
            purses[incident_purse(call.incident)] = self.incident
        return purses


def text_purse(of: str) -> str:
    return f"text:{of}"


def incident_purse(incident: str) -> str:
    return f"incident:{incident}"


def day_purse(day: date) -> str:
    return f"day:{day.isoformat()}"


def spent_of(
    call: Call,
    price: Price,
    answer: str,
    tokens: tuple[int | None, int | None],
    seconds: float,
) -> Spent:
    """What a call took, guessed where nobody counted: a provider that counts nothing is not free of budgets."""
    told = sum(len(turn.text.encode("utf-8", "replace")) for turn in call.turns)
    said = len(answer.encode("utf-8", "replace"))
    counted_in = told // BYTES_OF_A_TOKEN if tokens[0] is None else tokens[0]
    counted_out = said // BYTES_OF_A_TOKEN if tokens[1] is None else tokens[1]
    return Spent(
        calls=1,
        tokens=counted_in + counted_out,
        money=price.of(counted_in, counted_out) or 0.0,
        seconds=seconds,
    )


def refused(limits: Mapping[str, Limits], spent: Mapping[str, Spent]) -> Reason | None:
    """Of the first purse that is used up: `budget_day_money` and its like."""
    for purse, limit in limits.items():
        if (what := limit.passed(spent[purse])) is not None:
            kind = purse.partition(":")[0]
            return Reason(code=f"budget_{kind}_{what}")
    return None
