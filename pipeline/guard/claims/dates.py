"""Which days does a sentence name? Dates, weekdays and words such as `yesterday`, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .atoms import Moment
from .numerals import WORDS_ZH, chinese

_MONTHS = {
    name: n
    for n, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        [
            "mon monday",
            "tue tues tuesday",
            "wed wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        ]
    )
    for name in names.split()
}
_ZH = WORDS_ZH
_DATE_ZH = re.compile(
    rf"(?:(\d{{4}}|[〇零一二三四五六七八九]{{4}})\s?年\s?)?(\d{{1,2}}|{_ZH})\s?月\s?(\d{{1,2}}|{_ZH})\s?[日号]"
)
_DAY_ZH = re.compile(
    r"(?<![\d./:-])(?<![\d一二三四五六七八九十]月)(\d{1,2})\s?[日号](?!\d(?!\d?(?::\d\d|[点时]))|[楼会线机厅门信])"
)
_DAY_EN = re.compile(
    r"\b[Tt]he (\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|time|attempt|report|floor|case|call|run|such)\b| [a-z]+ (?:time|attempt)\b)"
)
_DATE_EN = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?(?:,? (\d{{4}}))?"
    rf"|\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}})\b)?",
    re.IGNORECASE,
)
_WEEKDAY_EN = re.compile(
    rf"\b(last |next |this |on )?({'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(s?)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? $")
_GIVEN_NAME = re.compile(rf" (?!(?:{_MONTH})\b)[A-Z][a-z]+\b")
_WEEKDAY_ZH = re.compile(r"(上|下|本|这|每)?(?:周|星期|礼拜)([一二三四五六日天])(?!期|次)")
DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "昨夜": -1,
    "今天": 0,
    "今日": 0,
    "今晨": 0,
    "今早": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "明晚": 1,
    "后天": 2,
    "大前天": -3,
}
_RELATIVE = re.compile("|".join(sorted(DAYS, key=len, reverse=True)), re.IGNORECASE)
_PARTS = {
    "last night": (17 * 60, 30 * 60),
    "昨晚": (17 * 60, 30 * 60),
    "昨夜": (17 * 60, 30 * 60),
    "this morning": (0, 13 * 60),
    "今早": (0, 13 * 60),
    "今晨": (0, 10 * 60),
    "this afternoon": (12 * 60, 19 * 60),
    "this evening": (16 * 60, 24 * 60),
    "tonight": (16 * 60, 30 * 60),
    "今晚": (16 * 60, 30 * 60),
    "明早": (0, 13 * 60),
    "明晚": (16 * 60, 30 * 60),
}


def dates(text: str) -> Iterator[Moment]:
    for m in _DATE_ZH.finditer(text):
        year = chinese(m[1]) if m[1] and not m[1].isdigit() else (int(m[1]) if m[1] else None)
        month, day = number(m[2]), number(m[3])
        if month and day and 1 <= month <= 12 and 1 <= day <= 31:
            yield Moment(start=m.start(), end=m.end(), day=(year, month, day))
    for m in _DATE_EN.finditer(text):
        name, digits, said = (m[2], m[1], m[3]) if m[1] else (m[4], m[5], m[6])
        day = int(digits)
        if 1 <= day <= 31 and (name[0].isupper() or name.lower() != "may"):
            yield Moment(
                start=m.start(),
                end=m.end(),
                day=(int(said) if said else None, _MONTHS[name.lower()], day),
            )
    for m in (*_DAY_ZH.finditer(text), *_DAY_EN.finditer(text)):
        if 1 <= int(m[1]) <= 31:
            yield Moment(start=m.start(), end=m.end(), day=(None, None, int(m[1])))


def relative(text: str) -> Iterator[Moment]:
    for m in _RELATIVE.finditer(text):
        words = m[0].lower()
        low, high = _PARTS.get(words, (None, None))
        yield Moment(start=m.start(), end=m.end(), days=DAYS[words], minute=low, until=high)


def weekdays(text: str) -> Iterator[Moment]:
    for m in _WEEKDAY_EN.finditer(text):
        name = m[2]
        # Only capitals: `sun` and `mon` are words and parts of words.
        if name[0].isupper() and not m[3] and not _is_person(text, m):
            yield Moment(start=m.start(2), end=m.end(), weekday=_WEEKDAYS[name.lower()])
    for m in _WEEKDAY_ZH.finditer(text):
        if m[1] != "每":
            yield Moment(start=m.start(), end=m.end(), weekday="一二三四五六日天".index(m[2]) % 7)


def _is_person(text: str, m: re.Match[str]) -> bool:
    """`Mr Sun`, `Sun Li`: a surname that is written as a weekday."""
    named = len(m[2]) == 3 and _GIVEN_NAME.match(text, m.end())
    return bool(_TITLE.search(text[: m.start(2)]) or named)


def number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese(text)
