"""Which lengths of time does a sentence name? `75 minutes`, `an hour and a quarter`, `一个半小时`, `20 分钟前`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Lasting
from .numerals import WORDS_EN, WORDS_ZH, chinese, decimal, english

_EN = r"(?P<unit>milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|min|hours?|hrs?|hr|h|(?:working |business )?days?|d|weeks?|months?|years?)"
_NUMBER_EN = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{WORDS_EN}|half an?|three quarters of an|an?|a couple of|a few|several|one and a half|a quarter of an)"
_PIECE_EN = re.compile(
    rf"(?<![A-Za-z0-9_.,-])(?P<n>{_NUMBER_EN})[\s-]?(?:and a half |(?:quiet|further|more|full|whole|extra|long|straight|solid|additional|odd) )?{_EN}(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(r"\s?(?:and a half|and a quarter|and three quarters)\b", re.IGNORECASE)
_FRACTION = {"and a half": 0.5, "and a quarter": 0.25, "and three quarters": 0.75}
_PIECE_ZH = re.compile(
    rf"(?<![\d.第])(?P<n>\d+(?:,\d{{3}})*(?:\.\d+)?|{WORDS_ZH}|半|(?:几|数)(?!\s))\s?(?P<more>多|来|余)?\s?个?(?P<half>半)?多?\s?"
    r"(?P<unit>毫秒|秒钟?|分钟|分(?![之点店公行支别店配派贝成])|小时|钟头|刻钟|(?:个)?工作日|天|周(?![一二三四五六日年])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|个月|年(?!\s?[\d一二三四五六七八九十])|日(?=内|后|之内))(?P<tail>半)?"
)
_ANSWER = re.compile(r"[45]\d\ds\b")
"""`504s`: answers of a server, and no seconds."""
_NO_LENGTH_ZH = re.compile(
    r"(?:今明|昨今|[日号末])两天|[这那同某](?:一|两|几|三)?(?:天|周|年|个月)|(?:19|20)\d\d\s?年"
)
"""同一天, 这两天, 2027 年: a day or a year that is meant, and no length."""
_SECONDS = {
    **dict.fromkeys(("millisecond", "ms", "毫秒"), 0.001),
    **dict.fromkeys(("second", "sec", "s", "秒", "秒钟"), 1.0),
    **dict.fromkeys(("minute", "min", "分钟", "分"), 60.0),
    **dict.fromkeys(("hour", "hr", "h", "小时", "钟头"), 3600.0),
    **dict.fromkeys(
        ("day", "d", "天", "日", "working day", "business day", "工作日", "个工作日"), 86400.0
    ),
    **dict.fromkeys(("week", "周", "星期", "礼拜"), 604800.0),
    **dict.fromkeys(("month", "月", "个月"), 2629800.0),
    **dict.fromkeys(("year", "年"), 31557600.0),
    "刻钟": 900.0,
}
_JOIN = re.compile(r"\s?(?:and|,|零|又)?\s?", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:about|around|roughly|approximately|some|almost|nearly|just under|close to|just over|over|more than|at least|up to|less than|under|within|nearly|"
    r"a little over|well over|fewer than|at most|no more than|not quite|约|大约|大概|近|将近|接近|超过|逾|至少|不到|不足|至多|最多|差不多)\s?(?:an? )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?P<ago>ago|earlier|before|previously|之?前|以前)|\s?(?P<later>later|afterwards|after|on(?=[,;]| from)|further on|之?后|以后)|\s?(?P<about>左右|上下|许|or so|多|出头|有余|开外)",
    re.IGNORECASE,
)
_OF_LENGTH = re.compile(
    r"(?:^|[,;:(]|\b(?:for|in|about|within|took|takes?|last\w*|after|over|under|nearly|almost|than|least|half|every|of|some|another|roughly|around|just|approximately|was|only))\s*$",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\s(?:ago|later|earlier|and|after|before|long)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\s?(?:from now|away|to go|left|hence)\b", re.IGNORECASE)
_AHEAD_BEFORE = re.compile(r"(?:还有|还剩|尚有|剩下|in another|in)\s?$", re.IGNORECASE)
_EVERY = re.compile(r"(?:every|each|每隔?)\s?$", re.IGNORECASE)
_IN_PARTS = re.compile(r"quarter|half|刻|半", re.IGNORECASE)
"""Who counts in halves and quarters of an hour has rounded."""
_OVER = (
    "over",
    "just over",
    "a little over",
    "well over",
    "more than",
    "at least",
    "超过",
    "逾",
    "至少",
)
_UNDER = (
    "under",
    "less than",
    "within",
    "up to",
    "fewer than",
    "at most",
    "no more than",
    "不到",
    "不足",
    "至多",
    "最多",
    "just under",
    "not quite",
)


def lastings(text: str) -> list[Lasting]:
    """In their order; `1 h 15 min` is one."""
    pieces = sorted([*_english(text), *_chinese(text)])
    found: list[tuple[int, int, float, float]] = []
    for start, end, seconds, grain in pieces:
        if found:
            was, before, total, last = found[-1]
            if (
                grain < last
                and len(text[before:start]) <= 5
                and _JOIN.fullmatch(text[before:start])
            ):
                found[-1] = (was, end, total + seconds, grain)
                continue
            if start < before:
                continue
        found.append((start, end, seconds, grain))
    return [_bounded(text, *piece) for piece in found]


def _english(text: str) -> Iterator[tuple[int, int, float, float]]:
    for m in _PIECE_EN.finditer(text):
        grain = _SECONDS[_singular(m["unit"].lower())]
        number = m["n"].lower()
        if _ANSWER.match(text, m.start()):
            continue
        if m["unit"].lower() in ("s", "d", "h") and not number[0].isdigit():
            continue
        if (
            number in ("a", "an")
            and m["unit"].lower() == "second"
            and not _TURNED.match(text, m.end())
        ):
            continue
        if number in ("a", "an") and not _is_length(text, m.start(), m.end()):
            continue
        value = _value(number)
        end = m.end()
        after = _AFTER_EN.match(text, end)
        if after:
            value, end = value + _FRACTION[after[0].strip().lower()], after.end()
        elif "and a half" in m[0].lower():
            value += 0 if number == "one and a half" else 0.5
        yield m.start(), end, value * grain, grain


def _is_length(text: str, start: int, end: int) -> bool:
    """`for an hour`, `an hour later`; but `four drops a minute` is a rate."""
    return bool(_OF_LENGTH.search(text[max(0, start - 16) : start]) or _TURNED.match(text, end))


def _singular(unit: str) -> str:
    return unit.removesuffix("s") if len(unit) > 2 else unit


def _value(number: str) -> float:
    if number[0].isdigit():
        return decimal(number)
    vague = {
        "half a": 0.5,
        "half an": 0.5,
        "three quarters of an": 0.75,
        "a": 1,
        "an": 1,
        "a couple of": 2,
        "a few": 3.5,
        "several": 4,
    }
    if number in vague:
        return vague[number]
    if number == "one and a half":
        return 1.5
    return 0.25 if number.startswith("a quarter") else float(english(number) or 0)


def _chinese(text: str) -> Iterator[tuple[int, int, float, float]]:
    for m in _PIECE_ZH.finditer(text):
        if _NO_LENGTH_ZH.search(text, max(0, m.start() - 1), m.end()):
            continue
        grain, number = _SECONDS[m["unit"]], m["n"]
        if number == "半":
            value = 0.5
        elif number in "几数":
            value = 4.0
        else:
            value = decimal(number) if number[0].isdigit() else float(chinese(number) or 0)
        value += 0.5 if m["half"] or (m["tail"] and m["unit"] != "月") else 0
        yield m.start(), m.end(), value * grain, grain


def _bounded(text: str, start: int, end: int, seconds: float, grain: float) -> Lasting:
    before, after = _ABOUT.search(text[max(0, start - 16) : start]), _AFTER.match(text, end)
    words = text[start:end]
    low = high = seconds
    slack = max(seconds * 0.1, min(grain, seconds) * 0.5, 60.0 if seconds >= 600 else 0)
    vague = any(v in words for v in ("few", "several", "couple", "几", "数"))
    if "." in words and words[0].isdigit():
        pass  # `17.5 days` is told to the tenth
    elif _IN_PARTS.search(words):
        low, high = seconds - slack, seconds + slack
    elif any(v in words for v in "多余来"):
        low, high = seconds, seconds * 1.6
    elif vague:
        low, high = seconds * 0.5, seconds * 2
    elif after and after["about"] in ("多", "出头", "有余", "开外"):
        low, high = seconds, seconds + max(grain * 0.6, seconds * 0.1)
    elif before and before[0].lower().strip().startswith(_OVER):
        low, high = seconds, seconds * 1.35
    elif before and before[0].lower().strip().startswith(_UNDER):
        low, high = seconds * 0.6, seconds
    elif before or (after and after["about"]):
        low, high = seconds - slack, seconds + slack
    elif grain == 3600 and seconds % 1800 == 0:
        # Said in hours: `ten hours` may be half an hour off.
        slack = min(seconds * 0.05, 1800)
        low, high = seconds - slack, seconds + slack
    elif grain >= 86400:
        low, high = seconds - grain * 0.5, seconds + grain * 0.5
    turn = _turn(text, start, end, after)
    return Lasting(start=start, end=end, seconds=seconds, low=low, high=high, turn=turn)


def _turn(text: str, start: int, end: int, after: re.Match[str] | None) -> str:
    """Is a duration counted back or on from somewhere, does it lie ahead, or come again and again?"""
    if _EVERY.search(text[max(0, start - 6) : start]):
        return "every"
    if _AHEAD.match(text, end) or _AHEAD_BEFORE.search(text[max(0, start - 10) : start]):
        return "ahead"
    turned = _AFTER.match(text, after.end()) if after and after["about"] else after
    if turned and turned["ago"]:
        return "ago"
    return "later" if turned and turned["later"] else ""
