"""`python -m evals disclosure`: how many canaries are seen by those who may not know them?"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.bootstrap import Heliograph, open_replay
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Address, Directory, Group, Names, Person, Service
from pipeline.domain.errors import HeliographError
from pipeline.domain.events import Event
from pipeline.drafting.pieces import Lookup
from pipeline.flow.drain import Settable, advance, drain
from pipeline.flow.writing.ladder import Writing
from pipeline.settings import Settings

from .canaries import Canaries
from .looking import Cuts, Seen, look_at_briefs, look_at_messages
from .stories import story
from .talk import talk
from .telling import TEAMS, Story

START = datetime(2026, 8, 24, 2, tzinfo=UTC)
BESIDE = 25
"""Tickets that share a store: one's canaries must not be seen by another's readers either."""
AFTER = timedelta(minutes=45)
"""Within which announced updates fall due."""
WHERE = ("brief", "prompt", "message")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`refused` are events that the intake would not take; their canaries were let loose for nothing."""

    trials: int
    refused: int
    seconds: float
    seen: Seen

    def as_metrics(self) -> dict[str, Any]:
        leaks = Counter(leak.where for leak in self.seen.leaks)
        return {
            "trials": self.trials,
            "leaks": {where: leaks[where] for where in WHERE},
            "texts": {where: self.seen.looked[where] for where in WHERE},
            "rightly_known": {where: self.seen.met[where] for where in WHERE},
            "canaries": len(self.seen.canaries.by_word),
            "events_refused": self.refused,
            "seconds": round(self.seconds, 1),
        }


def run(trials: int, seed: int, *, as_json: bool, flow: bool = True) -> None:
    """Prints what was found. Raises ValueError for less than one trial."""
    if trials < 1:
        raise ValueError("--trials must be 1 or more")
    figures = measured(trials, seed, flow=flow)
    if as_json:
        print(json.dumps({"metrics": figures.as_metrics()}, indent=2))
    else:
        _print(figures)


def measured(trials: int, seed: int, cuts: Cuts | None = None, *, flow: bool = True) -> Figures:
    """`trials` tickets; the same seed makes the same ones. Without the flow no message is made, and a
    ticket takes a quarter of the time."""
    dice, cuts = random.Random(seed), cuts or Cuts()
    seen = Seen(canaries=Canaries(dice=dice))
    begun, refused = time.perf_counter(), 0
    for first in range(0, trials, BESIDE):
        numbers = [f"INC-{n}" for n in range(first, min(first + BESIDE, trials))]
        if flow:
            refused += _through_the_flow(numbers, seen, cuts)
        else:
            _folded(numbers, seen, cuts)
    seconds = time.perf_counter() - begun
    return Figures(trials=trials, refused=refused, seconds=seconds, seen=seen)


def _through_the_flow(numbers: list[str], seen: Seen, cuts: Cuts) -> int:
    with played(numbers, seen.canaries) as (app, refused):
        for number in numbers:
            incident = app.queries.incident(number)
            if incident is not None:
                _look(seen, app.queries.stream(incident.id), cuts)
                look_at_messages(seen, app, incident)
    return refused


def _folded(numbers: list[str], seen: Seen, cuts: Cuts) -> None:
    for told in _stories(numbers, seen.canaries):
        raws = sorted(told.events, key=lambda raw: str(raw["time"]))
        _look(seen, [event_of(raw, n) for n, raw in enumerate(raws, 1)], cuts)


def event_of(raw: dict[str, Any], version: int) -> Event:
    """As the intake records it."""
    said = parse(raw, now=datetime.fromisoformat(raw["time"]))
    return Event(
        id=f"evt_{said.source_id}",
        source=said.source,
        source_id=said.source_id,
        type=said.type,
        incident_id=f"inc_{said.number}",
        number=str(said.number),
        version=version,
        occurred_at=said.occurred_at,
        recorded_at=said.occurred_at,
        data=said.data,
    )


def _look(seen: Seen, events: Sequence[Event], cuts: Cuts) -> None:
    directory, last = directory_of_readers(), events[-1]
    lookup = Lookup(
        people={p.id: p for p in directory.people},
        groups={g.id: g for g in directory.groups},
        services={s.id: s for s in directory.services},
    )
    said = talk(last.incident_id, last.number, seen.canaries, last.occurred_at)
    look_at_briefs(seen, events, lookup, said, cuts, last.occurred_at)


def _stories(numbers: list[str], canaries: Canaries) -> list[Story]:
    dice = canaries.dice
    starts = [START + timedelta(minutes=dice.randint(0, 30)) for _ in numbers]
    return [story(n, dice, canaries, at) for n, at in zip(numbers, starts, strict=True)]


@contextmanager
def played(numbers: list[str], canaries: Canaries) -> Iterator[tuple[Heliograph, int]]:
    """An installation in which these tickets have happened, and how many events it refused."""
    events = [raw for told in _stories(numbers, canaries) for raw in told.events]
    refused = 0
    with installation() as (app, clock):
        for raw in sorted(events, key=lambda raw: str(raw["time"])):
            advance(clock, max(datetime.fromisoformat(raw["time"]), clock.now()), app.steps)
            try:
                app.intake.accept([parse(raw, now=clock.now())])
            except HeliographError:
                refused += 1
            drain(app.steps)
        advance(clock, clock.now() + AFTER, app.steps)
        yield app, refused


@contextmanager
def installation(writing: Writing | None = None) -> Iterator[tuple[Heliograph, Settable]]:
    with tempfile.TemporaryDirectory(prefix="heliograph-disclosure-") as made:
        settings = Settings(data_dir=Path(made), log_level="error", encoder="none")
        app, clock = open_replay(settings, START, writing)
        try:
            app.acts.load_directory(directory_of_readers())
            yield app, clock
        finally:
            app.close()


def directory_of_readers() -> Directory:
    """A reader of each language in every group, so that each text is drafted in both."""
    readers = tuple(
        Person(
            id=language,
            name=f"Reader {language}",
            language=language,
            addresses=(Address(channel="mail", value=f"{language}@example.org"),),
        )
        for language in ("zh", "en")
    )
    names = ("users", "leaders", "front-line", "incident-managers", *TEAMS)
    return Directory(
        people=readers,
        groups=tuple(
            Group(id=name, name=Names(zh=name, en=name), members=("zh", "en")) for name in names
        ),
        services=(Service(id="crm", name=Names(zh="客户系统", en="CRM"), users=("users",)),),
    )


def _print(figures: Figures) -> None:
    metrics, console = figures.as_metrics(), Console()
    table = Table(title=f"{metrics['trials']} tickets, {metrics['canaries']} canaries")
    for column in ("where", "texts", "canaries rightly there", "leaks"):
        table.add_column(column)
    for where in WHERE:
        row = (metrics[part][where] for part in ("texts", "rightly_known", "leaks"))
        table.add_row(where, *map(str, row))
    console.print(table)
    console.print(f"{metrics['events_refused']} events refused, {metrics['seconds']} s")
    found = Counter((x.where, x.audience, x.kind, x.place) for x in figures.seen.leaks)
    for (where, audience, kind, place), times in found.most_common(40):
        console.print(f"{times} × {where} for {audience} {kind}: {place}")
    for leak in figures.seen.leaks[:5]:
        console.print(
            f"{leak.number}, {leak.where} for {leak.audience}: {leak.word} of {leak.place}"
        )
