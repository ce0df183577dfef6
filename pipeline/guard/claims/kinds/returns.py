"""Is a word of state told of a measure, of a part or of a guess, and not of what had failed?"""

from __future__ import annotations

import re

from ..atoms import Lasting, Quantity
from ..claim import Told
from ..polarity import Polar

_STANDS = re.compile(
    r"了?(?:$|[^\u4e00-\u9fff\d\s]|正常|服务|使用|运行|访问|登录|可用|如常|完|问题|故障|后|的|并|且|至|到|供|连|工作|过来|通)"
)
_MEASURED = re.compile(
    r"\s(?:(?:under|below|within|above|down|up|to|at|from)\s(?:the |its |an? |about |around |nearly )*(?:\d|alarm|limit|threshold|alert|target))",
    re.IGNORECASE,
)
_COME = re.compile(r"(?:come|came|coming|comes) back", re.IGNORECASE)
_WITH = re.compile(r"\s(?:with|as|from|marked)\b", re.IGNORECASE)
_PARTLY = re.compile(
    r"(?:有所|部分|逐步|略有|渐渐|陆续|\bpartly|\bpartially|\bsomewhat|\bgradually|\bslowly)\s?$",
    re.IGNORECASE,
)
_BACK_ON = re.compile(
    r"(?:is|are|was|were) back (?:on|with|under|at|to) (?!normal|service|work|duty|full|usual|line\b)",
    re.IGNORECASE,
)
"""`is back on the old firmware`: what it runs on, and not that it runs."""
_TO_A_VALUE = 12
_WATCHER = re.compile(
    r"monitoring (?:then |also |again |now |has |had )*(?:show|report|record|regist|alert|rais|gave|saw|measur|put|read|count|not|flag|detect|found|system|tool|data|alarm|team|dashboard|graph)\w*",
    re.IGNORECASE,
)
"""`Monitoring showed a rate of 9 %`: the system that watches, not a phase."""


def is_guess(told: Told, polar: Polar) -> bool:
    """估计 23:30 修好, 有所恢复: no more than an estimate, or a part of it."""
    before = polar.clause[0], polar.start
    text = told.reading.text
    return bool(told.reading.within(before, "hedges")) or bool(_PARTLY.search(text, *before))


def has_object(told: Told, polar: Polar) -> bool:
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
    if _BACK_ON.match(reading.text, polar.start):
        return True
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
