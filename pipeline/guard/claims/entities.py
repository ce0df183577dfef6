"""Which people and teams does the record name, and in which of its events?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..comparing import legible
from .places import places, plain
from .record import Record

_SITE_ATTRIBUTE = re.compile(
    r"^(?:site|sites|region|regions|location|locations|office|offices|area|campus)$"
)
_SITE_TAIL = re.compile(
    r"(?i:\s(?:campus(?:es)?|queues?|sites?|offices?|contact cent(?:re|er)s?|stores?|plants?|warehouses?|building)$)|(?:两地|等地|两店|各店)$"
)
_SITE_ZH = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:店|厂|园区|校区|院区|仓库|分公司|办事处)")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖蔡潘袁董余苏叶吕魏蒋杜丁沈姜范钟谭陆汪廖石邹熊秦顾侯邵孟龙万段雷钱汤尹黎武乔贺赖龚文殷施陶翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦"
_RARER = "何林高方付任万丁戴钱金易向孔白康文牛柳车项关兰左"
_TEAM_ATTRIBUTE = re.compile(r"team|group|department|unit|desk|owner$|handled_by")
_PERSON_ATTRIBUTE = re.compile(
    r"person|technician|manager|assignee|contact|lead|engineer|approver|approved_by|reporter|requester"
)
_TEAM_EN = re.compile(
    r"\b(?:[A-Z][\w&'’-]*(?: (?:and|of|&) (?=[A-Z]))? ?){0,4}"
    r"(?:[Tt]eam|Support|Operations|Group|Services|Desk|Platform|Engineering|Department|[Dd]esk)\b"
)
_TEAM_ZH = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:团队|小组|中心|组(?![织长员件成合])|部(?![分署门件长])|科(?![技学])|处(?![理置于在])|公司)"
)
_PERSON_EN = re.compile(r"\b([A-Z][a-zà-ÿ'’-]+ (?:van |de |von |al-|O['’])?[A-Z][A-Za-zà-ÿ'’-]+)\b")
_PERSON_ZH = re.compile(
    r"(?:^|[。；，、（(\s由请与和向给]|经理|负责人|工程师|主管|总监|组长|店长|同事|师傅|组|部|团队|领班|夜班|白班|一线|二线|是|为)"
    rf"([{SURNAMES}{_RARER}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[：:，,。；）)（(、\s]|宣布|批准|确认|接单|受理|接手|负责|转|已|正在|在|将|于|报|反馈|回复|表示|说|核|排|怀疑|重启|清|下班|交|同意|担任|任|称|完成|检查|提|$)"
)
_LEAD_ZH = re.compile(
    r"^.*(?:由|请|与|和|向|给|从|在|到|转给|转交|交给|交由|等|通知|联系|的|起|为|是|全部|两地|负责)(?=[\u4e00-\u9fff]{2,})"
)
_NO_TEAM = re.compile(r"全部|内部|外部|各部|正在|负责|小组$|本组|该组|客户")
_NO_PERSON = re.compile(
    r"(?i)\b(?:accounts?|payable|receivable|finance|sales|legal|claims|quality|control|human|resources|marketing|procurement|logistics|registry|facilities)\b"
)
"""Words of departments, which are written like names."""
_NO_NAME = re.compile(
    r"(?i)\b(?:incident|major|service|next|update|error|the|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


@dataclass(frozen=True)
class Entity:
    """Somebody of the record: `team`, `person` or `site`, and the events that name them."""

    name: str
    kind: str
    events: frozenset[str]


def entities_of(record: Record) -> list[Entity]:
    """A name is one of a fact that says so, or stands in an event as names do."""
    names: dict[str, str] = {}
    for fact in record.facts:
        value = legible(str(fact.value or "")).strip()
        if not 1 < len(value) <= 40:
            continue
        if _TEAM_ATTRIBUTE.search(fact.attribute):
            names[value] = "team"
        elif _PERSON_ATTRIBUTE.search(fact.attribute):
            names[value] = "person"
        elif _SITE_ATTRIBUTE.search(fact.attribute):
            names |= dict.fromkeys(_sites(value), "site")
    for event in record.events:
        for name, kind in _named(legible(event.text)):
            names.setdefault(name, kind)
    found = []
    for name, kind in names.items():
        inside = frozenset(e.id for e in record.events if name.lower() in legible(e.text).lower())
        told = frozenset(
            f.source for f in record.facts if f.source and name in legible(str(f.value))
        )
        found.append(Entity(name, kind, inside | told))
    return found


def _sites(value: str) -> list[str]:
    """`Dublin and Cork campuses` are two: what all of them are called tells none from another."""
    parts = [p.strip(" .") for p in re.split(r"、|,|，|;|/|和|及|\band\b|&|\(|\)", value)]
    bare = [_SITE_TAIL.sub("", p) for p in parts]
    return [p for p in bare if len(p) > 1 and not p.isdigit()]


def _named(text: str) -> Iterator[tuple[str, str]]:
    teams = [m[0].strip() for m in _TEAM_EN.finditer(text)]
    for name in teams:
        if " " in name and not _NO_NAME.match(name):
            yield name, "team"
    for m in _PERSON_EN.finditer(text):
        if _NO_NAME.search(m[1]) or _NO_PERSON.search(m[1]):
            continue
        if not any(m[1] in t or t in m[1] for t in teams):
            yield m[1], "person"
    for m in _PERSON_ZH.finditer(text):
        yield m[1], "person"
    for m in _SITE_ZH.finditer(text):
        yield _LEAD_ZH.sub("", m[0]), "site"
    for word in re.findall(r"\b[A-Z][a-z]{3,}\b", text):
        if plain(word) in places():
            yield word, "site"
    for m in _TEAM_ZH.finditer(text):
        name = _LEAD_ZH.sub("", m[0])
        if len(name) > 2 and not _NO_TEAM.search(name):
            yield name, "team"
