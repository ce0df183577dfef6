"""What of a summary goes with words that were taken away from its ticket? All that rests on them, and what repeats them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...domain.communication import said
from ...domain.keys import is_line_of
from ...domain.payload import ERASED
from ...domain.summary import Edited, Shown, Summary, SummaryState, Written
from ...ports import Transaction
from .moves import move
from .repeated import Runs, repeats, runs_of

PAGE = 200
"""Summaries that are read at once: a ticket may have any number."""
_MOVING = (SummaryState.DRAFT, SummaryState.RELEASED)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What was taken away: whether a key (of an event, or of a line) names something of it, and its words."""

    names: Callable[[str], bool]
    said: tuple[str, ...] = ()


def of_conversation(conversation_id: str, texts: Iterable[str]) -> Taken:
    return Taken(names=lambda key: is_line_of(key, conversation_id), said=tuple(texts))


def forget_words_of(tx: Transaction, incident_id: str, taken: Taken) -> None:
    """Everywhere but in what was sent: what models were asked and said about the ticket, and what its
    summaries quote. In the transaction in which the words go.

    Raises StaleVersion when a summary was changed meanwhile: then nothing may be committed, and the removal
    is to be tried again."""
    # First of all: whoever is about to keep what he wrote from these words waits, and is told.
    tx.count_removal(incident_id)
    tx.forget_words_of_models(incident_id)
    page = tx.summaries(incident_id, PAGE)
    while page:
        for summary in page:
            bare = without(summary, taken)
            if bare != summary or summary.state in _MOVING:
                # A new revision, also of one without such words: a person's edit of it, begun before, may hold them.
                revision = summary.revision + 1
                move(tx, summary, bare.model_copy(update={"revision": revision}))
        page = tx.summaries(incident_id, PAGE, older_than=page[-1])


def without(summary: Summary, taken: Taken) -> Summary:
    """The same, where it rests on nothing of it and no person's words repeat it. What was released in other words
    is a draft again."""
    edited = summary.edited
    lines = (*summary.lines, *(edited.lines if edited else ()))
    facts = (*summary.facts, *(edited.facts if edited else ()))
    gone = {line.id for line in lines if taken.names(line.id)}
    gone |= {fact.id for fact in facts if taken.names(fact.event)}
    kept = [line.text for line in lines if line.id not in gone]
    kept += [str(fact.value) for fact in facts if fact.id not in gone]
    # What stands on the record elsewhere was not taken away.
    words = runs_of(taken.said) - runs_of(kept)
    if not gone and not (edited and repeats(edited.written.text, words)):
        return summary
    changes: dict[str, object] = {
        "lines": tuple(line for line in summary.lines if line.id not in gone),
        "facts": tuple(fact for fact in summary.facts if fact.id not in gone),
        "falls": tuple(
            fall.model_copy(update={"why": said(ERASED), "then": None}) for fall in summary.falls
        ),
        "edited": None if edited is None else _edited(edited, gone, words, summary.state),
    }
    if summary.state is not SummaryState.SENT:
        changes["draft"] = _written(summary.draft, gone, frozenset())
        # What was found may quote it; a release without it is asked for again.
        changes["held"] = None
    bare = summary.model_copy(update=changes)
    if summary.state is SummaryState.RELEASED and bare.current.text != summary.current.text:
        return bare.model_copy(update={"state": SummaryState.DRAFT, "moved": None})
    return bare


def _edited(edited: Edited, gone: set[str], words: Runs, state: SummaryState) -> Edited:
    changes: dict[str, object] = {
        "lines": tuple(line for line in edited.lines if line.id not in gone),
        "facts": tuple(fact for fact in edited.facts if fact.id not in gone),
    }
    if state is not SummaryState.SENT:
        changes["written"] = _written(edited.written, gone, words)
    return edited.model_copy(update=changes)


def _written(written: Written, gone: set[str], words: Runs) -> Written:
    text, shown = written.text, []
    for sentence in written.sentences:
        if gone & set(sentence.evidence) or repeats(sentence.text, words):
            text = text.replace(sentence.text, ERASED)
            shown.append(_erased(sentence, gone))
        else:
            shown.append(sentence)
    return written.model_copy(
        update={
            "sentences": tuple(shown),
            "text": text,
            "findings": tuple(f.model_copy(update={"excerpt": ""}) for f in written.findings),
        }
    )


def _erased(sentence: Shown, gone: set[str]) -> Shown:
    found = tuple(f.model_copy(update={"excerpt": "", "detail": ""}) for f in sentence.findings)
    rest = tuple(id_ for id_ in sentence.rests_on if id_ not in gone)
    return sentence.model_copy(
        update={"text": ERASED, "claims": (), "findings": found, "rests_on": rest}
    )
