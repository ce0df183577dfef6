"""Is everybody and everything that is named in Chinese in the record? Names by the word at their end, or by a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..entities import SURNAMES
from ..reading import Word, concepts

KIND = "name"
_RUN_OF_HAN = re.compile(r"[\u4e00-\u9fff]+")
_CONCEPT = re.compile(r"c\d+")
_HEADED = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:二|三|一|四|\d)?(组|团队|小组|公司|系统|平台|中心|集团|部门|部|机电|电气|通信|股份|机房|分公司|门店|供应商|厂区|园区|仓库|大学|医院|银行|科技)(?=$|[^\u4e00-\u9fff]|[的已正在于接负也和与及均都将则未没曾为是现同确认完恢受])"
)
_CUTS = ("acts", "manner", "effects", "scope", "future", "denying", "causes", "hedges")
_ROLE = re.compile(r"供应商|维保商|厂商|运营商|收单方|服务商|承包商|集成商")
_AFTER_NAME = (
    "会将在已把和与及也都对说用为的从向要能可又再就请让被由是报提发给称于自经曾正未没只先后还"
)
"""What may follow a name of two characters, so that a dictionary takes the three for one name."""
_PRONOUNS = "您你我他她它们"
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


def chinese_names(told: Told) -> Iterator[Claim]:
    """Teams, companies and platforms in any record; people and suppliers where it is written in Chinese."""
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
        if len(head) < 2 or "的" in head or (m[2] == "部" and head.endswith(("全", "内", "外"))):
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
            reason = because("claim_unnamed", name=f"{head}{m[2]}")
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
            yield told.unsupported(KIND, at, at + 2, because("claim_unnamed", name=name))


def _people(told: Told) -> Iterator[Claim]:
    for word in told.reading.words:
        if _is_person(word) and word.text not in told.index.lower:
            if word.text[2] in _AFTER_NAME and word.text[:2] in told.index.lower:
                continue
            reason = because("claim_unnamed", name=word.text)
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
