"""What fails in four months, and why? Made by a seed: incidents with causes of several kinds, changes that only look
like one, and incidents of which nobody ever learnt the cause."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 120
CAUSES = (
    *(("change", 0.40), ("earlier", 0.15), ("upstream", 0.10), ("said", 0.10)),
    ("unknown", 0.25),
)
SERVICES = {
    **{f"app-{n}": (f"db-{n % 4}", "sso") for n in range(10)},
    **{f"db-{n}": ("storage",) for n in range(4)},
    "sso": ("directory",),
    **dict.fromkeys(("directory", "storage", "wiki", "print"), ()),
}
"""What there is, and on what each depends."""
DAILY_CHANGES = 4.0
LOOKALIKE = 0.45
"""How often an innocent change stands in the hours before an incident, on its path."""
Language = str


@cache
def told() -> dict[str, Any]:
    return dict(yaml.safe_load((Path(__file__).parent / "said.yaml").read_text(encoding="utf-8")))


@dataclass
class MadeChange:
    number: str
    services: tuple[str, ...]
    what: str
    began_at: datetime
    ended_at: datetime
    rolled_back_at: datetime | None = None


@dataclass
class MadeIncident:
    """`truth` is the key of its cause among candidates; None when nobody knows it. `alike` are earlier ones with
    the probability that both are one failure, as a comparison would give it. `cause` is what was noted when it
    was solved."""

    number: str
    service: str
    title: str
    at: datetime
    over_at: datetime
    kind: str
    truth: str | None = None
    cause: str = ""
    notes: list[tuple[datetime, str, str]] = field(default_factory=list)
    alike: dict[str, float] = field(default_factory=dict)
    counted: bool = True


@dataclass(frozen=True)
class Stream:
    changes: Sequence[MadeChange]
    incidents: Sequence[MadeIncident]


class Maker:
    """The same seed makes the same stream."""

    def __init__(self, seed: int, incidents: int) -> None:
        self._dice = random.Random(f"causes {seed} {incidents}")
        self._wanted, self._numbered = incidents, 0
        self._changes: list[MadeChange] = []
        self._incidents: list[MadeIncident] = []

    def stream(self) -> Stream:
        for _ in range(int(DAYS * DAILY_CHANGES)):
            self._change(self._any_service(), START + timedelta(days=self._dice.uniform(0, DAYS)))
        times = sorted(self._dice.uniform(3, DAYS) for _ in range(self._wanted))
        for day in times:
            self._incident(START + timedelta(days=day))
        return Stream(
            changes=sorted(self._changes, key=lambda one: one.began_at),
            incidents=sorted(self._incidents, key=lambda one: one.at),
        )

    def _incident(self, at: datetime) -> None:
        dice = self._dice
        kind = dice.choices([k for k, _ in CAUSES], [w for _, w in CAUSES])[0]
        service = self._any_service()
        if kind == "upstream" and not SERVICES[service]:
            service = "app-1"
        number = self._number()
        over = at + timedelta(minutes=dice.lognormvariate(4.4, 0.7))
        made = MadeIncident(
            number=number,
            service=service,
            title=f"{service}: {self._words('symptoms')}",
            at=at,
            over_at=over,
            kind=kind,
        )
        by = {
            "change": self._by_change,
            "earlier": self._by_earlier,
            "upstream": self._by_upstream,
            "said": self._by_something_said,
        }.get(kind)
        if by is not None:
            by(made)
        self._incidents.append(made)
        self._around(made)

    def _by_change(self, made: MadeIncident) -> None:
        dice = self._dice
        path = path_of(made.service)
        of = made.service if dice.random() < 0.65 or len(path) == 1 else dice.choice(path[1:])
        slow = dice.random() < 0.12
        gap = dice.uniform(600, 2400) if slow else dice.lognormvariate(3.2, 1.1)
        change = self._change(of, made.at - timedelta(minutes=gap))
        made.truth, made.cause = f"change:ci:{change.number}", change.what
        change.rolled_back_at = None
        if dice.random() < 0.45:
            change.rolled_back_at = made.at + timedelta(minutes=dice.uniform(10, 60))
            made.over_at = change.rolled_back_at + timedelta(minutes=dice.uniform(1, 40))
        for other in change.services:
            if other not in path and dice.random() < 0.5:
                self._beside(other, change.ended_at + timedelta(minutes=dice.uniform(2, 90)))
        if dice.random() < 0.45:
            self._note(made, self._words("names_change", change=change.number))

    def _by_earlier(self, made: MadeIncident) -> None:
        known = [
            one
            for one in self._incidents
            if one.kind in ("earlier", "said") and one.at < made.at - timedelta(days=1)
        ]
        if not known or self._dice.random() < 0.3:
            # The first case of a failure: nothing on record could tell.
            made.cause = f"{self._words('things')} ({len(self._incidents)})"
            return
        before = self._dice.choice(known[-12:])
        made.service, made.cause = before.service, before.cause
        same = [one for one in known if one.cause == before.cause]
        for one in same[-3:]:
            made.alike[one.number] = self._dice.betavariate(6, 2)
        oldest = min(made.alike, key=lambda number: next(o.at for o in same if o.number == number))
        made.truth = f"earlier:{oldest}"

    def _by_upstream(self, made: MadeIncident) -> None:
        below = self._dice.choice(path_of(made.service)[1:])
        began = made.at - timedelta(minutes=self._dice.lognormvariate(2.2, 0.8))
        beside = self._beside(below, began)
        made.truth, made.cause = f"upstream:{beside.number}", beside.title
        beside.over_at = made.over_at - timedelta(minutes=self._dice.uniform(-10, 40))

    def _by_something_said(self, made: MadeIncident) -> None:
        thing = self._words("things")
        made.cause = f"{thing} ({len(self._incidents)})"
        n = self._note(made, self._words("tells", thing=thing), least=15)
        if self._dice.random() < 0.35:
            # The later of two lines that say the same is the one that is offered.
            n = self._note(made, self._words("tells", thing=thing), least=60)
        made.truth = f"said:{made.number}:{n}"

    def _around(self, made: MadeIncident) -> None:
        """What has nothing to do with it."""
        dice = self._dice
        if dice.random() < LOOKALIKE:
            self._lookalike(made)
        if dice.random() < 0.15 and SERVICES[made.service]:
            below = dice.choice(path_of(made.service)[1:])
            self._beside(below, made.at - timedelta(minutes=dice.uniform(20, 900)))
        solved = [one for one in self._incidents[:-1] if one.cause and one.number not in made.alike]
        if solved and dice.random() < 0.5:
            for one in dice.sample(solved, min(len(solved), dice.randint(1, 3))):
                if one.cause != made.cause and one.at < made.at:
                    made.alike[one.number] = dice.betavariate(2, 5)
        for _ in range(dice.randint(0, 4)):
            self._note(made, self._words("chatter", service=made.service))
        if dice.random() < 0.3:
            thing = self._words("things")
            self._note(made, self._words("guesses", thing=thing))
            if dice.random() < 0.4:
                self._note(made, self._words("denies", thing=thing), least=40)

    def _lookalike(self, made: MadeIncident) -> None:
        dice = self._dice
        of = made.service if dice.random() < 0.5 else dice.choice(path_of(made.service))
        change = self._change(of, made.at - timedelta(minutes=dice.uniform(3, 240)))
        thrown = dice.random()
        change.rolled_back_at = None
        if thrown < 0.2:
            change.rolled_back_at = made.at - (made.at - change.ended_at) * dice.uniform(0.1, 0.8)
        elif thrown < 0.4:
            change.rolled_back_at = made.at + timedelta(minutes=dice.uniform(5, 40))
            made.over_at = max(made.over_at, change.rolled_back_at + timedelta(minutes=50))
        if dice.random() < 0.3:
            self._note(made, self._words("suspects_change", change=change.number))
        if dice.random() < 0.3:
            self._note(made, self._words("denies_change", change=change.number), least=25)

    def _change(self, service: str, ended: datetime) -> MadeChange:
        dice = self._dice
        services = [service]
        if dice.random() < 0.25:
            services += dice.sample(
                [name for name in SERVICES if name != service], dice.randint(1, 2)
            )
        change = MadeChange(
            number=f"CHG-{1000 + len(self._changes)}",
            services=tuple(services),
            what=self._words("changes", n=str(dice.randint(10, 99))),
            began_at=ended - timedelta(minutes=dice.uniform(1, 30)),
            ended_at=ended,
        )
        if dice.random() < 0.06:
            change.rolled_back_at = ended + timedelta(minutes=dice.uniform(20, 600))
        self._changes.append(change)
        return change

    def _beside(self, service: str, at: datetime) -> MadeIncident:
        """A ticket that is there for another one's sake, and is not asked about."""
        beside = MadeIncident(
            number=self._number(),
            service=service,
            title=f"{service}: {self._words('symptoms')}",
            at=at,
            over_at=at + timedelta(minutes=self._dice.lognormvariate(4.0, 0.8)),
            kind="beside",
            counted=False,
        )
        self._incidents.append(beside)
        return beside

    def _number(self) -> str:
        self._numbered += 1
        return f"INC-{self._numbered:04d}"

    def _note(self, made: MadeIncident, text: str, least: float = 3) -> int:
        """Its place among the notes of the incident."""
        at = made.at + timedelta(minutes=self._dice.uniform(least, least + 40))
        made.notes.append((at, self._dice.choice(("Ada", "Ben", "陈立", "赵敏", "Lena")), text))
        return len(made.notes) - 1

    def _words(self, of: str, **values: str) -> str:
        said: str = self._dice.choice(told()[of][self._dice.choice(("en", "zh"))])
        for name, value in values.items():
            said = said.replace(f"{{{name}}}", value)
        return said

    def _any_service(self) -> str:
        return self._dice.choice(list(SERVICES))


def path_of(service: str) -> list[str]:
    """It, and all on which it rests."""
    return list(dict.fromkeys(_below(service)))


def _below(service: str) -> Iterator[str]:
    yield service
    for name in SERVICES[service]:
        yield from _below(name)


def made(seed: int, incidents: int) -> Stream:
    return Maker(seed, incidents).stream()
