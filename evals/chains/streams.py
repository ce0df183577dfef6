"""What does a service desk receive in half a year? Made by a seed: chains of several kinds, and all that only looks like one.

Texts stand in `failures.yaml`, `more_failures.yaml` and `others.yaml`, written apart from what judges them; those in
`held_out/` nothing has learnt from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain as one_after_another
from pathlib import Path
from typing import Any, Literal

import yaml

from .rows import Row, Stream

Language = Literal["zh", "en", "mixed"]
START = datetime(2026, 1, 5, 6, tzinfo=UTC)
DAYS = 180
NO_SERVICE, WRONG_SERVICE = 0.25, 0.08
"""Shares of tickets whose service nobody filled in, or somebody guessed."""
EMPTY_CAUSE = 0.2
"""Of tickets whose cause says no more than what was done."""
KINDS = ("weekly", "after_change", "growing", "storm", "scattered")


@dataclass(frozen=True, kw_only=True)
class Material:
    """What streams are made of: failures that come back, and what happens beside them."""

    failures: Sequence[Mapping[str, Any]]
    others: Mapping[str, Any]


@cache
def material(*, held_out: bool) -> Material:
    """`held_out`: texts that nothing has learnt from."""
    here = Path(__file__).parent
    folder, names = (here / "held_out", _HELD_OUT) if held_out else (here, _LEARNT)
    told = [yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in names]
    others = yaml.safe_load((folder / "others.yaml").read_text(encoding="utf-8"))
    return Material(failures=tuple(one_after_another.from_iterable(told)), others=others)


_HELD_OUT, _LEARNT = ("failures.yaml",), ("failures.yaml", "more_failures.yaml")


class Maker:
    """One stream. The same seed and the same wishes make the same rows."""

    def __init__(self, seed: int, language: Language, tickets: int, of: Material) -> None:
        self._dice = random.Random(f"{seed} {language} {tickets}")
        self._language, self._tickets = language, tickets
        self._failures, self._others = of.failures, of.others
        self._rows: list[dict[str, Any]] = []
        self._chain_of: dict[str, str] = {}
        self._kind_of: dict[str, str] = {}
        self._services = sorted({f["service"] for f in of.failures})

    def stream(self, name: str) -> Stream:
        for at, failure in enumerate(self._failures):
            kind = KINDS[(at + self._dice.randrange(len(KINDS))) % len(KINDS)]
            self._kind_of[failure["name"]] = kind
            for when in self._times(kind, failure["service"]):
                self._report(failure, when, failure["name"])
            if "system" in failure:
                self._beside(failure)
        for service in self._services:
            self._once(service)
        for alike in self._others["lookalikes"]:
            self._lookalikes(alike)
        for wish in self._others["requests"]:
            for _ in range(self._dice.randint(4, 12)):
                self._report(wish, self._any_time(), None)
        self._singles()
        rows = sorted(self._rows, key=lambda row: (row["time"], row["event"], str(row["id"])))
        numbered = _numbered(rows, self._chain_of)
        return Stream(name=name, rows=numbered, chain_of=self._chain_of, kind_of=self._kind_of)

    def _times(self, kind: str, service: str) -> Iterator[datetime]:
        first, dice = self._any_time(0.4), self._dice
        if kind == "weekly":
            for week in range(dice.randint(4, 8)):
                yield first + timedelta(weeks=week, minutes=dice.randint(-25, 25))
        elif kind == "after_change":
            at = first
            for _ in range(dice.randint(3, 6)):
                summary = f"Release {dice.randint(10, 99)} of {service}"
                self._row("change", f"C{len(self._rows)}", at, service=service, summary=summary)
                yield at + timedelta(minutes=dice.randint(20, 400))
                at += timedelta(days=dice.randint(8, 24))
        elif kind == "growing":
            apart, at = 24.0, first
            for _ in range(dice.randint(5, 9)):
                yield at
                at += timedelta(days=apart * dice.uniform(0.7, 1.2))
                apart *= 0.7
        elif kind == "storm":
            for _ in range(dice.randint(6, 20)):
                yield first + timedelta(minutes=dice.expovariate(1 / 9))
        else:
            for _ in range(dice.randint(3, 6)):
                yield first
                first += timedelta(days=dice.uniform(2, 21))

    def _any_time(self, within: float = 1.0) -> datetime:
        """Working hours mostly."""
        day = self._dice.randrange(int(DAYS * within))
        minutes = self._dice.gauss(6 * 60, 150)
        return START + timedelta(days=day, minutes=max(-300.0, min(1000.0, minutes)))

    def _report(self, told: Mapping[str, Any], at: datetime, chain: str | None) -> None:
        language = self._one_language()
        title, _, text = self._dice.choice(told[language]).partition(" | ")
        ticket = self._open(told, at, language, self._filled(title), self._filled(text))
        if chain:
            self._chain_of[ticket] = chain
        self._close(ticket, at, language, told.get("cause", {}).get(language) if chain else None)

    def _beside(self, failure: Mapping[str, Any]) -> None:
        """Other complaints about the same thing, each once."""
        for other in self._dice.sample(self._others["beside"], 2):
            language = self._one_language()
            said = other[1 if language == "zh" else 0].replace("{system}", failure["system"])
            title, _, text = self._filled(said).partition(" | ")
            ticket = self._open(failure, at := self._any_time(), language, title, text)
            self._close(ticket, at, language, None)

    def _once(self, service: str) -> None:
        """Another failure of a service that has one that comes back."""
        if other := self._others["once"].get(service):
            told = next(f for f in self._failures if f["service"] == service)
            language = self._one_language()
            title, _, text = self._filled(other[1 if language == "zh" else 0]).partition(" | ")
            ticket = self._open(told, at := self._any_time(), language, title, text)
            self._close(ticket, at, language, None)

    def _lookalikes(self, alike: Mapping[str, Any]) -> None:
        order = list(range(len(alike["things"])))
        self._dice.shuffle(order)
        for number in order:
            language = self._one_language()
            thing = alike.get(f"things_{language}", alike["things"])[number]
            title, _, text = alike[language].partition(" | ")
            said = [self._filled(part.replace("{thing}", thing)) for part in (title, text)]
            ticket = self._open(alike, at := self._any_time(), language, *said)
            self._close(ticket, at, language, None)

    def _singles(self) -> None:
        others = self._others
        made = [
            (part, thing, wrong, place)
            for part in others["singles"]
            for thing in part["things"].items()
            for wrong in part["wrong"]
            for place in [self._dice.choice(list(others["places"].items()))]
        ]
        self._dice.shuffle(made)
        left = self._tickets - sum(row["event"] == "opened" for row in self._rows)
        for part, thing, wrong, place in made[: max(0, left)]:
            language = self._one_language()
            which = 1 if language == "zh" else 0
            said = wrong[which].replace("{thing}", thing[which]).replace("{place}", place[which])
            title, _, text = self._filled(said).partition(" | ")
            title = title[:1].upper() + title[1:]
            ticket = self._open(part, at := self._any_time(), language, title, text)
            self._close(ticket, at, language, None)

    def _open(
        self, told: Mapping[str, Any], at: datetime, language: str, title: str, text: str
    ) -> str:
        number = f"T{len(self._rows)}"
        self._row(
            "opened",
            number,
            at,
            service=self._service(str(told.get("service", ""))),
            category=told["category"],
            reporter_site=self._dice.choice(self._others["sites"]),
            source=self._dice.choice(("mail", "portal", "phone")),
            language=language,
            title=title,
            text=text,
        )
        return number

    def _close(
        self, ticket: str, at: datetime, language: str, causes: str | Sequence[str] | None
    ) -> None:
        """Half of the causes are known; what else is written there was done for many tickets."""
        wordings = [causes] if isinstance(causes, str) else list(causes or ())
        known = self._dice.choice(wordings) if wordings and self._dice.random() < 0.5 else None
        done = self._dice.choice(self._others["notes"])[1 if language == "zh" else 0]
        empty = done if self._dice.random() < EMPTY_CAUSE else None
        after = at + timedelta(hours=self._dice.uniform(0.5, 30))
        self._row("closed", ticket, after, notes=known or done, cause=known or empty)

    def _service(self, true: str) -> str | None:
        thrown = self._dice.random()
        if thrown < NO_SERVICE or not true:
            return None
        return self._dice.choice(self._services) if thrown < NO_SERVICE + WRONG_SERVICE else true

    def _one_language(self) -> str:
        return self._dice.choice(("zh", "en")) if self._language == "mixed" else self._language

    def _filled(self, said: str) -> str:
        dice, others = self._dice, self._others
        for slot, value in (
            ("{n}", str(dice.randint(2, 90))),
            ("{clock}", f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}"),
            ("{run}", str(dice.randint(10_000, 99_999))),
            ("{person}", dice.choice(others["people"])),
            ("{site}", dice.choice(others["sites"])),
            ("{day}", dice.choice(("2026-03-02", "04/05", "3-12", "2026-06-30"))),
        ):
            said = said.replace(slot, value)
        return said

    def _row(self, event: str, number: str, at: datetime, **rest: Any) -> None:
        self._rows.append({"event": event, "id": number, "time": at, **rest})


def _numbered(rows: list[dict[str, Any]], chain_of: dict[str, str]) -> list[Row]:
    """Numbers in the order of time: those of the making would tell which tickets belong together."""
    new = {
        row["id"]: f"INC{n:05d}"
        for n, row in enumerate((r for r in rows if r["event"] == "opened"), 1)
    }
    for old in list(chain_of):
        chain_of[new[old]] = chain_of.pop(old)
    return [{**row, "id": new.get(row["id"], row["id"])} for row in rows]


def made(seed: int, language: Language, tickets: int, *, held_out: bool = False) -> Stream:
    return Maker(seed, language, tickets, material(held_out=held_out)).stream(f"{language}-{seed}")
