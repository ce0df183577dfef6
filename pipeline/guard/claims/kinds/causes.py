"""Does the record give this cause, and as surely as the text does?

What is told as a cause must be a cause of the record: a confirmed one may be told plainly, a suspected
one only with a word that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..lexicon import Mark
from ..reading import Span, Word
from ..statements import Statement

KIND = "cause"
_LINKED = 0.6
"""What an identifier in common is worth, as a share of words."""
_RELATED = 0.25
"""Of a suspected cause's words that the confirmed cause shares, when it confirms the suspicion."""
CERTAINTY = "certainty"
_LOOKED = re.compile(
    r"\s?(?:of )?(?:the|these|those|our|further|all)? ?(?:checks?|tests?|investigations?|reviews?|analys[ie]s|steps|measures|efforts|findings|work)\b",
    re.IGNORECASE,
)
"""`as a result of the checks`: what was found by them, and not what they caused."""
_BECAUSE = re.compile(r"because|as a result of|following|由于|因为?|since", re.IGNORECASE)
_OF_A_THING = re.compile(
    r"because of|due to|owing to|as a result of|thanks to|on account of", re.IGNORECASE
)
_FINITE = re.compile(
    r"(?<!that )(?<!which )\b(?:could|can|was|were|is|are|had|has|have|will|would|did|does|may|might|must)\b"
)
"""Where the thing that is given as the cause ends, and the sentence goes on."""
_NEW = 0.5
"""Of a cause's words that the record must not hold anywhere."""
_REASON = re.compile(r"because|the reason|reason|由于|因为?", re.IGNORECASE)
_TOLD, _TOLD_ACROSS = 0.7, 0.5
"""Of a reason's words that a line must hold to tell it."""
_NO_DOUBT = re.compile(
    r"[^.;:]{0,24}\b(?:in doubt|beyond doubt|certain|settled|put forward|clear)\b", re.IGNORECASE
)
_ABOUT_IT = re.compile(
    r"\b(?:problem|fault|failure|issue|outage|error|trouble|this|that|it|incident|delay|disruption)s? (?:\w+ )?$",
    re.IGNORECASE,
)
"""Before `comes from`: a certificate that comes from an authority has no cause there."""
_UNKNOWN = re.compile(
    r"\b(?:not (?:yet )?(?:known|clear|confirmed|established|been)|unknown|unclear|no cause|still (?:being|looking|unknown)|under investigation|being (?:established|investigated)|do not know|possible cause|don't know|investigating|looking for|not been|undetermined|what caused|whether|cannot yet say|ruled out|not the cause|remains?)\b"
    r"|尚未|未查明|不明|未知|未确认|没有查明|正在(?:排查|调查|查)|还没|不清楚|待查|排除|并非|不是|未找到|未明|查找原因|排查原因|仍在查|何种|什么|是否|尚无|定论|没有结论|难以确定",
    re.IGNORECASE,
)
_NAMED_CAUSE = re.compile(
    r"(?: of [\w ]{2,40}?)? (?:is|was|has|have|had)(?: now| since)?(?: been)? (?:confirmed|found|identified|known|established|clear)[^:]{0,30}:|(?:已经?|现已|均已)?(?:查明|查清|确认|定位|明确|找到|锁定|弄清)[^:,]{0,8}[:,]",
    re.IGNORECASE,
)
_DOWN_TO = re.compile(r"\b(?:is|are|was|were|be|being|came|comes|put)(?: it| this)?(?: \w+ly)? $")
"""`it was down to a bad cable`; what is narrowed down or falls has no cause there."""
_A_NUMBER = re.compile(r"\s(?:about |around |just |only |under )?\d")
_ALARM = re.compile(r"\s?了?(?:the |an? )?(?:\w+ )?(?:alarm|alert|告警|报警|警报)", re.IGNORECASE)
_BY_WHAT = re.compile(r"(?:是|由|因|系)(?![^是由因系]*(?:是|由|因|系))")
"""X 是 Y 造成的: what is given as the cause follows 是."""
_NOT_CAUSAL_ZH = re.compile(r"因此|因而|因故|基因|成因|因公|原因(?:是什么|如何)")


def causes(told: Told) -> Iterator[Claim]:
    reading = told.reading
    for mark in reading.within(reading.whole, "causes"):
        if _is_no_cause(told, mark):
            continue
        span = _cause_span(told, mark)
        words = [w for w in reading.words_in(span) if not (mark.start <= w.start < mark.end)]
        if _says_nothing(told, words) or _of_advice(told, mark):
            continue
        if words and not _told_unknown(told, mark, span):
            yield from _judged(told, mark, span, words)


