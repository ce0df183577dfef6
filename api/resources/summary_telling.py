"""How is a summary told as it is made: step by step to whoever watches, or at once, of a log alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.flow.writing.ladder import Begun, Progress

from .shapes import Sentence
from .summary_shapes import InWords, SummaryShape, Telling, reasons_of, shape_of

if TYPE_CHECKING:
    from pipeline.summary_writing import OfLog

    from ..event_stream import Say


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
