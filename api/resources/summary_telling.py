"""How are summaries told: those of a ticket, one of a log alone, or step by step as it is made?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.domain.incident import Incident
from pipeline.domain.summary import Summary
from pipeline.flow.writing.ladder import Begun, Progress

from .shapes import Sentence
from .summary_shapes import (
    InWords,
    SummaryShape,
    Telling,
    readers_shape,
    reasons_of,
    shape_of,
    telling_of,
)

if TYPE_CHECKING:
    from pipeline.bootstrap import Heliograph
    from pipeline.summary_writing import OfLog

    from ..event_stream import Say


def summary_shapes(
    app: Heliograph, incident: Incident, summaries: Sequence[Summary], zone: str
) -> list[SummaryShape]:
    """Of one ticket: however many there are, who reads them is asked once for each audience and language."""
    of = {(one.audience, one.language): one for one in summaries}
    readers = {key: readers_shape(app, incident, one) for key, one in of.items()}
    return [
        shape_of(one, telling_of(app, one, zone), readers=readers[one.audience, one.language])
        for one in summaries
    ]


def shape_of_log(found: OfLog, zone: str) -> SummaryShape:
    """Of a log alone, where no installation is open."""
    made = found.summary
    telling = Telling(
        language=made.language,
        states=found.states,
        now=made.as_of,
        zone=zone,
        why=lambda reason: found.reasons.sentence(reason, "en"),
    )
    problems = [
        Sentence(code=reason.code, values=reason.values, zh=words["zh"], en=words["en"])
        for reason, words in found.problems
    ]
    return shape_of(made, telling, problems)


def say_progress(say: Say, progress: Progress, why: InWords) -> None:
    if isinstance(progress, Begun):
        say("begun", {"step": progress.step.value})
    else:
        say("fell", {"step": progress.fall.step.value, "why": reasons_of(progress.fall, why)})


def say_summary(say: Say, shape: SummaryShape) -> None:
    """Sentence by sentence, once the checks have seen them: nothing unchecked is shown (law 7)."""
    for n, sentence in enumerate(shape.sentences):
        say("sentence", {"n": n, **sentence.model_dump(mode="json")})
    say("done", shape.model_dump(mode="json"))