def _explains_deed(told: Told, mark: Mark, span: Span) -> bool:
    """`because it took the disk, we paused the scan`: why somebody did it, and not why it failed."""
    if mark.entry.key != "because" or not _REASON.match(told.reading.text, mark.start):
        return False
    effect = [p for p in told.polars if not (span[0] <= p.start < span[1])]
    return any(p.group[:4] == "act:" for p in effect) and not any(
        p.group == "health" and p.sign < 0 for p in effect
    )


def _says_nothing(told: Told, words: list[Word]) -> bool:
    """`because of that trouble`: no word of its own, and no value, that a cause could be held to."""
    return not any(_says_what(told, w) for w in words)


def _of_advice(told: Told, mark: Mark) -> bool:
    """`please stay signed in, because …`: why the reader should do it."""
    return mark.entry.key == "because" and bool(told.reading.within((0, mark.start), "advice"))


def _is_no_cause(told: Told, mark: Mark) -> bool:
    text = told.reading.text
    words = text[mark.start : mark.end].lower()
    if words == "down to" and (
        not _DOWN_TO.search(text, 0, mark.start) or _A_NUMBER.match(text, mark.end)
    ):
        return True
    if mark.entry.key == "leads" and _ALARM.match(text, mark.end):
        return True
    if words in ("came from", "comes from", "lies with", "lay in", "lies in") and not (
        _ABOUT_IT.search(text, 0, mark.start)
    ):
        return True
    if words in ("cause", "root cause", "reason") and _NO_DOUBT.match(text, mark.end):
        return True
    if words.startswith(("as a result", "following", "thanks")) and _LOOKED.match(text, mark.end):
        return True
    if words in ("following",) and not re.match(
        r" (?:a|an|the|this|our|last|yesterday)\b", text[mark.end :]
    ):
        return True
    if words in (
        "reason",
        "cause",
        "behind",
        "thanks to",
        "原因",
        "根因",
        "因",
        "blame",
    ) and not _links(text, mark):
        return True
    return bool(_NOT_CAUSAL_ZH.match(text, mark.start)) or (
        told.is_advice(mark.start) and mark.entry.key == "leads"
    )


def _links(text: str, mark: Mark) -> bool:
    """`the cause was …`, `原因是…`, `cause: …`: the noun alone says nothing."""
    if _NAMED_CAUSE.match(text, mark.end):
        return True
    after = text[mark.end : mark.end + 40]
    return bool(
        re.match(
            r"\s?(?:of (?:the|this) [\w ]{2,25})?(?:is|was|has been|turned out|lies|lay|:|：)\b|\s?[:：]",
            after.strip() if after[:1] == " " else after,
        )
        or re.match(r"[是为在系:：]|已?(?:查明|确认|定位)[是为,，]|出在|可能|疑似|初步|为", after)
        or text[mark.start : mark.end] == "因"
    )


def _cause_span(told: Told, mark: Mark) -> Span:
    """What is given as the cause: after `because of`, before `led to`."""
    reading = told.reading
    if mark.entry.key == "leads" and reading.text[mark.start : mark.end].lower().startswith("as "):
        return 0, mark.start
    if reading.text[mark.start : mark.end].lower() == "which is why":
        return 0, mark.start
    if mark.entry.key == "leads":
        start, end = reading.clause(mark.start)
        passive = re.search(r"\b(?:was|were|been|is|are)\s+$", reading.text[start : mark.start])
        by = re.match(r"\s+by\b", reading.text[mark.end :])
        if passive and by:
            return mark.end, len(reading.text)
        said = _BY_WHAT.search(reading.text, start, mark.start)
        if said:
            return said.end(), mark.start
        for before, _ in reversed([c for c in reading.clauses if c[0] < start]):
            if reading.words_in((start, mark.start)):
                break
            start = before
        return start, mark.start
    named = _NAMED_CAUSE.match(reading.text, mark.end)
    if named:
        return named.end(), len(reading.text)
    end = reading.clause(mark.end)[1]
    if not reading.words_in((mark.end, end)):
        end = len(reading.text)
    verb = _FINITE.search(reading.text, mark.end, end)
    if verb and _OF_A_THING.fullmatch(reading.text, mark.start, mark.end):
        end = verb.start()
    stops = [m.start for m in reading.within((mark.end, end), "causes") if m.entry.key == "leads"]
    return mark.end, min([end, *stops])


