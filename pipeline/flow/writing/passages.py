"""A part of a message in a model's words: what is it asked, who writes it in both languages, and may it be used?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from ...domain.communication import Reason
from ...domain.directory import LANGUAGES, Language
from ...domain.errors import Unusable
from ...domain.facts import Fact
from ...domain.passage import Passage, Said
from ...domain.prose import Cost, Fall, Step
from ...drafting.passages import Wording
from ...drafting.prose.assignment import Assignment, Both
from ...drafting.prose.told import States
from ..material import Material, digest_of, in_words
from ..summaries.drafts import rested_on, written
from .ladder import fault
from .remarks import Check, Judged, Opinion, looking

log = structlog.get_logger(__name__)
NOTHING_TO_TELL = Reason(code="step_too_little")


class PairWriter(Protocol):
    """A model's step of the ladder, for a text that is needed in both languages."""

    @property
    def cost(self) -> Cost:
        """Of all that it asked so far, whether anything came of it or not."""

    def write_both(
        self, both: Both, tells: Collection[str], checks: Sequence[Check]
    ) -> tuple[Judged, Judged] | None:
        """The same in both languages, telling at least these facts, with what the checks said of each: none
        holds it. None when there is too little to write about. Raises Unusable: the next step is asked."""


@dataclass(frozen=True, kw_only=True)
class PairRung:
    """See `ladder.Rung`."""

    step: Step
    writer: PairWriter
    opinion: Opinion | None = None

    @property
    def cost(self) -> Cost:
        """Of its texts and of the opinions on them, so far."""
        return self.writer.cost + (self.opinion.cost if self.opinion else Cost())


def both_of(material: Material, tells: Collection[str], *, now: datetime, zone: ZoneInfo) -> Both:
    """The two assignments. What the fixed words tell is what is new to these readers."""
    brief = in_words(material)
    news = frozenset(fact.attribute for fact in brief.facts if fact.id in tells)
    first, second = (
        Assignment(
            kind=material.subject.communication.kind.value,
            brief=brief.model_copy(update={"news": news}),
            language=language,
            now=now,
            zone=zone,
        )
        for language in LANGUAGES
    )
    return first, second


def passage_of(
    both: Both,
    tells: Collection[str],
    rungs: Sequence[PairRung],
    *,
    checks: Sequence[Check],
    states: States,
    digest: str,
    now: datetime,
) -> Passage:
    """From the first step that writes it in both languages; one language alone is none (law 14). It took
    what all steps took that were tried."""
    falls: list[Fall] = []
    cost = Cost()
    found = Passage(at=now, digest=digest)
    for rung in rungs:
        pair = _tried(rung, both, tells, looking(checks, rung.opinion))
        cost += rung.cost
        if isinstance(pair, Fall):
            falls.append(pair)
            continue
        if pair is None:
            found = found.model_copy(update={"why_not": NOTHING_TO_TELL})
            break
        found = _found(found, both, pair, states)
        break
    else:
        why = Reason(code="prose_steps_fell" if falls else "prose_no_model")
        found = found.model_copy(update={"why_not": why})
    return found.model_copy(update={"falls": tuple(falls), "cost": cost})


def wording_of(
    passage: Passage | None, material: Material, mark: Mapping[Language, str]
) -> Wording | None:
    """None where a model wrote nothing, or of other facts than those that are told now."""
    if passage is None or not passage.said or passage.digest != digest_of(in_words(material)):
        return None
    return Wording(
        sentences={language: said.prose.sentences for language, said in passage.said.items()},
        mark={language: mark.get(language, "") for language in LANGUAGES},
    )


def _tried(
    rung: PairRung, both: Both, tells: Collection[str], checks: Sequence[Check]
) -> tuple[Judged, Judged] | Fall | None:
    try:
        return rung.writer.write_both(both, tells, checks)
    except Unusable as unusable:
        return Fall(step=rung.step, why=unusable.reason)
    except Exception as unforeseen:
        # The next step, and the message, must not suffer for a fault of this one.
        log.exception("a model's step failed", step=rung.step.value, ticket=both[0].brief.number)
        return Fall(step=rung.step, why=fault(unforeseen))


def _found(empty: Passage, both: Both, pair: tuple[Judged, Judged], states: States) -> Passage:
    said: dict[Language, Said] = {}
    facts: dict[str, Fact] = {}
    for assignment, one in zip(both, pair, strict=True):
        text = written(assignment, one.prose, one.remarks, states)
        said[assignment.language] = Said(prose=one.prose, written=text)
        facts |= {fact.id: fact for fact in rested_on(assignment, text)[0]}
    return empty.model_copy(update={"said": said, "facts": tuple(facts.values())})
