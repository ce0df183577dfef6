"""How is it written in a rule file what makes an alert, or many tickets, a major incident?"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from ..domain.directory import Key
from ..domain.major_events import Severity
from ..domain.surge_events import MOST_NAMED
from .confirmation import Confirmation, TicketRule, as_filed
from .durations import Duration
from .entries import Spec

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)


def _within_reason(wait: timedelta) -> timedelta:
    if not SHORTEST <= wait <= LONGEST:
        raise ValueError("is shorter than 1m, or longer than 1d")
    return wait


_Window = Annotated[Duration, AfterValidator(_within_reason)]


class _Tickets(Spec):
    service: Key | None = None
    count: int = Field(strict=True, ge=2, le=MOST_NAMED)
    within: _Window
    severity: Severity = "P2"
    second_signal: bool = False
    hold_down: _Window | None = None


class ConfirmationEntry(Spec):
    severities: frozenset[Severity] = frozenset()
    second_signal: bool = False
    hold_down: Duration | None = None
    tickets: Annotated[tuple[_Tickets, ...], Field(max_length=200)] = ()
    requests: frozenset[Key] = frozenset()

    @field_validator("tickets")
    @classmethod
    def _once_each(cls, entries: tuple[_Tickets, ...]) -> tuple[_Tickets, ...]:
        """Of two lines for one service nobody could tell which one counts."""
        seen: set[str | None] = set()
        for entry in entries:
            if entry.service in seen:
                named = entry.service or "any service"
                raise ValueError(f"says twice how many tickets of {named} ask; one line counts")
            seen.add(entry.service)
        return entries

    @model_validator(mode="after")
    def _alerts_can_confirm(self) -> ConfirmationEntry:
        if not self.severities and any(entry.second_signal for entry in self.tickets):
            raise ValueError(
                "tickets have a second_signal, and no alert is one: severities names none"
            )
        return self

    def compiled(self) -> Confirmation:
        return Confirmation(
            severities=frozenset(self.severities),
            second_signal=self.second_signal,
            hold_down=self.hold_down,
            tickets=tuple(TicketRule(**entry.model_dump()) for entry in self.tickets),
            requests=frozenset(map(as_filed, self.requests)),
        )
