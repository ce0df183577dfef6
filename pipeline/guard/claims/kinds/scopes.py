"""Is the scope as wide as recorded, and no wider: all, only, some, most, nobody?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..alignment import aligned, content_of
from ..claim import Claim, Told, because
from ..lexicon import Mark
from ..reading import Reading, Word
from ..statements import Statement

KIND = "scope"
_REACH = 24
_PARAPHRASED = 0.6
_PLAIN = frozenset({"people", "devices", "servers", "departments"})
_WHOM = frozenset(
    {
        "people",
        "sites",
        "services",
        "departments",
        "devices",
        "servers",
        "orders",
        "files",
        "messages",
        "requests",
        "tickets",
    }
)


def scopes(told: Told) -> Iterator[Claim]:
    for mark in told.reading.within(told.reading.whole, "scope"):
        if (
            mark.entry.key not in ("nobody", "idle")
            and not told.is_advice(mark.start)
            and not _of_doubt(told, mark)
            and _of_whom(told, mark)
        ):
            yield from _judged(told, mark)


def _of_doubt(told: Told, mark: Mark) -> bool:
    """只怀疑, `only suspected`: no more than a suspicion, of whatever it is."""
    if mark.entry.key == "only" and _ONLY_WHEN.match(told.reading.text, mark.end):
        return True
    return any(
        0 <= m.start - mark.end <= 1 for m in told.reading.within(told.reading.whole, "hedges")
    )


def _of_whom(told: Told, mark: Mark) -> bool:
    """Only of people, places and things that can be hit: `all times`, `a few minutes` are no scope."""
    reading = told.reading
    before = reading.text[: mark.start]
    if _OF_A_SHARE.search(before) or _ADDRESSED.search(before):
        return False
    if _OTHERS.match(reading.text, mark.end):
        return False
    if _OF_TIME.match(reading.text, mark.end):
        return False
    counted = [
        m
        for m in reading.within(reading.whole, "counts", "services", "places", "nouns")
        if 0 <= m.start - mark.end <= _REACH
        and (m.entry.key in _WHOM or m.entry.category != "counts")
    ]
    if counted:
        near = min(counted, key=lambda m: m.start)
        if not any(c in ",.;:，。；：、(" for c in reading.text[mark.end : near.start]):
            return True
    words = reading.text[mark.start : mark.end].lower()
    named = any(0 <= n.start - mark.end <= 2 for n in reading.names)
    return (
        words in _ALONE or (named and mark.entry.key in ("all", "only")) or _of_the_hit(told, mark)
    )


def _of_the_hit(told: Told, mark: Mark) -> bool:
    """`all contractors were affected`, of whatever is called so: what follows is told to have failed."""
    clause = told.reading.clause(mark.start)
    hit = any(
        p.group == "health" and not p.loose and (p.sign < 0 or p.clause == clause)
        for p in told.polars
    )
    return mark.entry.key == "all" and hit and bool(_targets(told.reading, mark))


_OF_TIME = re.compile(
    r"\s?(?:the )?affected|受影响|\s?(?:of the )?(?:\d+ |other |single )?(?:times?|days?|nights?|mornings?|afternoons?|evenings?|minutes?|hours?|weeks?|months?|years?|seconds?|weekdays?|steps?|attempts?|tr(?:y|ies)|round|login|sign-in|request|incident|process)\b"
    r"|(?:事件|期间|流程|故障|天|日|周|月|年|夜|次|个?小时|分钟|时|早|上午|下午|晚|过程|步|请求)"
)
_ONLY_WHEN = re.compile(
    r"\s(?:with|when|after|if|by|once|until|from|to|as|on|through|via|because|then|now|at)\b"
)
"""`only with the fibre`, `only after ten`: how and when, and not for whom."""
_OF_A_SHARE = re.compile(r"(?:half|per cent|percent|%|third|quarter|\d|out) of $", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"^(?:to|dear|hi|hello|attention|for)\s$|\b(?:tells?|told|telling|informs?|informed|informing|notif\w+|asks?|asked|asking|remind\w*|thank\w*|updates?|updated|briefs?|briefed|reach\w*|to)\s$|(?:告诉|通知|告知|提醒|感谢|谢谢|致|请|向|给|对)$",
    re.IGNORECASE,
)
"""`told everyone`, 致全体员工: who is spoken to, not who is hit."""
_OTHERS = re.compile(r"\s(?:the )?(?:others?|rest)\b|其他|其它|其余", re.IGNORECASE)
_ALONE = frozenset(
    "everyone everybody company-wide companywide globally worldwide nationwide nobody|no one|全公司|全员|全国|全球|无人|没有人|没人|全集团|全院|全校|全网".replace(
        "|", " "
    ).split()
) | {"no one", "no user", "no other"}


def _judged(told: Told, mark: Mark) -> Iterator[Claim]:
    key = mark.entry.key
    targets = _targets(told.reading, mark)
    numbers = {q.value for q in told.reading.quantities if abs(q.start - mark.end) <= 8}
    beside = [
        (s, m)
        for s in told.index.statements
        for m in _scopes_of(s)
        if _same_target(targets, numbers, s, m) and _same_matter(told, mark, s, m)
    ]
    same = [s for s, m in beside if m.entry.key in _KIN[key] and not _narrower(told, s, m)]
    same = same or _paraphrased(told, mark)
    others = [s for s, m in beside if m.entry.key in _AGAINST[key] and _tells_health(s, m)]
    if same:
        yield told.supported(KIND, mark.start, mark.end, same)
    elif key == "only" and any(
        _says_more(told, mark, s, m) for s, m in beside if m.entry.key == "all"
    ):
        yield told.contradicted(KIND, mark.start, mark.end, others, because("claim_wider_scope"))
    elif (
        (key == "some" and not others)
        or (key == "only" and (_only_one(told, mark) or _is_of_number(told, mark)))
        or (key == "most" and not others)
    ) or (key == "all" and _counted_beside(told, mark)):
        return
    elif told.is_across and not _is_counted(told, mark):
        return  # what it is of may have another name in the record
    elif others:
        yield told.contradicted(KIND, mark.start, mark.end, others, because("claim_other_scope"))
    else:
        yield told.unsupported(KIND, mark.start, mark.end, because("claim_not_of_whole"))


_KIN = {"all": ("all",), "most": ("most",), "some": ("some",), "only": ("only",)}
_AGAINST = {
    "all": ("some", "most", "only", "nobody"),
    "most": ("some", "all"),
    "some": ("all", "nobody", "only"),
    "only": ("all",),
}


def _paraphrased(told: Told, mark: Mark) -> list[Statement]:
    """Statements of the same scope that say most of what the clause says, of whatever they call it."""
    clause = told.reading.clause(mark.start)
    scoped = [
        s
        for s in told.index.statements
        if any(m.entry.key == mark.entry.key and not _narrower(told, s, m) for m in _scopes_of(s))
    ]
    near = aligned(content_of(told.reading, clause, told.index), told.index, scoped, around=False)
    return [one.statement for one in near if one.share >= _PARAPHRASED]


def _is_counted(told: Told, mark: Mark) -> bool:
    """Of people, machines or teams, or by itself: what both languages have the same few words for."""
    words = told.reading.text[mark.start : mark.end].lower()
    near = told.reading.within((mark.end, mark.end + _REACH), "counts")
    return words in _ALONE or any(m.entry.key in _PLAIN for m in near)


def _narrower(told: Told, statement: Statement, mark: Mark) -> bool:
    """`every mobile build` supports nothing that is said of every build."""
    counts = _counted(statement.reading, mark)
    if counts and not counts & {q.value for q in told.reading.quantities}:
        return True
    if mark.entry.key != "all" or not told.index.is_written_in(told.is_chinese):
        return False
    run = [w for w in _targets(statement.reading, mark) if w.start >= mark.end and not w.han]
    return any(not w.keys & told.reading.keys for w in run)


def _counted(reading: Reading, mark: Mark) -> set[float]:
    """`all three users` is of no more than three."""
    return {q.value for q in reading.quantities if 0 <= q.start - mark.end <= 6}


def _scopes_of(statement: Statement) -> list[Mark]:
    return [
        m for m in statement.reading.marks if m.entry.category == "scope" and m.entry.key != "idle"
    ]


def _targets(reading: Reading, mark: Mark) -> list[Word]:
    """What the scope is of: the words after it that stand together, in Chinese the one before it too."""
    clause = reading.clause(mark.start)
    words = reading.words_in(clause)
    after: list[Word] = []
    for word in words:
        near = after[-1].end + 1 if after else mark.end + 30
        if mark.end <= word.start <= near and not any(k.startswith("effects:") for k in word.keys):
            after.append(word)
    before = [w for w in words if w.end <= mark.start][-1:] if words and words[0].han else []
    inside = [w for w in words if w.start < mark.end and mark.start < w.end]
    return [*inside, *after, *before]


def _same_target(
    targets: list[Word], numbers: set[float], statement: Statement, mark: Mark
) -> bool:
    reading = statement.reading
    clause = reading.clause(mark.start)
    words = reading.words_in(clause)
    near = [w for w in words if w.end > mark.start][:6] + [w for w in words if w.end <= mark.start][
        -2:
    ]
    keys = frozenset(k for w in near for k in w.keys)
    if targets and targets[0].han:
        if any(w.keys & keys for w in targets):
            return True
    elif targets and all(w.keys & keys for w in targets):
        return True
    return any(q.value in numbers for q in reading.quantities if clause[0] <= q.start < clause[1])


def _same_matter(told: Told, mark: Mark, statement: Statement, other: Mark) -> bool:
    """Both say of their scope that it was hit, or that it works; a scope of something else proves nothing."""
    clause, its = told.reading.clause(mark.start), statement.reading.clause(other.start)
    mine = {
        p.sign for p in told.polars if p.group == "health" and p.clause == clause and not p.loose
    }
    theirs = {p.sign for p in statement.polars if p.group == "health" and p.clause == its}
    if mine and not theirs:
        words = told.reading.words_in(clause)
        keys = statement.reading.keys_in(its)
        return sum(bool(w.keys & keys) for w in words) > 2
    return not mine or bool(mine & theirs)


def _says_more(told: Told, mark: Mark, statement: Statement, other: Mark) -> bool:
    """The text names a part where the record names the whole."""
    words = [
        w
        for w in told.reading.words_in(told.reading.clause(mark.start))
        if told.index.can_be_judged(w)
    ]
    keys = statement.reading.keys_in(statement.reading.clause(other.start))
    return any(not w.keys & keys for w in words)


def _tells_health(statement: Statement, mark: Mark) -> bool:
    clause = statement.reading.clause(mark.start)
    return any(p.group == "health" and p.clause == clause for p in statement.polars)


def _only_one(told: Told, mark: Mark) -> bool:
    """`only card payments`: the record says that something else works, and of nothing else that it failed."""
    keys = frozenset(k for w in _targets(told.reading, mark) for k in w.keys)
    hit = [s for s in told.index.statements if s.attribute.startswith("affected")]
    if any(not keys & s.keys for s in hit):
        return False
    return any(
        ("health", 1) in s.groups and not any(p.state for p in s.polars)
        for s in told.index.statements
    )


def _is_of_number(told: Told, mark: Mark) -> bool:
    """`only the 3 that they gave up`: the number says how many, and is held to the record by itself."""
    clause = told.reading.clause(mark.start)
    return any(mark.end <= q.start < clause[1] for q in told.reading.quantities)


def _counted_beside(told: Told, mark: Mark) -> bool:
    """`all 38 affected users`: the number says how many, and it is not that of a greater whole."""
    beside = [q.value for q in told.reading.quantities if 0 <= q.start - mark.end <= 6]
    facts = [s for q, s in told.index.quantities if q.value in beside and s.attribute]
    return bool(beside) and not any(s.attribute == "total" for s in facts)
