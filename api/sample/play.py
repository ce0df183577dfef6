"""How does a newcomer see it work? A day at a service desk: most of it has happened, the rest comes live.

The past is replayed on a simulated clock before the server starts, by the same flow that serves; what
is still to come arrives as events while somebody watches. A folder that holds tickets is left alone.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
import yaml

from knowledge.article import ArticleText, Unreadable
from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Directory
from pipeline.domain.errors import HeliographError
from pipeline.domain.times import to_text
from pipeline.flow.drain import Settable, advance, drain
from pipeline.ports import Search, Source

HERE = Path(__file__).parent
SOURCE = "sample-desk"
ADMINISTRATOR = "admin"
_OFFSET = re.compile(r"([+-])(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
FIVE_MINUTES, ONE_MINUTE = timedelta(minutes=5), timedelta(minutes=1)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One event of the story: when, and what a source would send."""

    at: datetime
    event: dict[str, Any]


def story(now: datetime) -> list[Step]:
    """All steps in time order; those after `now` are still to come."""
    told = yaml.safe_load((HERE / "story.yaml").read_text(encoding="utf-8"))
    steps = [_step(n, spec, now) for n, spec in enumerate(told, 1)]
    return sorted(steps, key=lambda step: step.at)


def directory() -> Directory:
    told = yaml.safe_load((HERE / "directory.yaml").read_text(encoding="utf-8"))
    return Directory.model_validate(told)


def articles() -> list[ArticleText]:
    """Those of the sample library. Each says who may read it. Raises ValueError for a broken one."""
    from knowledge.sources import read

    found = list(read(HERE / "articles", source=SOURCE))
    if broken := [one for one in found if isinstance(one, Unreadable)]:
        raise ValueError(f"{broken[0].place}: {broken[0].reason}")
    return [one for one in found if isinstance(one, ArticleText)]


def is_empty(app: Heliograph) -> bool:
    """Nobody has used this installation yet."""
    return not app.queries.incidents(Search(limit=1)).incidents


def play_past(app: Heliograph, clock: Settable, now: datetime) -> None:
    """Everything up to `now`, on `clock`, which `app` was opened with; messages leave as they fell due."""
    app.acts.load_directory(directory())
    app.acts.save_sources([Source(name=SOURCE)])
    app.articles.take_in(articles(), by=ADMINISTRATOR, audience=())
    for step in story(now):
        if step.at > now:
            break
        advance(clock, step.at, app.steps)
        _send(app, step)
        drain(app.steps)
    advance(clock, now, app.steps)


class Live:
    """The steps that come while the server runs, in a thread of their own."""

    def __init__(self, app: Heliograph, started: datetime) -> None:
        self._app = app
        self._left = [step for step in story(started) if step.at > started]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sample", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(5)

    def _run(self) -> None:
        for step in self._left:
            wait = (step.at - self._app.clock.now()).total_seconds()
            if self._stopping.wait(max(wait, 0)):
                return
            try:
                _send(self._app, step)
            except HeliographError as refused:
                # Somebody who plays along may have closed or reopened the ticket meanwhile.
                log.info("sample step left out", reason=str(refused))


def _send(app: Heliograph, step: Step) -> None:
    app.intake.accept([parse(step.event, now=app.clock.now())])


def _step(n: int, spec: dict[str, Any], now: datetime) -> Step:
    at = now + _offset(spec["at"])
    event = {
        "specversion": "1.0",
        "id": f"sample-{n}",
        "source": SOURCE,
        "type": f"heliograph.{_type(spec['type'])}.v1",
        "subject": spec["number"],
        "time": to_text(at),
        "data": _timed(spec["data"], lambda text: _moment(at, text)),
    }
    return Step(at=at, event=event)


def _type(name: str) -> str:
    return name if name.startswith("incident.") else f"ticket.{name}"


def _timed(data: dict[str, Any], moment: Callable[[str], str]) -> dict[str, Any]:
    return {
        name: moment(value) if isinstance(value, str) and value[:1] in ("@", "=") else value
        for name, value in data.items()
    }


def _moment(at: datetime, written: str) -> str:
    """`@` and an offset is a promise, on a full five minutes; `=` a time of record, on the minute."""
    moment, step = at + _offset(written[1:]), FIVE_MINUTES if written[0] == "@" else ONE_MINUTE
    return to_text(moment - (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % step)


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no offset such as -5h40m or +20s")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span
