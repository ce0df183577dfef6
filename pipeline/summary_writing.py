"""Which parts write summaries, as the settings say, and what of them needs no store?

The ladder's steps are in `flow/writing/writers.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import prompts

from .adapters.clock import SystemClock
from .domain.communication import Reason
from .domain.directory import LANGUAGES, Language, Person
from .domain.errors import Misconfigured
from .domain.summary import Summary
from .drafting.catalogue import load_states
from .drafting.conversation import Conversation, read
from .drafting.reasons import Reasons
from .drafting.redaction import Rules
from .flow.summaries.alone import Wanted, assignment_alone
from .flow.summaries.brought import Brought, refuse_empty, refuse_unfit
from .flow.summaries.drafts import Asked, make, untold
from .flow.writing.ladder import Tell, Writing
from .flow.writing.writers import Writers
from .model_ports import Models
from .ports import Clock
from .settings import Settings

LOG = "command line"


def writing_of(
    settings: Settings, files: Callable[[], Mapping[str, str]], models: Models | None = None
) -> Writing:
    """The steps of the ladder, the checks of their texts, and what finds values in free text. `files` are
    the texts in force, the same object for as long as they are the same; without `models`, or where none
    may be asked, extraction and template write."""
    return writing_by(writers_of(settings, files, models))


def writers_of(
    settings: Settings,
    files: Callable[[], Mapping[str, str]],
    models: Models | None,
    known: Callable[[], Iterable[Person]] = tuple,
) -> Writers:
    return Writers(files, models, Rules.of(settings.redact), known, settings.opinion)


def writing_by(writers: Writers) -> Writing:
    return Writing(
        rungs=writers.rungs,
        checks=(writers.check,),
        candidates=writers.candidates,
        readable=writers.readable,
    )


@dataclass(frozen=True, kw_only=True)
class OfLog:
    """A summary of a log alone, what was wrong with the log, how states are called in its language, and the
    sentences of reasons."""

    summary: Summary
    problems: tuple[tuple[Reason, Mapping[Language, str]], ...]
    states: Mapping[str, str]
    reasons: Reasons


def read_alone(
    brought: Brought, now: datetime, sentence: Callable[[Reason, Language], str]
) -> Conversation:
    """A log that belongs to no ticket. Raises Malformed or TooLarge for what holds no line."""
    refuse_unfit(brought)
    found = read(brought.files, now=now, zone=brought.zone, given=brought.given)
    refuse_empty(found, sentence)
    return found


def summarise_log(
    brought: Brought,
    wanted: Wanted,
    *,
    settings: Settings,
    clock: Clock | None = None,
    now: datetime | None = None,
    writing: Writing | None = None,
    tell: Tell = untold,
) -> OfLog:
    """Without a data folder: nothing is read but the texts, and nothing is kept.

    Raises Malformed, TooLarge, Misconfigured, and Unavailable when no step wrote a text.
    """
    clock = clock or SystemClock()
    files, parts = _texts(settings), writing
    parts = parts or writing_of(settings, lambda: files)
    reasons, moment = Reasons.load(files), now or clock.now()
    found = read_alone(brought, moment, reasons.sentence)
    assignment = assignment_alone(found.lines, wanted, writing=parts, now=moment)
    asked = Asked(id=f"log_{brought.digest[:24]}", assignment=assignment, incident=None, by=LOG)
    states = load_states(files)
    summary = make(asked, parts, states, clock, tell)
    told = [
        (p.reason, {of: reasons.sentence(p.reason, of) for of in LANGUAGES}) for p in found.problems
    ]
    return OfLog(
        summary=summary, problems=tuple(told), states=states[wanted.language], reasons=reasons
    )


def _texts(settings: Settings) -> dict[str, str]:
    own = settings.templates_dir
    try:
        return prompts.read_texts(prompts.ROOT) if own is None else prompts.laid_over(own)
    except (OSError, ValueError) as unreadable:
        raise Misconfigured(str(unreadable), where="HELIOGRAPH_TEMPLATES_DIR") from None
