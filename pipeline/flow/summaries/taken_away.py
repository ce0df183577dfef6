"""What of a summary goes with a conversation that somebody took away? Its lines, and the sentences that rest on them."""

from __future__ import annotations

from ...domain.keys import is_line_of
from ...domain.payload import ERASED
from ...domain.summary import Edited, Shown, Summary, SummaryState, Written
from ...ports import Transaction
from .moves import move

PAGE = 200
"""Summaries that are read at once: a ticket may have any number."""


def forget_words_of(tx: Transaction, incident_id: str, conversation_id: str) -> None:
    """Everywhere but in what was sent: what models were asked and said about the ticket, and what its
    summaries quote. In the transaction in which the conversation goes.

    Raises StaleVersion when a summary was changed meanwhile: then nothing may be committed, and the removal
    is to be tried again."""
    tx.forget_words_of_models(incident_id)
    page = tx.summaries(incident_id, PAGE)
    while page:
        for summary in page:
            bare = without(summary, conversation_id)
            if bare != summary:
                # A new revision: whoever looked before would bring the words back with an edit.
                revision = summary.revision + 1
                move(tx, summary, bare.model_copy(update={"revision": revision}))
        page = tx.summaries(incident_id, PAGE, older_than=page[-1])


def without(summary: Summary, conversation_id: str) -> Summary:
    """The same, where it rests on nothing of the conversation."""
    edited = summary.edited
    lines = (*summary.lines, *(edited.lines if edited else ()))
    facts = (*summary.facts, *(edited.facts if edited else ()))
    gone = {line.id for line in lines if is_line_of(line.id, conversation_id)}
    gone |= {fact.id for fact in facts if is_line_of(fact.event, conversation_id)}
    if not gone:
        return summary
    changes: dict[str, object] = {
        "lines": tuple(line for line in summary.lines if line.id not in gone),
        "facts": tuple(fact for fact in summary.facts if fact.id not in gone),
        "falls": tuple(fall.model_copy(update={"why": ERASED}) for fall in summary.falls),
        "edited": None if edited is None else _edited(edited, gone, summary.state),
    }
    if summary.state is not SummaryState.SENT:
        changes["draft"] = _written(summary.draft, gone)
    return summary.model_copy(update=changes)


def _edited(edited: Edited, gone: set[str], state: SummaryState) -> Edited:
    changes: dict[str, object] = {
        "lines": tuple(line for line in edited.lines if line.id not in gone),
        "facts": tuple(fact for fact in edited.facts if fact.id not in gone),
    }
    if state is not SummaryState.SENT:
        changes["written"] = _written(edited.written, gone)
    return edited.model_copy(update=changes)


def _written(written: Written, gone: set[str]) -> Written:
    text = written.text
    for sentence in written.sentences:
        if gone & set(sentence.evidence):
            text = text.replace(sentence.text, ERASED)
    return written.model_copy(
        update={
            "sentences": tuple(_shown(one, gone) for one in written.sentences),
            "text": text,
            "findings": tuple(f.model_copy(update={"excerpt": ""}) for f in written.findings),
        }
    )


def _shown(sentence: Shown, gone: set[str]) -> Shown:
    if not gone & set(sentence.evidence):
        return sentence
    found = tuple(f.model_copy(update={"excerpt": "", "detail": ""}) for f in sentence.findings)
    rest = tuple(id_ for id_ in sentence.rests_on if id_ not in gone)
    return sentence.model_copy(
        update={"text": ERASED, "claims": (), "findings": found, "rests_on": rest}
    )
