"""Is what the record only suspects told as sure?"""

from __future__ import annotations

from collections.abc import Iterator

from ..alignment import Aligned, aligned, content_of
from ..claim import Claim, Told, because
from ..lexicon import Mark
from ..polarity import Polar
from ..statements import Statement

KIND = "certainty"
_REASON = because("claim_only_suspected")
_SHARE = 0.55
"""Of a sentence's weight that a doubtful statement must hold to be what it tells."""
_SLACK = 0.15
"""Of the weight, by which a surer statement may fall behind."""
_SURE_SHARE = 0.3
"""The same as `_SHARE`, of sentences that say themselves that they are sure."""
_OWN = 0.5
"""Of what the doubtful statement says that must be told, or else it is merely the same subject."""


def hedging(told: Told) -> Iterator[Claim]:
    """Of statements outside the causes too: a count that was estimated, a loss that is feared."""
    if told.is_all_advice or _is_open(told):
        return
    sure = _sure_words(told)
    doubtful = _told_as_sure(told) if sure else None
    if doubtful is None and not told.is_hedged:
        doubtful = _told_plainly(told)
    if doubtful is not None:
        yield told.contradicted(KIND, 0, len(told.reading.text), [doubtful], _REASON)


def _is_open(told: Told) -> bool:
    """The sentence itself says that nobody knows yet."""
    return any(
        (p.group in ("known", "confirmed") and p.sign < 0) or p.group == "investigating"
        for p in told.polars
    )


def _sure_words(told: Told) -> bool:
    def says(polar: Polar) -> bool:
        return polar.group in ("known", "confirmed") and polar.sign > 0 and not polar.loose

    marks = told.reading.within(told.reading.whole, "sure")
    return any(not _is_denied(told, m) for m in marks) or any(says(p) for p in told.polars)


def _is_denied(told: Told, mark: Mark) -> bool:
    before = told.reading.clause(mark.start)[0], mark.start
    return bool(told.reading.within(before, "denying", "future", "conditions"))


def _told_as_sure(told: Told) -> Statement | None:
    """`confirmed`, of what is still a suspicion, or a mere report."""
    doubted = [*told.index.doubtful, *(s for s in told.index.statements if _is_report(s))]
    near, firm = _near(told, doubted), _near(told, _firm(told))
    causal = told.reading.within(told.reading.whole, "causes")
    suspected = [s for s in told.index.doubtful if s.attribute == "cause"]
    if causal and suspected and not told.index.known_causes:
        if not (firm and firm[0].share >= _SHARE and _confirms(firm[0].statement)):
            return near[0].statement if near else suspected[0]
        return None
    if not near or near[0].share < _SURE_SHARE:
        return None
    if any(one.share >= _SURE_SHARE and _is_sure(one.statement) for one in firm):
        return None
    least = firm[0].share if firm else 0.0
    return near[0].statement if near[0].share >= least else None


def _told_plainly(told: Told) -> Statement | None:
    near = [
        one
        for one in _near(told, told.index.doubtful)
        if one.share >= _SHARE and _tells_it(told, one.statement)
    ]
    if not near or near[0].weight < 2:
        return None
    firm = _near(told, _firm(told))
    if firm and firm[0].share >= near[0].share - _SLACK:
        return None
    return near[0].statement


def _firm(told: Told) -> list[Statement]:
    return [s for s in told.index.statements if s.status != "suspected" and not _is_report(s)]


def _is_report(statement: Statement) -> bool:
    return bool(statement.attribute) and statement.status == "reported" and statement.id != "record"


def _confirms(statement: Statement) -> bool:
    return ("confirmed", 1) in statement.groups or ("known", 1) in statement.groups


def _is_sure(statement: Statement) -> bool:
    """A cause, or a finding, that the record itself tells as confirmed."""
    return statement.tells_cause or _confirms(statement)


def _near(told: Told, among: list[Statement]) -> list[Aligned]:
    """By what is told without a doubt: `the node failed, which is confirmed; a fault behind it is suspected`."""
    reading = told.reading
    doubted = [reading.clause(m.start) for m in reading.within(reading.whole, "hedges")]
    content = content_of(
        reading,
        reading.whole,
        told.index,
        lambda w: not any(start <= w.start < end for start, end in doubted),
    )
    return aligned(content, told.index, among, around=False)


def _tells_it(told: Told, statement: Statement) -> bool:
    """Most of what the statement itself says is told."""
    own = statement.reading.words
    if statement.attribute:
        named = told.index.reader.read(
            f"{statement.what} {statement.attribute.replace('_', ' ')}"
        ).keys
        own = [w for w in own if not w.keys & named]
    return bool(own) and sum(bool(w.keys & told.reading.keys) for w in own) / len(own) >= _OWN
