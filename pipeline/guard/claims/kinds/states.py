"""Does a word of state go further than the record: restored, closed, cause found, monitoring, P1, still down?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....domain.lattices import Phase
from ..alignment import aligned, content_of
from ..claim import Claim, Told
from ..polarity import Polar
from ..statements import Statement

KIND = "state"
_ORDER = [phase.value for phase in Phase]
_OVER = frozenset({"resolved", "closed"})
_SEVERITY = re.compile(
    r"\b(?:P|SEV[- ]?|priority |severity )([1-4])\b|([一二三四])级(?=事件|故障|响应|优先)",
    re.IGNORECASE,
)
_MAJOR = re.compile(r"\bmajor (?:incident|outage)\b|重大(?:事件|故障)", re.IGNORECASE)
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
"""`back to 3,620`, `back under the limit`: a measure came back, not the service."""
_SAYS_NOT_WHAT = ("effects:", "counts:tickets", "counts:people")
_PART = 0.5
"""Of what a clause says that a statement of recovery must hold, to be the one that it tells."""
_NOW = re.compile(r"\b(?:is|are|still|'re|continue)\b|正在|仍|还在|继续", re.IGNORECASE)
_SO_FAR = re.compile(r"\bknown (?:to|so far)\b|已知|共有|累计|统计", re.IGNORECASE)
_TICKET = re.compile(r"\bticket|case|request\b|工单|单子", re.IGNORECASE)


def states(told: Told) -> Iterator[Claim]:
    for polar in told.polars:
        if _works_again(told, polar) and (reason := _over(told, polar, _stating(told, polar))):
            yield told.contradicted(KIND, polar.start, polar.end, _against(told), reason)
        if polar.loose or polar.denied or told.is_advice(polar.start) or _has_object(told, polar):
            continue
        if polar.state:
            yield from _state(told, polar)
    yield from _unrestored(told)
    yield from _unknown(told)
    yield from _reopened(told)
    yield from _persisting(told)
    yield from _severity(told)


def _has_object(told: Told, polar: Polar) -> bool:
    """结束会话, 恢复了 352 个文件: what is done to something says nothing of the incident."""
    text = told.reading.text
    if polar.state not in ("resolved", "restored"):
        return False
    if text[polar.start : polar.end].isascii():
        return bool(_MEASURED.match(text, polar.end))
    return not _STANDS.match(text, polar.end)


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
    return works and after.startswith((" again", " now"))


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
        yield told.contradicted(KIND, polar.start, polar.end, _against(told), standing)
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


def _against(told: Told) -> list[str]:
    record = told.index.record
    return [f"phase:{record.phase}" if record.phase else f"state:{record.state}"]


def _over(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    if _of_another_service(told, polar):
        return "the record does not say that this service had failed"
    if record.phase == "resolved" or record.state in _OVER:
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
        or (over and record.state in _OVER)
        or (evidence and not _TICKET.search(text))
    ):
        return ""
    return "" if evidence and record.state in _OVER else f"the record says {record.state}"


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
    if evidence or record.phase in ("monitoring", "resolved") or record.state in _OVER:
        return ""
    watched = [s for s in told.index.statements if "watch" in s.acts]
    return "" if watched else f"the record says {record.phase or record.state}"


def _investigating(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    record = told.index.record
    looked = [s for s in told.index.statements if s.acts & {"look"}]
    sure = told.index.known_causes
    if (
        sure
        and _NOW.search(told.reading.text)
        and told.reading.within(told.reading.whole, "causes")
    ):
        return "the record knows the cause"
    if record.phase in ("investigating",) or evidence or looked:
        return ""
    if record.phase is None and record.state not in _OVER and record.state != "new":
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
    if record.state in _OVER and _NOW.search(told.reading.text) and not told.reading.moments:
        return f"the record says {record.state}"
    return ""


def _waiting(told: Told, polar: Polar, evidence: list[Statement]) -> str:
    still = told.reading.within(polar.clause, "still")
    if (
        told.index.record.state in _OVER
        and (still or not evidence)
        and _NOW.search(told.reading.text)
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


def _persisting(told: Told) -> Iterator[Claim]:
    """`still down` of something that is over."""
    record = told.index.record
    if not told.index.is_over:
        return
    for polar in told.polars:
        if polar.group != "health" or polar.sign > 0 or polar.loose:
            continue
        still = [
            m for m in told.reading.within(polar.clause, "still") if abs(m.start - polar.start) < 30
        ]
        if (
            not still
            or told.reading.moments
            or told.reading.lastings
            or told.is_advice(polar.start)
            or _SO_FAR.search(told.reading.text)
        ):
            continue
        keys = told.reading.keys_in(polar.clause) - {"effects:health"}
        left = [
            s
            for s in told.index.statements
            if s.at >= _restored_at(told)
            and ("health", -1) in s.groups
            and s.reading.within(s.reading.whole, "still")
            and keys & told.index.around(s)
        ]
        if not left:
            yield told.contradicted(
                KIND,
                polar.start,
                polar.end,
                [f"phase:{record.phase or record.state}"],
                "the record says that it is over",
            )


def _reopened(told: Told) -> Iterator[Claim]:
    """`still open` of a ticket that is not."""
    if told.index.record.state not in _OVER:
        return
    for polar in told.polars:
        if (
            polar.group == "closed"
            and polar.sign < 0
            and not polar.loose
            and _NOW.search(told.reading.text)
        ):
            state = told.index.record.state
            yield told.contradicted(
                KIND, polar.start, polar.end, _against(told), f"the record says {state}"
            )


def _unknown(told: Told) -> Iterator[Claim]:
    """`the cause is not known`, where it was confirmed."""
    sure = told.index.known_causes
    if not sure or not told.reading.within(told.reading.whole, "causes"):
        return
    for polar in told.polars:
        if polar.group == "known" and polar.sign < 0 and not polar.loose:
            yield told.contradicted(
                KIND, polar.start, polar.end, sure, "the record knows the cause"
            )


def _unrestored(told: Told) -> Iterator[Claim]:
    """`not yet restored` of something that is over."""
    record = told.index.record
    if record.phase != "resolved" or told.reading.moments or told.is_verbatim:
        return
    for polar in told.polars:
        if polar.key in ("restored", "resolved") and polar.denied and not polar.loose:
            yield told.contradicted(
                KIND, polar.start, polar.end, _against(told), "the record says that it is over"
            )


def _restored_at(told: Told):  # type: ignore[no-untyped-def]
    times = [s.at for s in told.index.statements if s.type in ("restored", "resolved")]
    return max(times, default=told.index.record.now)


def _severity(told: Told) -> Iterator[Claim]:
    for m in _SEVERITY.finditer(told.reading.text):
        level = m[1] or str("一二三四".index(m[2]) + 1)
        severity = told.index.record.severity
        if severity == f"P{level}" or re.search(rf"\bp{level}\b", told.index.lower):
            yield told.supported(KIND, m.start(), m.end(), ["severity"])
        else:
            yield told.contradicted(
                KIND, m.start(), m.end(), ["severity"], f"the record says {severity}"
            )
    found = _MAJOR.search(told.reading.text)
    if found and not told.index.record.major and found[0].lower() not in told.index.lower:
        yield told.contradicted(
            KIND, found.start(), found.end(), ["major"], "it was not declared a major incident"
        )
