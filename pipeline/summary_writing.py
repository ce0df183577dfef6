"""Which parts write summaries, as the settings say, and what of them needs no store? The ladder's steps go in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import prompts

from .domain.communication import Reason
from .domain.directory import Language
from .domain.errors import Misconfigured
from .domain.summary import Summary
from .drafting.catalogue import load_states
from .drafting.conversation import Conversation, Problem, read
from .drafting.reasons import Reasons
from .flow.conversations import Brought, Conversations, refuse_empty, refuse_unfit
from .flow.intake import Intake
from .flow.ladder import Rung, Tell, Writing
from .flow.library import Library
from .flow.summaries import Asked, Summaries, make, untold
from .flow.summary_acts import SummaryActs
from .flow.summary_material import Wanted, alone, assignment_alone
from .ports import Clock, Ids, Queries, Store
from .settings import Settings

LOG = "command line"


@dataclass(frozen=True, kw_only=True)
class Summarising:
    """What the door needs for conversations and summaries."""

    conversations: Conversations
    summaries: Summaries
    acts: SummaryActs


def writing_of(settings: Settings) -> Writing:
    """The steps of the ladder, the checks of their texts, and what finds values in free text.

    Models, extraction and template each are a `Writer`; without any of them nothing is written.
    """
    return Writing(rungs=_rungs)


def _rungs(*, of: str, incident: str | None, audience: str) -> Sequence[Rung]:
    return ()


def open_summarising(
    writing: Writing,
    store: Store,
    queries: Queries,
    *,
    clock: Clock,
    ids: Ids,
    library: Library,
    intake: Intake,
) -> Summarising:
    return Summarising(
        conversations=Conversations(
            store=store, queries=queries, clock=clock, ids=ids, intake=intake, library=library
        ),
        summaries=Summaries(store=store, clock=clock, ids=ids, library=library, writing=writing),
        acts=SummaryActs(store=store, clock=clock, intake=intake),
    )


@dataclass(frozen=True, kw_only=True)
class OfLog:
    """A summary of a log alone, and what was wrong with the log."""

    summary: Summary
    conversation: Conversation


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
    clock: Clock,
    tell: Tell = untold,
) -> OfLog:
    """Without a data folder: nothing is read but the texts, and nothing is kept.

    Raises Malformed, TooLarge, Misconfigured, and Unavailable when no step wrote a text.
    """
    files, writing = _texts(settings), writing_of(settings)
    found = read_alone(brought, clock.now(), Reasons.load(files).sentence)
    assignment = assignment_alone(
        alone(found.lines, wanted.role), wanted, candidates=writing.candidates, now=clock.now()
    )
    asked = Asked(id=f"log_{brought.digest[:24]}", assignment=assignment, incident=None, by=LOG)
    states = load_states(files)[wanted.language]
    return OfLog(summary=make(asked, writing, states, clock, tell), conversation=found)


def problem_sentences(
    settings: Settings, problems: Sequence[Problem], language: Language
) -> list[str]:
    """What was wrong with a log, in words."""
    reasons = Reasons.load(_texts(settings))
    return [reasons.sentence(problem.reason, language) for problem in problems]


def _texts(settings: Settings) -> dict[str, str]:
    own = settings.templates_dir
    try:
        return prompts.read_texts(prompts.ROOT) if own is None else prompts.laid_over(own)
    except (OSError, ValueError) as unreadable:
        raise Misconfigured(str(unreadable), where="HELIOGRAPH_TEMPLATES_DIR") from None
