"""Does the text answer a question the other way than the record: lost or not, affected or not, able or not?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..answers import Answer
from ..claim import Claim, Told, because
from ..polarity import Polar, runs_of, subject
from ..reading import Word
from ..statements import Statement

KIND = "negation"
_GROUPS = frozenset(
    {
        "health",
        "complete",
        "help",
        "loss",
        "recoverable",
        "leak",
        "attack",
        "confirmed",
        "duplicate",
        "known",
        "reopened",
        "worse",
    }
)
_THINGS = frozenset(
    {"error", "fault", "failure", "problem", "difficulty", "trouble", "disruption", "outage"}
    | {"interruption", "crash", "timeout", "impact", "故障", "错误", "异常", "报错", "影响"}
)
_HAVING = re.compile(r"(?:有|受到?|发生|出现|遭到?|several|some|many)了?\s?$")
_NAMED_AFTER = re.compile(
    r"\s?(?:rates?|ratios?|codes?|messages?|logs?|counts?|reports?|率|码|日志|单|数)(?![a-z])",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:others?|elsewhere|the rest|remaining|apart from|except|besides)\b|其他|其它|其余|另一|以外|之外",
    re.IGNORECASE,
)
_OF_DATA = re.compile(
    r"data|file|record|message|mail|order|document|entr|数据|文件|记录|邮件|订单|资料|单据|笔",
    re.IGNORECASE,
)
_UNHEARD = frozenset({"attack", "leak", "loss", "duplicate"})
"""What nobody would leave out of a record: told of it at all, it needs a statement."""
_SHARE = 0.7
"""Of the subject's words that must be shared: one common word is no evidence against a sentence."""
_RIGHT_BEFORE = re.compile(r"(?:\bnot|n't|\bnever|未|没有|没|并未)\s?(?:been |yet )?$")
_PRONOUN = re.compile(r"\W*(?:but|and|so|while|which)?\W*(?:it|they|this|that)\b", re.IGNORECASE)
_SPARED = 0.4
"""Of the subject's weight that the record must only ever tell to work."""
_DONE = 2.0
"""Weight that must be shared before a deed that is told was denied there."""
_RUN_WEIGHS = 2.0
"""Characters in a row before both answers are as good as two words."""
_CLAUSES = 3
"""Clauses of a sentence up to which the subject is surely in the answer's own."""
_SHORT = 5
"""Characters before an answer that cannot name a subject."""
_PASSED = ("restored", "resolved")
"""States that tell of a change: what they end has been so before."""
_AGAIN = re.compile(
    r"\b(?:again|back|now|since|once more)\b|重新|再次|又|已|恢复|现在|目前", re.IGNORECASE
)


def negations(told: Told) -> Iterator[Claim]:
    for polar in told.polars:
        if (
            told.is_advice(polar.start)
            or told.is_quoted(polar.start)
            or polar.loose
            or _is_a_thing(told, polar)
            or polar.state in _PASSED
            or _is_back(told, polar)
            or not (
                polar.group in _GROUPS
                or (polar.group.startswith("act:") and (not polar.denied or _plainly(told, polar)))
            )
        ):
            continue
        claim = _held(told, polar)
        if claim:
            yield claim


def _is_a_thing(told: Told, polar: Polar) -> bool:
    """`with error IMP-19`, `the problem`: a noun that only names what happened answers nothing."""
    words = told.reading.text[polar.start : polar.end].lower()
    if _NAMED_AFTER.match(told.reading.text, polar.end):
        return True
    if polar.denied or words.removesuffix("s") not in _THINGS:
        return False
    return not _HAVING.search(told.reading.text[: polar.start])


def _plainly(told: Told, polar: Polar) -> bool:
    """Denied by the word right before it, or by `none of` before its subject."""
    before = told.reading.within((polar.clause[0], polar.start), "denying")
    if any(" " in told.reading.text[m.start : m.end] for m in before):
        return True
    return bool(_RIGHT_BEFORE.search(told.reading.text[polar.clause[0] : polar.start]))


def _of_it(told: Told, polar: Polar) -> bool:
    """The subject is a mere `it`, and stands in the sentence before."""
    return bool(_PRONOUN.match(told.reading.text[polar.clause[0] : polar.start]))


def _is_back(told: Told, polar: Polar) -> bool:
    """It works again, of what is over: that it had failed is no contradiction."""
    return (
        told.index.is_over
        and polar.group == "health"
        and polar.sign > 0
        and bool(_AGAIN.search(told.reading.text))
    )


