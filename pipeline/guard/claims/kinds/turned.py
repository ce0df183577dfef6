"""Does a clause deny what the record says in the same words, or say what it denies?

Where no lexicon knows the question, two clauses that share most of their words, of which one is denied
and the other is not, still say opposite things: `the files are in the backup`, `are not in the backup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..alignment import aligned, content_of
from ..claim import Claim, Told, because
from ..polarity import is_denied_in
from ..reading import Reading, Span, Word
from ..statements import Statement

KIND = "negation"
_SHARE = 0.75
"""Of the words of either clause that the other must hold."""
_IN_VAIN = re.compile(
    r"\b(?:brought|changed|did|done|achieved|yielded|made|gave) (?:us )?(?:nothing|no)\b|\bno (?:change|improvement|effect|difference|avail|dent)\b|\bin vain\b"
    r"|(?:没有|没|未见|未有|毫无|无)(?:任何)?(?:变化|起色|改善|效果|作用|好转|效)",
    re.IGNORECASE,
)
"""A denial of the outcome does not deny what was tried."""
_MOST = 0.6
"""Of a clause's weight that the statement must hold in which one of its words is denied."""
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|neither|cannot)\s(?:yet |been |be )?|n't\s|未|没有|没|并未|不|无)$",
    re.IGNORECASE,
)
_LEAST = 3
"""Words in common before two clauses speak of the same."""


def turned(told: Told) -> Iterator[Claim]:
    reading = told.reading
    for clause in reading.clauses:
        words = [w for w in reading.words_in(clause) if told.index.can_be_judged(w)]
        if len(words) < _LEAST or _claims_nothing(told, clause):
            continue
        same, other = _nearest(told, clause, words)
        if other[1] is not None and other[0] >= _SHARE and other[0] > same[0]:
            reason = because("claim_opposite")
            yield told.contradicted(KIND, *clause, [other[1]], reason)
        elif opposite := _word_denied(told, clause):
            reason = because("claim_denied_otherwise")
            yield told.contradicted(KIND, *clause, [opposite], reason)


def _word_denied(told: Told, clause: Span) -> Statement | None:
    """A statement that says most of the clause, with one word of it denied here and not there."""
    reading = told.reading
    near = aligned(
        content_of(reading, clause, told.index), told.index, told.index.statements, around=False
    )
    near = [one for one in near if one.share >= _MOST and one.weight >= _LEAST]
    for word in reading.words_in(clause):
        if len(word.text) < 2 or not told.index.can_be_judged(word):
            continue
        mine = _is_denied(reading, word)
        held = [
            (one.statement, _is_denied(one.statement.reading, w))
            for one in near
            for w in one.statement.reading.words
            if w.text == word.text
        ]
        if held and all(denied != mine for _, denied in held):
            return held[0][0]
    return None


def _is_denied(reading: Reading, word: Word) -> bool:
    """By a denial right before it."""
    return bool(_DENIED.search(reading.text, 0, word.start))


def _claims_nothing(told: Told, clause: Span) -> bool:
    reading = told.reading
    if told.is_advice(clause[0]) or "?" in reading.text:
        return True
    if _IN_VAIN.search(reading.text, *clause):
        return True
    if any(p.clause == clause and not p.group.startswith("act:") for p in told.polars):
        return True
    return bool(reading.within(clause, "future", "conditions", "hedges", "modals", "repeats"))


Near = tuple[float, Statement | None]


def _nearest(told: Told, clause: Span, words: list[Word]) -> tuple[Near, Near]:
    """The nearest clause of the record that denies as this one does, and the nearest that does not."""
    denied = is_denied_in(told.reading, clause)
    linked = {n.key for n in told.reading.identifiers if clause[0] <= n.start < clause[1]}
    best: dict[bool, Near] = {True: (0.0, None), False: (0.0, None)}
    for statement in told.index.statements:
        if statement.id == "record" or linked - {n.key for n in statement.reading.identifiers}:
            continue
        for span in statement.reading.clauses:
            share = _shared(words, statement.reading, span)
            theirs = is_denied_in(statement.reading, span)
            alike = theirs == denied
            if not alike and not _may_oppose(told, clause, statement, span):
                continue
            if share > best[alike][0]:
                best[alike] = share, statement
    return best[True], best[False]


def _may_oppose(told: Told, clause: Span, statement: Statement, span: Span) -> bool:
    """What answers a question of its own is held to that one."""
    if any(p.clause == span and p.group[:4] != "act:" for p in statement.polars):
        return False
    return _denies_shared(told.reading, clause, statement.reading, span)


def _denies_shared(mine: Reading, clause: Span, theirs: Reading, span: Span) -> bool:
    """Whether the word that one of the clauses denies stands in the other one."""
    for one, part, other, its in ((mine, clause, theirs, span), (theirs, span, mine, clause)):
        denials = one.within(part, "denying")
        if denials:
            words = [w for w in one.words_in(part) if w.start >= denials[-1].end]
            return not words or bool(words[0].keys & other.keys_in(its))
    return True


def _shared(words: list[Word], reading: Reading, span: Span) -> float:
    """The lesser of both shares; names and numbers are words like others here."""
    own = reading.words_in(span)
    keys = _meant(own)
    held = [w for w in words if w.keys & keys]
    if len(held) < _LEAST:
        return 0.0
    mine = _meant(words)
    return min(len(held) / len(words), sum(bool(w.keys & mine) for w in own) / len(own))


def _meant(words: list[Word]) -> frozenset[str]:
    """What the words mean, not merely what sort of thing they count."""
    return frozenset(k for w in words for k in w.keys if not k.startswith("counts:"))
