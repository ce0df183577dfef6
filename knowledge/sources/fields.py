"""What do people call the parts of an article, and what do their values say?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import get_args

from ..article import Language
from ..errors import Refused

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "subject", "headline", "name", "标题", "主题", "题目", "名称"),
    "body": ("body", "content", "text", "正文", "内容"),
    "language": ("language", "lang", "locale", "语言", "语种"),
    "products": ("products", "product", "产品", "系统", "topic", "分类"),
    "audience": ("audience", "audiences", "受众", "可见范围", "读者"),
    "url": ("url", "link", "htmlurl", "网址", "链接", "地址"),
    "valid_from": ("validfrom", "生效日期", "有效期自"),
    "valid_until": ("validuntil", "expirydate", "失效日期", "有效期至"),
    "id": ("id", "number", "articleid", "solutionid", "key", "编号"),
    "keywords": ("keywords", "labels", "labelnames", "tags", "关键词", "关键字", "标签"),
    "status": ("status", "approvalstatus", "状态"),
}
# Told one below the other, each under its own name, when no single field holds the article.
_SECTIONS = (
    *("question", "symptom", "symptoms", "problem", "description", "environment", "cause"),
    *("resolution", "solution", "workaround", "answer", "steps"),
    *(
        "问题",
        "现象",
        "故障现象",
        "描述",
        "环境",
        "原因",
        "解决方案",
        "解决办法",
        "解决方法",
        "处理方法",
    ),
    *("步骤", "答案", "回答"),
)
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_RANK = {name: place for names in _NAMES.values() for place, name in enumerate(names)}

_CHINESE = ("zh", "chinese", "中文", "简体", "繁体", "繁體", "汉语")
_ENGLISH = ("en", "english", "英文", "英语")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[Tt ]\s*[\d:.]+\s*(?:Z|[-+]\d{1,2}(?::?\d\d)?)?)?"
)
_PACKED_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_BETWEEN_LABELS = re.compile(r"[,;|，；、\n]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def named(values: Mapping[str, object]) -> dict[str, object]:
    """The values by our names for them; of two names for one thing the plainer one that has a value."""
    found: dict[str, tuple[int, object]] = {}
    for name, value in values.items():
        plain = _plain(name)
        field = _FIELD_OF.get(plain)
        if field is None or value is None or value == "":
            continue
        if field not in found or _RANK[plain] < found[field][0]:
            found[field] = (_RANK[plain], value)
    return {field: value for field, (_, value) in found.items()}


def sections(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Symptom, cause, resolution and the like, in the order in which the source has them."""
    return [
        (name.strip(), value)
        for name, value in values.items()
        if _plain(name) in _SECTIONS and isinstance(value, str) and value.strip()
    ]


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name.strip().strip("\ufeff*:：")).casefold()


def text_of(fields: Mapping[str, object], name: str) -> str:
    """A single value as text on one line; raises Refused for anything with parts."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        value = value["name"]
    if isinstance(value, (list, Mapping)):
        raise Refused(f"{name} must be one value, and it has parts")
    return " ".join(str(value).split())


def labels_of(fields: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    """Labels from a list, or from text with commas between them. None when nothing is said."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, Mapping):
        value = text_of(fields, name)
    items = value if isinstance(value, list) else _BETWEEN_LABELS.split(str(value))
    if any(isinstance(item, (list, Mapping)) for item in items):
        raise Refused(f"{name} must be a list of words")
    labels = (" ".join(str(item).split()) for item in items)
    return tuple(dict.fromkeys(label for label in labels if label))


def day_of(fields: Mapping[str, object], name: str) -> date | None:
    """Year, month and day in this order, in any of the usual forms; a time of day is left aside."""
    said = text_of(fields, name)
    if not said:
        return None
    form = _DATE.fullmatch(said) or _PACKED_DATE.fullmatch(said)
    try:
        if form:
            return date(int(form[1]), int(form[2]), int(form[3]))
    except ValueError:
        pass
    raise Refused(f"{name} is {_shown(said)}, which is no date such as 2026-08-31")


def language_of(fields: Mapping[str, object], *texts: str) -> Language:
    """As it is said, or else by the share of Han characters among the letters."""
    said = text_of(fields, "language").casefold()
    if not said:
        letters = sum(len(_LETTER.findall(text)) for text in texts)
        han = sum(len(_HAN.findall(text)) for text in texts)
        # A Chinese character says as much as two or three letters.
        return "zh" if han * 5 > letters else "en"
    if said.startswith(_CHINESE):
        return "zh"
    if re.match(r"en(?![a-z])", said) or said.startswith(_ENGLISH[1:]):
        return "en"
    known = " and ".join(get_args(Language))
    raise Refused(f"language is {_shown(said)}, and only {known} are known")


def _shown(said: str) -> str:
    return f"'{said[:60]}…'" if len(said) > 60 else f"'{said}'"
