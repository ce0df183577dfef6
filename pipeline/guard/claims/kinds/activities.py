"""Was this done, or is it being done, to that? Every deed needs an event that tells it (N13).

A deed is held to the statements that tell it, or its kin, as done; of those to the ones about what it was
done to. Where the record tells the same in words of which no deed is known, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..alignment import Content, aligned, content_of
from ..claim import Claim, Told, because
from ..deeds import deeds, is_object, part_of
from ..kin import ATTRIBUTES, HARD, KIN, SOFT, TYPES
from ..lexicon import Mark
from ..named import collapsed, spelled_out
from ..statements import Statement

KIND = "activity"
_NOBODY = because("claim_not_logged")
_ELSE = because("claim_logged_of_else")
_PLANNED = re.compile(r"window|planned|scheduled|waiting|due|expected")
_QUIET = 0.6
"""Share of what is told of a deed that a statement without any known deed must hold to stand for it."""
_QUIET_HARD = 0.8
_SPECIFIC = 2.0
"""Weight of what is told of a deed below which it names nothing that another deed could be about."""
_SPECIFIC_ACROSS = 3.0
"""The same across languages, where a word of the record may have no name in ours."""
_POINTED = re.compile(
    r"\s(?:it|them|both|one of (?:it|them|these|those)|(?:this|that|these|those|the (?:other|first|second|latter|former))\b(?! [a-z]))\b",
    re.IGNORECASE,
)
"""What the deed was done to is named in another sentence."""
_ABOUT = 0.34
"""The same, of a statement that tells the deed itself."""


def activities(told: Told) -> Iterator[Claim]:
    for mark in deeds(told):
        claim = _supplier(told, mark) if mark.entry.group == "supplier" else _judged(told, mark)
        if claim is not None:
            yield claim


def _supplier(told: Told, mark: Mark) -> Claim | None:
    """Somebody outside is told of who is in no event."""
    known = any("supplier" in s.acts or s.type == "supplier" for s in told.index.statements)
    roles = any({"suppl", "vendor"} & s.keys for s in told.index.statements)
    if known or roles or told.is_hedged:
        return None
    return told.unsupported(KIND, mark.start, mark.end, because("claim_no_supplier"))


def _judged(told: Told, mark: Mark) -> Claim | None:
    group = mark.entry.group
    if _by_phase(told, group):
        return told.supported(KIND, mark.start, mark.end, ["phase"])
    kin = KIN.get(group, frozenset({group}))
    doing = [s for s in told.index.statements if _tells(s, kin)]
    content = content_of(
        told.reading, part_of(told, mark.start), told.index, lambda w: is_object(told, w, mark)
    )
    if doing:
        return _on_what(told, mark, content, doing)
    if group in SOFT or _is_worded(told, mark) or _told_otherwise(told, group, content):
        return None
    return told.unsupported(KIND, mark.start, mark.end, _NOBODY)


def _is_worded(told: Told, mark: Mark) -> bool:
    """The verb itself, or one of its concept, stands in a line, though not as a deed that is told as done."""
    own = [w for w in told.reading.words if w.start < mark.end and mark.start < w.end]
    keys = frozenset(k for w in own for k in w.keys if not k.startswith(("acts:", "effects:")))
    group = f"act:{mark.entry.group}"
    lines = (
        s.reading.keys
        for s in told.index.statements
        if s.type and not any(p.group == group and (p.denied or s.is_ahead) for p in s.polars)
    )
    return any(keys & line for line in lines)


def _on_what(told: Told, mark: Mark, content: Content, doing: list[Statement]) -> Claim | None:
    """The deed is on the record; was it done to this?"""
    group = mark.entry.group
    if content.identifiers:
        linked = [s for s in doing if _link(content, _linked(told, s))]
        if not linked and not _told_otherwise(told, group, content):
            return told.unsupported(KIND, mark.start, mark.end, _ELSE)
        doing = linked or doing
    near = aligned(content, told.index, doing)
    if _goes_on(told, mark) and _is_over(told, group) and not _going_on(doing):
        return told.unsupported(KIND, mark.start, mark.end, because("claim_over"))
    least = 0.0 if told.is_across else _ABOUT
    at_that_time = content.minutes & {m for s in doing for m in _minutes(s)}
    if content.identifiers or at_that_time or (near and near[0].share >= least):
        found = [one.statement for one in near] or doing
        return told.supported(KIND, mark.start, mark.end, found)
    if (
        group in SOFT
        or _POINTED.match(told.reading.text, mark.end)
        or content.weight < (_SPECIFIC_ACROSS if told.is_across else _SPECIFIC)
        or _told_otherwise(told, group, content)
    ):
        return None
    return told.unsupported(KIND, mark.start, mark.end, _ELSE)


def _told_otherwise(told: Told, group: str, content: Content) -> bool:
    """The record tells it with a verb that we do not know."""
    near = aligned(content, told.index, told.index.statements, around=False)
    least = _QUIET_HARD if group in HARD else _QUIET
    quiet = [one for one in near if one.share >= least and not one.statement.acts]
    if group not in HARD and _same_day(told, told.index.statements):
        return True
    if content.minutes & {m for s in told.index.statements if not s.acts for m in _minutes(s)}:
        return group not in HARD
    return content.weight > 1 and any(_may_tell(content, one.statement) for one in quiet)


def _same_day(told: Told, among: list[Statement]) -> bool:
    """A date that a line tells too, with a verb that we do not know: `new since 12 May`."""
    days = {m.day[1:] for m in told.reading.moments if m.day}
    return any(m.day and m.day[1:] in days for s in among if not s.acts for m in s.reading.moments)


def _minutes(statement: Statement) -> set[int]:
    """The clock times at which a statement was logged, or that it names."""
    if not statement.type:
        return set()
    told = {m.minute for m in statement.reading.moments if m.minute is not None}
    return told | {statement.at.hour * 60 + statement.at.minute}


def _may_tell(content: Content, statement: Statement) -> bool:
    """Some word is left that could be the verb: an alarm about the same printer tells no deed."""
    keys = frozenset(k for w in content.words for k in w.keys)
    left = [w for w in statement.reading.words if not w.keys & keys]
    return any(not any(k.startswith("effects:") for k in w.keys) for w in left)


def _tells(statement: Statement, kin: frozenset[str]) -> bool:
    """As done: by its words, by the event's type, or by what the fact is called."""
    if statement.type and kin & TYPES.get(statement.type, frozenset()):
        return True
    # An approval that is asked for or waited for is none; what is planned is not done.
    pending = statement.attribute and ("waiting", 1) in statement.groups
    if "approve" in kin and (pending or statement.type in ("approval_requested", "waiting")):
        return False
    if _PLANNED.search(statement.attribute) and "approve" not in kin:
        return False
    if any(kin & groups for word, groups in ATTRIBUTES.items() if word in statement.attribute):
        return True
    return any(
        p.group.startswith("act:") and p.group[4:] in kin and not (p.denied or p.loose)
        for p in statement.polars
    )