def _told_unknown(told: Told, mark: Mark, span: Span) -> bool:
    begin = max(told.reading.clause(mark.start)[0], mark.start - 25)
    lead = told.reading.text[min(begin, span[0]) : span[1]]
    return bool(_UNKNOWN.search(lead))


def _judged(told: Told, mark: Mark, span: Span, words: list[Word]) -> Iterator[Claim]:
    start, end = min(mark.start, span[0]), max(mark.end, span[1])
    words = [w for w in words if _says_what(told, w)] or words
    linked = {n.key for n in told.reading.identifiers if start <= n.start < end}
    recorded = [
        (
            s,
            max(
                _share(told, words, s),
                _LINKED
                if linked & _named(s) and (told.is_across or _share(told, words, s) > 0)
                else 0.0,
            ),
        )
        for s in told.index.statements
        if is_causal(s)
    ]
    near = sorted((pair for pair in recorded if pair[1] >= 0.5), key=lambda pair: -pair[1])
    if not near:
        yield from _uncaused(told, start, end, words)
        return
    best = near[0][1]
    top = [s for s, share in near if share >= best - 0.2]
    sure = [
        s
        for s in top
        if s.status != "suspected" and (s.attribute != "cause" or s.status == "confirmed")
    ]
    sure = sure or [s for s in told.index.known_causes if _share(told, words, s) >= _RELATED]
    if sure or told.is_hedged:
        yield told.supported(KIND, start, end, sure or top)
    elif not _explains_deed(told, mark, span):
        yield told.contradicted(CERTAINTY, start, end, top, because("claim_cause_suspected"))


def _uncaused(told: Told, start: int, end: int, words: list[Word]) -> Iterator[Claim]:
    """No cause of the record; yet an event may tell both in a row, and readers join them."""
    whole = [(s, _share(told, words, s)) for s in told.index.statements]
    bad = {p.group for p in told.polars if start <= p.start < end and p.group != "act:look"}
    close = [s for s, share in whole if share >= 0.6 and bad <= {p.group for p in s.polars}]
    effect = told.reading.keys - frozenset(k for w in words for k in w.keys)
    joined = [s for s in close if effect & told.index.around(s) and s.status != "suspected"]
    if (
        joined
        and len(words) >= 2
        and not any(is_causal(s) and s.status != "confirmed" for s in close)
    ):
        yield told.supported(KIND, start, end, joined)
    elif _is_reason(told, start, words) or _is_of_the_record(told, words):
        return
    else:
        yield told.unsupported(KIND, start, end, because("claim_cause_unknown"))


def _is_of_the_record(told: Told, words: list[Word]) -> bool:
    """Most of its words stand there: an invented cause brings something new."""
    new = [w for w in words if not told.index.covers(w)]
    return len(new) < _NEW * len(words)


def _is_reason(told: Told, start: int, words: list[Word]) -> bool:
    """Told with a mere `because`, and by a line of the record: the reason of a deed, not of the failure."""
    text = told.reading.text
    if not _BECAUSE.match(text, start) or (len(words) < 2 and not told.is_across):
        return False
    least = _TOLD_ACROSS if told.is_across else _TOLD
    return any(
        _share(told, words, s) >= least
        for s in told.index.statements
        if s.type and not is_causal(s) and s.status != "suspected"
    )


def _named(statement: Statement) -> set[str]:
    return {n.key for n in statement.reading.identifiers}


def _says_what(told: Told, word: Word) -> bool:
    """`failed`, `error`, `problem` are in every cause."""
    return told.index.can_be_judged(word) and not any(k.startswith("effects:") for k in word.keys)


def is_causal(statement: Statement) -> bool:
    if statement.attribute:
        return "cause" in statement.attribute and "unknown" not in statement.attribute
    if any(p.group in ("known", "confirmed") and p.sign < 0 for p in statement.polars):
        return statement.status == "suspected" and len(statement.reading.words) > 3
    marks = statement.reading.marks
    return any(m.entry.category == "causes" for m in marks) or statement.status == "suspected"


def _share(told: Told, words: list[Word], statement: Statement) -> float:
    """How much of the cause's wording the statement shares, by meaning."""
    keys = statement.keys
    held = sum(bool(w.keys & keys) or _written(w, statement) for w in words)
    return held / len(words)


def _written(word: Word, statement: Statement) -> bool:
    return word.han and len(word.text) >= 2 and word.text in statement.reading.text
