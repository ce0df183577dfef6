"""How is a ticket's story told? As events, with a canary in every field that somebody writes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pipeline.domain.times import to_text

from .canaries import Canaries, Roles

SOURCE = "disclosure"
SEVERITIES = ("P1", "P2", "P3")
TEAMS = ("desktop", "exchange")


@dataclass(kw_only=True)
class Story:
    """One ticket's events, oldest first, as CloudEvents."""

    number: str
    dice: random.Random
    canaries: Canaries
    at: datetime
    events: list[dict[str, Any]] = field(default_factory=list)

    def happens(self, type_: str, **data: Any) -> None:
        told = {name: value for name, value in data.items() if value is not None}
        self.events.append(
            {
                "specversion": "1.0",
                "id": f"{self.number}-{len(self.events)}",
                "source": SOURCE,
                "type": f"heliograph.{type_}.v1",
                "subject": self.number,
                "time": to_text(self.at),
                "data": told,
            }
        )
        self.at += timedelta(minutes=self.dice.randint(1, 12))

    def line(self, place: str, known: Roles) -> str:
        """In either language, one line."""
        word = self.canaries.put(self.number, place, known)
        return f"Outlook {word} fails" if self.dice.random() < 0.5 else f"邮件 {word} 打不开"

    def words(self, place: str, known: Roles) -> Any:
        """In one language, or in both with a word of its own in each."""
        if self.dice.random() < 0.3:
            return self.line(place, known)
        return {
            "zh": f"已处理 {self.canaries.put(self.number, place, known)}",
            "en": f"{self.canaries.put(self.number, place, known)} was handled",
        }

    def perhaps(self, make: Callable[[str, Roles], Any], place: str, known: Roles) -> Any:
        return make(place, known) if self.dice.random() < 0.7 else None

    def person(self, name: str, place: str, known: Roles) -> dict[str, str]:
        """Somebody of whom the directory knows nothing; the name is what a canary says."""
        word = self.canaries.put(self.number, place, known)
        mail = f"{name}.{self.number.lower()}@example.org"
        return {
            "id": f"{name}-{self.number}",
            "name": f"Ann {word.capitalize()}",
            "email": mail,
            "language": self.dice.choice(("zh", "en")),
        }


Act = Callable[[Story], None]


def some(told: Story, acts: Mapping[str, Act], least: int, most: int) -> None:
    """From `least` to `most` acts, by chance."""
    for _ in range(told.dice.randint(least, most)):
        told.dice.choice(list(acts.values()))(told)