def _held(told: Told, polar: Polar) -> Claim | None:
    about = [w for w in subject(told.reading, polar, polar.clause) if told.index.can_be_judged(w)]
    before = told.reading.text[polar.clause[0] : polar.start]
    if _is_unheard(told, polar):
        reason = because("claim_not_recorded")
        return told.unsupported(KIND, polar.start, polar.end, reason)
    if _is_unmentioned(told, polar, about):
        reason = because("claim_nothing_of_it")
        return told.unsupported(KIND, polar.start, polar.end, reason)
    if (not about and len(before) < _SHORT) or _of_it(told, polar):
        return None
    best = _best(told, polar, about, runs_of(before))
    spared = _spared(told, polar, about)
    if spared:
        reason = because("claim_not_hit")
        return told.contradicted(KIND, polar.start, polar.end, spared, reason)
    same, opposite = best.get(polar.sign, (0.0, [])), best.get(-polar.sign, (0.0, []))
    if same[1] and same[0] >= opposite[0]:
        return told.supported(KIND, polar.start, polar.end, same[1])
    # What was both ways at different times contradicts nothing.
    counted = [q for q in told.reading.quantities if polar.clause[0] <= q.start < polar.clause[1]]
    if polar.group == "health" and any(q.nouns for q in counted):
        return None  # so many of them: the number is held to the record by itself
    done = polar.group.startswith("act:") and not polar.denied
    if (
        opposite[1]
        and opposite[0] >= (_DONE if done else 0)
        and opposite[0] >= 2 * same[0]
        and opposite[0] >= _SHARE * sum(map(_weight, about))
    ):
        reason = because("claim_opposite")
        return told.contradicted(KIND, polar.start, polar.end, opposite[1], reason)
    return None


def _best(
    told: Told, polar: Polar, about: list[Word], runs: frozenset[str]
) -> dict[int, tuple[float, list[Statement]]]:
    """By sign: how much of what it is about the answer of the record that fits best shares, and who gives it."""
    best: dict[int, tuple[float, list[Statement]]] = {}
    for answer in told.index.answers.get(polar.group, ()):
        sign = answer.polar.sign
        if sign != polar.sign and _proves_nothing(told, polar, about, answer):
            continue
        shared = sum(_weight(w) * _likeness(w, answer.keys) for w in about)
        if polar.group == "loss" and "loss" in answer.statement.attribute:
            # Whether anything was lost is told of all that could be.
            shared = max(shared, _SHARE * sum(map(_weight, about)))
        shared += _RUN_WEIGHS if runs & answer.runs else 0.0
        most, held = best.get(sign, (0.0, []))
        if shared > most:
            best[sign] = (shared, [answer.statement])
        elif shared and shared == most:
            best[sign] = (most, [*held, answer.statement])
    return best


def _spared(told: Told, polar: Polar, about: list[Word]) -> list[Statement]:
    """Statements that something, of which nothing ever failed, works: told to have failed, it is
    contradicted whatever else the clause says."""
    if polar.group != "health" or polar.sign > 0:
        return []
    spared = told.index.spared
    held = [w for w in about if not w.keys.isdisjoint(spared)]
    if sum(map(_weight, held)) < _SPARED * sum(map(_weight, about)):
        return []
    keys = frozenset(k for w in held for k in w.keys) & frozenset(spared)
    return [spared[k] for k in sorted(keys)]


def _proves_nothing(told: Told, polar: Polar, about: list[Word], answer: Answer) -> bool:
    """A title, a measure, a state that passed, or something else is no evidence against a clause."""
    statement = answer.statement
    counts = polar.group == "health" and statement.attribute and statement.reading.quantities
    if statement.id == "record" or counts or answer.polar.state in _PASSED:
        return True
    clause = told.reading.text[slice(*polar.clause)]
    if _OTHERS.search(clause) and not _OTHERS.search(statement.reading.text):
        return True
    return _of_another(about, answer)


def _is_unheard(told: Told, polar: Polar) -> bool:
    if polar.group not in _UNHEARD or polar.sign < 0 or told.index.answers.get(polar.group):
        return False
    own = [w for w in told.reading.words if w.start < polar.end and polar.start < w.end]
    own = [w for w in own if not w.han or len(w.text) > 1]
    if polar.group == "attack" and any(told.index.covers(w) for w in own):
        return False
    clause = told.reading.text[polar.clause[0] : polar.clause[1]]
    return polar.group != "loss" or bool(_OF_DATA.search(clause))


def _is_unmentioned(told: Told, polar: Polar, about: list[Word]) -> bool:
    """Told to be spared, or to have failed, of something that no statement names in any word."""
    if polar.group != "health" or polar.key not in ("affected", "working") or told.is_across:
        return False
    if _OTHERS.search(told.reading.text) or len(told.reading.clauses) > _CLAUSES:
        return False
    known = any(k.startswith(("services:", "nouns:", "places:")) for w in about for k in w.keys)
    return (known or len(about) > 1) and not any(told.index.covers(w) for w in about)


def _of_another(about: list[Word], answer: Answer) -> bool:
    """Each names something that the other does not: card payments here, payments by code there."""
    mine = frozenset(k for w in about for k in w.keys)
    missing = [w for w in about if not w.keys & answer.keys]
    own = {k for k in answer.keys if k.startswith(("nouns:", "places:", "services:"))}
    known = [w for w in answer.words if not w.keys & mine and len(w.text) > 1 and len(w.keys) > 1]
    theirs = known or own - mine
    shared = len(about) - len(missing)
    return bool(missing and theirs) and shared < 2


def _likeness(word: Word, keys: frozenset[str]) -> float:
    """The same word, concept or place; one that is merely of the same sort is half as good."""
    common = word.keys & keys
    exact = any(":" not in k or k.startswith("places:") for k in common)
    return 1.0 if exact else 0.5 * bool(common)


def _weight(word: Word) -> float:
    """Names tell more than other words."""
    named = word.text[0].isupper() or any(k.startswith("places:") for k in word.keys)
    return 2.0 if named else 1.0
