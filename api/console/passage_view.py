"""How is the part of a message laid out that a chat model was asked for? By language, each sentence with what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Draft, Reason
from pipeline.domain.directory import Language
from pipeline.domain.passage import Passage, Said
from pipeline.domain.prose import Cost, Fall, Prose

from ..resources.summary_shapes import Telling, in_english
from .summary_view import Laid, laid


@dataclass(frozen=True, kw_only=True)
class LaidSaid:
    """The part in one language."""

    language: Language
    prose: Prose
    laid: Laid


@dataclass(frozen=True, kw_only=True)
class LaidPassage:
    """`used` when a text of the communication holds it."""

    said: Sequence[LaidSaid]
    used: bool
    why_not: Reason | None
    falls: Sequence[Fall]
    cost: Cost
    at: datetime


def passage_laid(
    app: Heliograph,
    communication: str,
    drafts: Sequence[Draft],
    *,
    zone: str,
    language: Language,
) -> LaidPassage | None:
    """None where no model was asked for. `zone` and `language` are the visitor's."""
    found = app.queries.passage(communication)
    if found is None:
        return None
    return LaidPassage(
        said=[_said(app, found, of, said, zone, language) for of, said in found.said.items()],
        used=any(r.by_model for draft in drafts for r in draft.renditions),
        why_not=found.why_not,
        falls=found.falls,
        cost=found.cost,
        at=found.at,
    )


def _said(
    app: Heliograph, passage: Passage, of: Language, said: Said, zone: str, language: Language
) -> LaidSaid:
    states = app.library.templates.state_words(of)
    why = in_english(app)
    telling = Telling(language=of, states=states, now=passage.at, zone=zone, why=why)
    phrases = app.library.texts.phrases
    text = laid(said.written, passage.facts, (), telling, language, phrases)
    return LaidSaid(language=of, prose=said.prose, laid=text)