def _by_phase(told: Told, group: str) -> bool:
    """The phase itself says that somebody watches, or looks for the cause."""
    phase = told.index.record.phase
    return (group == "watch" and phase == "monitoring") or (
        group == "look" and phase == "investigating"
    )


def _link(content: Content, known: set[str]) -> bool:
    """The same identifier, or one that the known one begins with: a host, and a path on it."""
    return any(
        k.startswith(named) or k.endswith(named) for named in content.identifiers for k in known
    )


def _linked(told: Told, statement: Statement) -> set[str]:
    own = told.index.of_event(statement.event or "") or [statement]
    return {
        key
        for s in own
        for n in s.reading.identifiers
        for key in (n.key, *spelled_out(s.reading.text[n.start : n.end]))
    } | {collapsed(told.index.record.number)}


_PROGRESSIVE = re.compile(r"\b(?:is|are|'re|will be)(?: also| now)? \w+ing\b|正在", re.IGNORECASE)
_ENDLESS = frozenset({"look", "watch", "verify", "tell", "ask", "review", "own", "create"})


def _goes_on(told: Told, mark: Mark) -> bool:
    """Told as being done now."""
    text = told.reading.text
    before, words = text[max(0, mark.start - 10) : mark.start].lower(), text[mark.start : mark.end]
    progressive = words.lower().split()[0].endswith("ing") and re.search(
        r"\b(?:is|are|'re|still)\s(?:\w+ )?$", before
    )
    return bool(progressive) or bool(re.search(r"(?:正在|仍在|还在)\S{0,4}$", before))


def _going_on(doing: list[Statement]) -> bool:
    """The record too tells it as something that goes on after all is over."""
    return any(_PROGRESSIVE.search(s.reading.text) for s in doing)


def _is_over(told: Told, group: str) -> bool:
    record = told.index.record
    over = record.phase == "resolved" or record.state in ("resolved", "closed")
    return over and group not in _ENDLESS
