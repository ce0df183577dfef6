"""Is everybody and everything that is named in the record: people, teams, companies, places, services?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..atoms import Named
from ..claim import Claim, Told
from ..entities import SURNAMES
from ..places import places, plain
from ..reading import Word, concepts

KIND = "name"
_PLURAL = re.compile(r"[A-Z]{2,5}s")
_CONCEPT = re.compile(r"c\d+")
_HEADED = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:二|三|一|四|\d)?(组|团队|小组|公司|系统|平台|中心|集团|部门|部|机电|电气|通信|股份|机房|分公司|门店|供应商|厂区|园区|仓库|大学|医院|银行|科技)(?=$|[^\u4e00-\u9fff]|[的已正在于接负也和与及均都将则未没曾为是现同确认完恢受])"
)
_CUTS = ("acts", "effects", "scope", "future", "denying", "causes", "hedges")
_ROLE = re.compile(r"供应商|维保商|厂商|运营商|收单方|服务商|承包商|集成商")
_HEADS = "组部队司心台处室科班团院店厂"
_AFTER_NAME = (
    "会将在已把和与及也都对说用为的从向要能可又再就请让被由是报提发给称于自经曾正未没只先后还"
)
"""What may follow a name of two characters, so that a dictionary takes the three for one name."""
_BESIDE_CLOCK = 5
"""Characters from a time to the place that says by which clock it is told: `04:30 in Berlin`."""
_PRONOUNS = "您你我他她它们"
_RUN_OF_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LEAD = re.compile(
    r"^.*(?:的|是|由|请|与|和|向|给|从|在|到|让|被|及|时|处理)(?=[\u4e00-\u9fff]{2,})|^(?:由|请|与|和|向|对|给|从|在|到|及|的|该|本|各|将|已|经|让|被|是|为|我们|我司|联系|通知|转给|交给|交由|移交|转交|转由|位于|来自|目前|此次|所有|全部|其他|其它|另外|相关|多个|几个|一个|整个|使用|访问|登录|进入|打开|影响|恢复|重启|以及|请|先|照旧|照常|继续|暂时|临时|改走|改用|走|用|通过|经过)+"
)
_GENERIC = frozenset(
    [
        "相关",
        "技术",
        "支持",
        "运维",
        "值班",
        "负责",
        "各",
        "本",
        "该",
        "我们",
        "所属",
        "对应",
        "其他",
        "其它",
        "处理",
        "工程师",
        "团队",
        "服务",
        "应急",
        "专项",
        "项目",
        "业务",
        "系统",
        "管理",
        "信息",
        "子",
        "主",
        "备",
        "新",
        "旧",
        "内部",
        "外部",
        "上述",
        "两个",
        "三个",
        "多个",
        "第三方",
        "操作",
        "整个",
        "所有",
        "全部",
        "一线",
        "二线",
        "下游",
        "上游",
        "客服",
        "用户",
        "后台",
        "前台",
        "本地",
        "线上",
        "生产",
        "测试",
        "现场",
        "责任",
        "主管",
        "领导",
        "IT",
        "关联",
        "受影响",
        "其余",
        "各个",
        "每个",
        "部分",
        "核心",
        "关键",
        "办公",
        "监控",
        "告警",
        "报警",
        "后续",
        "相应",
    ]
)


def names(told: Told) -> Iterator[Claim]:
    for named in told.reading.names:
        if _is_clock(told, named.start, named.end):
            continue
        if _PLURAL.fullmatch(told.reading.text[named.start : named.end]):
            continue  # `PUTs`, `SDKs`: a kind of things
        if _means_known(told, named):
            continue
        parts = [p for p in re.split(r"[ &]| of ", named.key) if p]
        missing = [p for p in parts if not _known(told, p)] or _never_together(told, parts)
        place = places().get(plain(named.key))
        if missing and place and place.chinese in told.index.lower:
            missing = []
        if missing and not place and not told.index.is_written_in(False):
            continue  # it may stand there in Chinese
        if not missing:
            yield told.supported(KIND, named.start, named.end, _holding(told, named.key, parts))
        else:
            reason = f"the record names no {missing[0]}"
            yield told.unsupported(KIND, named.start, named.end, reason)
    yield from _chinese(told)
    yield from _nearly_named(told)
    yield from _elsewhere(told)


def _means_known(told: Told, named: Named) -> bool:
    """A part of a place or a service that the record names in other words: `southern China`, 华南."""
    return any(
        m.entry.category in ("places", "services")
        and m.start <= named.start
        and named.end <= m.end
        and f"{m.entry.category}:{m.entry.group}" in told.index.keys
        for m in told.reading.marks
    )


def _is_clock(told: Told, start: int, end: int) -> bool:
    """A place that only says by which clock a time is told."""
    if re.match(
        r"(?: (?:standard|daylight|local))? time\b|[\u4e00-\u9fff]{0,4}(?:时间|夏令时|标准时)",
        told.reading.text[end:],
    ):
        return True
    if any(m.zone and 0 <= start - m.end <= _BESIDE_CLOCK for m in told.reading.moments):
        return True
    zones = told.reading.within(told.reading.whole, "zones")
    return any(m.start <= start and end <= m.end and m.end - m.start > end - start for m in zones)


def _elsewhere(told: Told) -> Iterator[Claim]:
    """A place in Chinese that the record does not name in either language."""
    text, known = told.reading.text, places()
    at = 0
    while at < len(text) - 1:
        name = next((text[at : at + n] for n in (5, 4, 3, 2) if text[at : at + n] in known), "")
        if len(name) > 1 and _RUN_OF_HAN.fullmatch(name):
            place = known[name]
            here = name in told.index.lower or place.english in told.index.lower
            meant = any(w.start == at and w.end >= at + len(name) for w in told.reading.words)
            if not here and meant and not _is_no_place(told, at, at + len(name)):
                yield told.unsupported(KIND, at, at + len(name), f"the record names no {name}")
        at += max(1, len(name))


def _is_no_place(told: Told, start: int, end: int) -> bool:
    return told.reading.text[end : end + 1] in ("语", "文", "一", "个", "了") or _is_clock(
        told, start, end
    )


def _nearly_named(told: Told) -> Iterator[Claim]:
    """One character off a name of the record: another person, another company."""
    text = told.reading.text
    starts = sorted({w.start for w in told.reading.words if w.han})
    for name, statement in told.index.han_names:
        size = len(name)
        for at in starts:
            window = text[at : at + size]
            if len(window) < size or (name[-1] in _HEADS and window[-1] != name[-1]):
                continue
            apart = sum(a != b for a, b in zip(window, name, strict=True))
            if apart == 1 and _RUN_OF_HAN.fullmatch(window) and window not in told.index.lower:
                yield told.contradicted(KIND, at, at + size, [statement], f"the record says {name}")


def _never_together(told: Told, parts: list[str]) -> list[str]:
    """`Data Platform`, where the record knows a database and a platform, but not this team."""
    if len(parts) < 2:
        return []
    apart = [
        f"{one} {other}"
        for one, other in pairwise(parts)
        if not any(one in text and other in text for text in told.index.texts)
    ]
    return apart if len(apart) == len(parts) - 1 else []


def _known(told: Told, part: str) -> bool:
    """As a word of the record, or a word of the same meaning in the other language."""
    if re.search(rf"(?<![a-z0-9]){re.escape(part)}(?:s|es)?(?![a-z0-9])", told.index.lower):
        return True
    return any(
        told.index.covers(w) for w in told.reading.words if part in w.text.lower().split("-")
    )


def _holding(told: Told, key: str, parts: list[str]) -> list[str]:
    found = [s.id for s in told.index.statements if key in s.reading.text.lower()]
    return found or [s.id for s in told.index.statements if parts[0] in s.reading.text.lower()]


def _chinese(told: Told) -> Iterator[Claim]:
    yield from _headed(told)
    if told.index.is_written_in(True):
        yield from _in_roles(told)
        yield from _people(told)


def _headed(told: Told) -> Iterator[Claim]:
    """`网络安全组`, `消息平台`: a name by the word at its end."""
    text = told.reading.text
    for m in _HEADED.finditer(text):
        cuts = told.reading.within((m.start(), m.end(1)), *_CUTS)
        begin = max([k.end for k in cuts if k.end <= m.end(1) - 2], default=m.start())
        head = _without_lead(text[begin : m.end(1)])
        start = m.end(1) - len(head)
        head = _without_generic(head)
        if len(head) < 2 or "的" in head:
            continue
        own = [w for w in told.reading.words if w.start < m.end(1) and start < w.end]
        own = [w for w in own if len(w.text) > 1 and w.text not in _GENERIC]
        judged = [w for w in own if told.index.can_be_judged(w)]
        if told.is_across and judged != own:
            continue
        own = judged
        covered = [_covered(told, w) for w in own]
        # In the other language some of the words may be told with others.
        if own and not (any(covered) if told.is_across else all(covered)):
            reason = f"the record names no {head}{m[2]}"
            yield told.unsupported(KIND, start, m.end(), reason)


def _without_lead(head: str) -> str:
    """Every word that leads to a name taken off: 请照旧走文件平台."""
    while (bare := _LEAD.sub("", head)) != head:
        head = bare
    return head


def _in_roles(told: Told) -> Iterator[Claim]:
    """`供应商` and the two characters behind it."""
    text = told.reading.text
    for m in _ROLE.finditer(text):
        at, name = m.end(), text[m.end() : m.end() + 2]
        known = any(k.start <= at < k.end for k in told.reading.marks)
        if (
            not known
            and _RUN_OF_HAN.fullmatch(name)
            and len(name) == 2
            and name not in told.index.lower
        ):
            yield told.unsupported(KIND, at, at + 2, f"the record names no {name}")


def _people(told: Told) -> Iterator[Claim]:
    for word in told.reading.words:
        if _is_person(word) and word.text not in told.index.lower:
            if word.text[2] in _AFTER_NAME and word.text[:2] in told.index.lower:
                continue
            reason = f"the record names no {word.text}"
            yield told.unsupported(KIND, word.start, word.end, reason)


def _without_generic(head: str) -> str:
    head = re.sub(r"^[一二两三四五六七八九十几多\d]+[家个名位台]", "", head)
    for word in sorted(_GENERIC, key=len, reverse=True):
        head = head.removesuffix(word) if len(head) > len(word) else head
    return head


def _covered(told: Told, word: Word) -> bool:
    """In these very characters, or as everything that the glossary takes the word for."""
    kinds = ("places:", "services:", "nouns:") if told.is_across else ("places:",)
    placed = any(k.startswith(kinds) for k in word.keys & told.index.keys)
    if placed or word.text in told.index.lower:
        return True
    own = concepts(word.text)
    joined = {k for k in word.keys if _CONCEPT.fullmatch(k)} - own
    if own or joined:
        return bool(joined & told.index.keys) or (bool(own) and own <= told.index.keys)
    pairs = [word.text[n : n + 2] for n in range(len(word.text) - 1)]
    return all(p in told.index.han_pairs for p in pairs)


def _is_person(word: Word) -> bool:
    """A word of three characters that begins with a surname and that no glossary knows."""
    if not word.han or len(word.text) != 3 or word.text[-1] in _PRONOUNS:
        return False
    return word.text[0] in SURNAMES and len(word.keys) == 1
