"""Our own past again through other rules or texts: on a clock that is moved by hand, in a throwaway installation."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from pipeline.bootstrap import Heliograph, open_again
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.errors import Malformed, Misconfigured, Refused, misconfigured
from pipeline.domain.incident import Incident
from pipeline.domain.portal_events import Attached
from pipeline.flow.drain import Settable, advance, drain
from pipeline.settings import Settings

from .answered_then import answer_again
from .circumstances import arrange, happen_elsewhere, mute
from .decided_then import decide_again
from .ending import own_folder
from .found_then import finding, shelve
from .own_steps import Step, course_of
from .past import Past
from .sent import Sent, sent_about

Named = tuple[str, str]
"""A ticket by its source and number."""
_NAME = re.compile(r"[\w][\w./+-]{0,199}", re.ASCII)
TEXTS = "texts"
PART = 20
"""Tickets at least that are played together: enough to pay for opening a store, few enough to see progress."""


@dataclass(kw_only=True)
class Played:
    """What would have been sent, and which events could not be played: (number, why)."""

    rows: list[Sent] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Played) -> None:
        self.rows += other.rows
        self.refused += other.refused


@dataclass(frozen=True, kw_only=True)
class Script:
    """Through which rules and texts (name → text); None for the texts of the settings."""

    rules: Mapping[str, str]
    templates: Mapping[str, str] | None = None


def play(
    past: Past,
    settings: Settings,
    script: Script,
    *,
    until: datetime | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Played:
    """All tickets, in parts. `progress` is told how many more are done; nothing after `until` is played."""
    whole = Played()
    for part in past.parts(PART):
        whole.add(play_part(part, settings, script, until=until))
        progress(part.total)
    return whole


def play_part(
    past: Past, settings: Settings, script: Script, *, until: datetime | None = None
) -> Played:
    """These tickets together, in one throwaway installation."""
    played = Played()
    course = course_of(past, until)
    if course is None:
        return played
    keys = {ticket.id: ticket.key for ticket in past.tickets}
    with _stage(past, settings, script, course.start) as (app, clock):
        for step in course.steps:
            advance(clock, step.at, app.steps)
            _take(app, clock, step, keys, played)
            drain(app.steps)
        advance(clock, course.end, app.steps)
        for key in (ticket.key for ticket in past.tickets if ticket.asked):
            incident = found_here(app, key)
            played.rows += sent_about(app, incident) if incident else []
    return played


def _take(
    app: Heliograph, clock: Settable, step: Step, keys: Mapping[str, Named], played: Played
) -> None:
    incident = found_here(app, step.ticket.key) if step.ticket else None
    if step.event is not None and step.ticket is not None:
        try:
            event = _as_here(app, step.event, keys)
            app.intake.accept([event], finding(step.ticket.found, clock.now()))
        except Refused as refused:
            played.refused.append((step.ticket.number, refused.detail))
    elif step.elsewhere is not None:
        happen_elsewhere(app, incident, step.elsewhere)
    elif step.muting is not None:
        mute(app, step.muting, incident)
    elif step.decision is not None and incident is not None:
        decide_again(app, incident, step.decision)
    elif step.answer is not None and incident is not None:
        answer_again(app, incident, step.answer)


def found_here(app: Heliograph, key: Named) -> Incident | None:
    """A ticket as it stands in the throwaway installation, where it has another id."""
    source, number = key
    with app.store.read() as tx:
        return tx.incidents_by_number(source, [number]).get(number)


def _as_here(app: Heliograph, event: Incoming, keys: Mapping[str, Named]) -> Incoming:
    """The major incident to which somebody attached a ticket has another id here."""
    if not isinstance(event.data, Attached) or event.data.incident not in keys:
        return event
    home = found_here(app, keys[event.data.incident])
    data = event.data.model_copy(update={"incident": home.id}) if home else event.data
    return event.model_copy(update={"data": data})


@contextmanager
def _stage(
    past: Past, settings: Settings, script: Script, start: datetime
) -> Iterator[tuple[Heliograph, Settable]]:
    """Rules and texts as asked; desk, zone and directory are ours. No chat model is asked, and nobody is told."""
    with own_folder() as home:
        rules = _written(home / "rules", script.rules)
        own_texts = script.templates
        texts = _written(home / TEXTS, own_texts) if own_texts else settings.templates_dir
        own = settings.model_copy(
            update={
                "data_dir": home / "data",
                "database_url": SecretStr(""),
                "rules_dir": rules,
                "templates_dir": texts,
                **dict.fromkeys(("model", "second_model", "chroma_url"), ""),
                "encoder": "none",
                "opinion": "off",
            }
        )
        try:
            app, clock = open_again(own, start, past.channels)
        except Misconfigured as wrong:
            raise _as_given(wrong, home) from None
        try:
            app.acts.load_directory(past.directory)
            app.acts.save_sources(past.sources)
            shelve(app, past.articles, start)
            arrange(app, past.beside, start)
            yield app, clock
        finally:
            app.close()


def _as_given(wrong: Misconfigured, home: Path) -> Misconfigured:
    """By the names that were given: nobody knows this run's own folder, and it is gone by then."""
    problems = []
    for where, said in wrong.problems:
        file, colon, why = said.removeprefix(f"{home / TEXTS}{os.sep}").partition(": ")
        known = said.startswith(f"{home}{os.sep}") and colon
        problems.append((file, why) if known else (where.removeprefix(f"{home}{os.sep}"), said))
    return misconfigured(problems)


def _written(folder: Path, files: Mapping[str, str]) -> Path:
    """Raises Malformed for a name that leads out of the folder."""
    for name, text in files.items():
        path = folder / name
        if not _NAME.fullmatch(name) or not path.resolve().is_relative_to(folder.resolve()):
            raise Malformed(f"{name[:100]} is no name of a file", field="files")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
