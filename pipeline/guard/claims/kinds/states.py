"""Does a word of state go further than the record: restored, closed, cause found, monitoring?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....domain.lattices import Phase
from ..alignment import aligned, content_of
from ..atoms import Lasting, Quantity
from ..claim import Claim, Told
from ..polarity import Polar
from ..statements import Statement

KIND = "state"
_ORDER = [phase.value for phase in Phase]
OVER = frozenset({"resolved", "closed"})
_FULL = re.compile(
    r"\b(?:fully|completely|entirely|everything|all (?:services|systems|functions|users))\b|全部|完全|彻底|全面|一切",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"了?(?:$|[^\u4e00-\u9fff\d\s]|正常|服务|使用|运行|访问|登录|可用|如常|完|问题|故障|后|的|并|且|至|到|供|连|工作|过来|通)"
)
_MEASURED = re.compile(
    r"\s(?:(?:under|below|within|above|down|up|to|at|from)\s(?:the |its |an? |about |around |nearly )*(?:\d|alarm|limit|threshold|alert|target))",
    re.IGNORECASE,
)
_TO_A_VALUE = 12
_WATCHER = re.compile(
    r"monitoring (?:then |also |again |now |has |had )*(?:show|report|record|regist|alert|rais|gave|saw|measur|put|read|count|not|flag|detect|found|system|tool|data|alarm|team|dashboard|graph)\w*",
    re.IGNORECASE,
)
"""`Monitoring showed a rate of 9 %`: the system that watches, not a phase."""
_COME = re.compile(r"(?:come|came|coming|comes) back", re.IGNORECASE)
_WITH = re.compile(r"\s(?:with|as|from|marked)\b", re.IGNORECASE)
_SAYS_NOT_WHAT = ("effects:", "counts:tickets", "counts:people")
_PART = 0.5
"""Of what a clause says that a statement of recovery must hold, to be the one that it tells."""
NOW = re.compile(r"\b(?:is|are|still|'re|continue)\b|正在|仍|还在|继续", re.IGNORECASE)
_TICKET = re.compile(r"\bticket|case|request\b|工单|单子", re.IGNORECASE)


def states(told: Told) -> Iterator[Claim]:
    for polar in told.polars:
        if _works_again(told, polar) and (reason := _over(told, polar, _stating(told, polar))):
            yield told.contradicted(KIND, polar.start, polar.end, against(told), reason)
        if polar.loose or polar.denied or told.is_advice(polar.start) or _has_object(told, polar):
            continue
        if told.is_quoted(polar.start):
            continue
        if polar.state:
            yield from _state(told, polar)


def _has_object(told: Told, polar: Polar) -> bool:
    """结束会话, 恢复了 352 个文件: what is done to something says nothing of the incident."""
    text = told.reading.text
    if polar.state == "monitoring":
        return bool(_WATCHER.match(text, polar.start))
    if polar.state not in ("resolved", "restored"):
        return False
    if text[polar.start : polar.end].isascii():
        return _is_measure(told, polar) or _is_returned(told, polar)
    return not _STANDS.match(text, polar.end)


def _is_measure(told: Told, polar: Polar) -> bool:
    """`back to 3,620`, `back to eight hours`: a measure came back, not the service."""
    reading = told.reading
    values: list[Quantity | Lasting] = [*reading.quantities, *reading.lastings]
    near = any(0 < v.start - polar.end <= _TO_A_VALUE for v in values)
    to = reading.text[polar.end :].startswith((" to ", " at ", " under ", " below "))
    return bool(_MEASURED.match(reading.text, polar.end)) or (near and to)


def _is_returned(told: Told, polar: Polar) -> bool:
    """`came back with an error`, `nineteen messages came back`: sent back, and not restored."""
    text = told.reading.text
    if not _COME.match(text, polar.start):
        return False
    counted = any(
        "messages" in q.nouns and polar.clause[0] <= q.start < polar.start
        for q in told.reading.quantities
    )
    return counted or bool(_WITH.match(text, polar.end))


def _recovers(told: Told, polar: Polar) -> bool:
    """A part of it is back, as a statement tells of that part."""
    named = told.index.reader.read("; ".join((told.index.record.title, *told.index.services))).keys
    content = content_of(
        told.reading,
        polar.clause,
        told.index,
        lambda w: not w.keys & named and not any(k.startswith(_SAYS_NOT_WHAT) for k in w.keys),
    )
    better = [
        s
        for s in told.index.statements
        if "recover" in s.type or {("health", 1), ("progress", 1)} & s.groups
    ]
    near = aligned(content, told.index, better)
    return bool(near) and near[0].share >= _PART


def _works_again(told: Told, polar: Polar) -> bool:
    """`works again` says restored in other words."""
    after = told.reading.text[polar.end : polar.end + 7].lower()
    works = polar.key == "working" and polar.sign > 0 and not polar.loose
    words = told.reading.text[polar.start : polar.end]
    return works and (after.startswith((" again", " now")) or words.startswith("恢复"))


def _state(told: Told, polar: Polar) -> Iterator[Claim]:
    evidence = _stating(told, polar)
    judged = {
        "restored": _over,
        "resolved": _over,
        "closed": _closed,
        "identified": _identified,
        "monitoring": _at_least_monitoring,
        "investigating": _investigating,
        "assigned": _assigned,
        "waiting": _waiting,
        "in_progress": _in_progress,
    }.get(polar.state or "")
    if judged is None:
        return
    standing = judged(told, polar, evidence)
    if standing:
        yield told.contradicted(KIND, polar.start, polar.end, against(told), standing)
    else:
        yield told.supported(KIND, polar.start, polar.end, evidence or ["record"])


def _stating(told: Told, polar: Polar) -> list[Statement]:
    """Statements that give the same state, of a thing that the clause names too."""
    own = {f"effects:{polar.group}", "counts:tickets"}
    words = told.reading.words_in(polar.clause) or told.reading.words
    keys = frozenset(k for w in words if not w.keys & own for k in w.keys)
    if not keys and polar.state in (
        "resolved",
        "restored",
        "closed",
    ):
        return []
    return [
        s
        for s in told.index.statements
        if any(
            p.state
            and (p.state == polar.state or {p.state, polar.state} <= {"restored", "resolved"})
            and not p.loose
            and not p.denied
            for p in s.polars
        )
        and (not keys or keys & told.index.around(s))
        and s.status != "suspected"
    ]


def against(told: Told) -> list[str]:
    record = told.index.record
    return [f"phase:{record.phase}" if record.phase else f"state:{record.state}"]


def _over(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    if _of_another_service(told, polar):
        return "the record does not say that this service had failed"
    if record.phase == "resolved" or record.state in OVER:
        return ""
    if polar.state == "restored" and told.index.is_over:
        return ""
    partial = polar.state == "restored" and not _FULL.search(told.reading.text)
    if partial and _recovers(told, polar):
        return ""
    if evidence and not _FULL.search(told.reading.text) and not _relapsed_since(told, evidence):
        return ""
    return f"the record says {record.phase or record.state}"


def _of_another_service(told: Told, polar: Polar) -> bool:
    """Restored is told of a service that the record only names as working."""
    named = {f"services:{m.entry.group}" for m in told.reading.within(polar.clause, "services")}
    about = [s for s in told.index.statements if named & s.reading.keys]
    if not named or not about or any(s.id == "record" for s in about):
        return False
    signs = {p.sign for s in about for p in s.polars if p.group == "health"}
    return signs == {1} and not any(p.state for s in about for p in s.polars)


def _relapsed_since(told: Told, evidence: list[Statement]) -> bool:
    """It came back after everything that says it was restored, and the text does not tell it as past."""
    last = max(s.at for s in evidence)
    relapsed = any(
        s.type in ("relapsed", "reopened") and s.at > last for s in told.index.statements
    )
    return relapsed and not told.reading.moments


def _closed(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    text = told.reading.text[polar.clause[0] : polar.clause[1]]
    over = any(p.state == "resolved" and p.clause == polar.clause for p in told.polars)
    if (
        record.state == "closed"
        or (over and record.state in OVER)
        or (evidence and not _TICKET.search(text))
    ):
        return ""
    return "" if evidence and record.state in OVER else f"the record says {record.state}"


def _identified(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    sure = told.index.known_causes
    if (
        sure
        or evidence
        or (record.phase and _ORDER.index(record.phase) >= 1 and _ORDER.index(record.phase) < 4)
    ):
        return ""
    if told.is_hedged:
        return ""
    return "the record knows no confirmed cause"


def _at_least_monitoring(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    if evidence or record.phase in ("monitoring", "resolved") or record.state in OVER:
        return ""
    watched = [s for s in told.index.statements if "watch" in s.acts]
    return "" if watched else f"the record says {record.phase or record.state}"


def _investigating(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    looked = [s for s in told.index.statements if s.acts & {"look"}]
    sure = told.index.known_causes
    if sure and NOW.search(told.reading.text) and told.reading.within(told.reading.whole, "causes"):
        return "the record knows the cause"
    if record.phase in ("investigating",) or evidence or looked:
        return ""
    if record.phase is None and record.state not in OVER and record.state != "new":
        return ""
    return f"the record says {record.phase or record.state}"


def _assigned(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    return (
        f"the record says {told.index.record.state}"
        if told.index.record.state == "new" and not evidence
        else ""
    )


def _in_progress(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    if record.state in OVER and NOW.search(told.reading.text) and not told.reading.moments:
        return f"the record says {record.state}"
    return ""


def _waiting(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    still = told.reading.within(polar.clause, "still")
    if (
        told.index.record.state in OVER
        and (still or not evidence)
        and NOW.search(told.reading.text)
    ):
        return f"the record says {told.index.record.state}"
    asked = [
        s
        for s in told.index.statements
        if s.acts & {"ask", "approve", "supplier"} or s.type == "assigned"
    ]
    if told.index.record.state == "waiting" or evidence or asked:
        return ""
    return f"the record says {told.index.record.state}"
