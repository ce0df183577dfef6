"""An installation to measure: a folder of its own, two people, one group, and events by the dozen."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.bootstrap import Heliograph, open_heliograph
from pipeline.domain.cloudevents import Incoming, parse
from pipeline.domain.directory import Address, Directory, Group, Names, Person
from pipeline.domain.times import to_text
from pipeline.settings import Settings

SECRET = "a secret that is only used to measure"
_COUNT = itertools.count(1)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="heliograph-bench-") as made:
        yield Path(made)


def settings(data_dir: Path, sink: str) -> Settings:
    """Mail to an SMTP sink, webhooks to an HTTP one; what is not given goes to files."""
    if sink.startswith("smtp"):
        return Settings(data_dir=data_dir, smtp_url=sink, log_level="error")
    host = sink.split("/")[2]
    return Settings(
        data_dir=data_dir,
        webhook_secret=SECRET,
        webhook_hosts=(host,),
        log_level="error",
        encoder="none",
    )


@contextmanager
def installation(data_dir: Path, sink: str) -> Iterator[Heliograph]:
    app = open_heliograph(settings(data_dir, sink))
    try:
        app.acts.load_directory(people(sink))
        yield app
    finally:
        app.close()


def people(sink: str) -> Directory:
    channel = "mail" if sink.startswith("smtp") else "webhook"

    def reached(name: str) -> tuple[Address, ...]:
        value = f"{name}@example.org" if channel == "mail" else sink
        return (Address.model_validate({"channel": channel, "value": value}),)

    return Directory(
        people=(
            Person(id="wang", name="王晓琳", language="zh", addresses=reached("wang")),
            Person(id="chen", name="Chen Li", addresses=reached("chen")),
        ),
        groups=(
            Group(id="exchange", name=Names(zh="邮件组", en="Exchange"), addresses=reached("ex")),
        ),
    )


def event(
    type_: str, number: str, data: dict[str, Any], at: datetime | None = None
) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"bench-{next(_COUNT)}",
        "source": "bench",
        "type": f"heliograph.ticket.{type_}.v1",
        "subject": number,
        "time": to_text(at or datetime.now(UTC)),
        "data": data,
    }


def report(number: str) -> dict[str, Any]:
    data = {
        "title": "Mail client keeps crashing",
        "description": "It closes as soon as it opens, for the fourth time today.",
        "requester": {"id": "wang"},
        "priority": "P3",
    }
    return event("reported", number, data)


def note(number: str) -> dict[str, Any]:
    return event("noted", number, {"text": "Add-ins disabled, still crashing", "tried": True})


def incoming(raw: dict[str, Any]) -> Incoming:
    return parse(raw, now=datetime.now(UTC))
