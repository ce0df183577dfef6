"""Does somebody's statement deny what the record holds? An all-clear while the failure is open (M7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...domain.findings import Finding, FindingLevel, Words
from ...domain.lattices import Phase
from ..examined import Examined
from ..known import wordings
from ..phrases import Phrases

CHECK = "contradiction"
LEVEL = FindingLevel.HOLD
"""Law 7: a person may know better than the record, and says so with a reason."""
OVER = f"phase.{Phase.RESOLVED.value}"
_THING = r"(?:incident|issue|problem|outage|fault|failure|disruption)s?"
_IS = r"(?: (?:is|are|was|were|has been|have been)|'s)(?: now| all)?(?: fully| completely)?"
_WORKS = (
    rf"(?:{_IS} (?:back(?: up| online| to normal)?|online|restored|recovered|repaired|fixed|working|operational"
    r"|available again|up(?: and running)?)|(?: now)? works?(?: again| now)|(?: has| have)? recovered)\b"
)
_WE_RESTORED = r"\bwe(?: have|'ve)?(?: now| just)?(?: fully)? (?:restored|repaired|fixed)"
_GOOD = r"(?:恢复(?:正常|了|使用)?|好了|修好了|正常了|(?:可以?|能够?)(?:正常使用|用)了?)(?!中|之前|前|后|时|工作|进度|尚|的|要|需)"
_NOW = r"\s*(?:已经?|现已|现在|均已|都已?|又)?(?:全部|完全|全面|彻底)?"
_ALL_CLEAR = (
    rf"\b{_THING}{_IS} (?:resolved|fixed|solved|over|closed|finished|gone|repaired)\b"
    rf"|\b{_THING} (?:(?:has |have )?ended|no longer exists?)\b"
    r"|\b(?:fully|completely) (?:resolved|restored|recovered|operational)\b"
    rf"|\b(?:have|has|'ve) (?:now |just )?(?:fully )?(?:resolved|fixed|solved) (?:the|this|that) {_THING}\b"
    r"|\ball (?:systems|services|users) (?:are|is) (?:now )?(?:back|operational|normal|up)\b"
    r"|\beverything (?:is|works) (?:back|fine|normal|again)\b"
    r"|\ball[- ]clear\b|\bfalse alarm\b|\bit(?: is|'s)(?: now| all)? (?:over|fixed|solved)\b"
    r"|\byou can (?:(?:sign|log) in|use [\w ]{1,30}) (?:again|as usual|normally)\b"
    r"|(?:故障|问题|事件|中断)(?:已经?|现已|均已)?(?:全部|完全|彻底)?(?:解决|排除|修复|消除|结束|处理完毕?|过去)(?:完毕)?(?!之前|前|后|方案|办法|进展)"
    r"|(?:已经?|现已|均已)(?:全部|完全|彻底|全面)(?:恢复|消除|排除)"
    r"|(?:系统|服务|业务|一切|所有)(?:已经?|现已|均已|都已?)恢复正常|一切正常|没有?问题了"
    r"|(?:已经?|现已)(?:恢复正常|好了|修好了)|误报|虚惊"
)
_GENERAL = r"the (?:service|system|application)s?|services?|systems?|access|服务|系统|业务"
_NOT_YET = re.compile(
    r"\b(?:not|\w+n't|until|unless|once|when|before|if|whether|will be|should be|to be|being|except|however"
    r"|almost|nearly|most|majority|many|some|partly|still|continu\w+|await\w+|validat\w+|ensur\w+"
    r"|subset|believ\w+|monitor\w+|wait\w+|verif\w+|no|new(?:ly)?"
    r"|earlier|previous(?:ly)?|recur\w*|reappear\w*|re-?occur\w*)\b"
    r"|未|没有(?!问题了)|尚|还|仍|一旦|之前|预计|部分|多数|除了|除.{1,12}外|是否|能否|早先|此前|上次|复发|不是"
    r"|(?:又|再次)(?:出现|发生|中断|报错|不能|无法)",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(
    r"\b(?:not|\w+n't|still|except|however|until|unless|once|some|subset|monitor\w+|validat\w+|verif\w+"
    r"|recur\w*|come back|came back)\b|未|没有|仍|还(?!请|要感谢)|尚|无法|不能|除|复发|再次",
    re.IGNORECASE,
)
"""Said after it in the same sentence, it takes it back; a bare "but" does not."""
_ELSEWHERE = re.compile(
    r"(?<!if you )\bstill\b(?:\W+\w+){0,4}?\W+(?:down|unavailable|fail\w*|errors?|affect\w*|investigat\w*|work(?:ing)? on"
    r"|see\w*|experienc\w*|unable|cannot|slow\w*|impact\w*|monitor\w*|degrad\w*|broken|off|out)\b"
    r"|(?:仍|还)(?:在|有|不能|无法|未|然)",
    re.IGNORECASE,
)
"""Said anywhere, it shows that the rest speaks of a part."""
_FAILED_AGAIN = re.compile(
    r"(?<!not )(?<!never )(?<!n't )\b(?:failed|failing|fails|broke|stopped(?: working)?|crashed|relapsed"
    r"|(?:went |is |are |was |were )?(?:down|unavailable|offline|out)) again\b|\brelapsed\b|\b(?:came|is) back again\b"
    r"|(?<![不未没])(?<!不会)(?<!没有)(?:又|再次|再度)(?:出现|发生|中断|报错|不能|无法|故障|失败|不可用|挂|断)",
    re.IGNORECASE,
)
"""Said after it, where the record holds a relapse, it makes the recovery the one before."""
_SENTENCE = re.compile(r"(?<=[.!?。！？；;\n])")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")
_CLAUSE = re.compile(r"[,，:;；]|\bbut\b|但是?", re.IGNORECASE)
_BEFOREHAND = re.compile(
    r"\b(?:if|when|once|until|unless|whether|as soon as|except|apart from|other than|not|\w+n't)\b"
    r"|除|一旦|如果|预计|是否|不是",
    re.IGNORECASE,
)
"""Said in a clause before it, it makes a condition of it, or leaves something out."""


def contradiction(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    phase = examined.brief.find("phase")
    if phase is None or phase.value == OVER or examined.brief.find("withdrawn_at"):
        return
    service = examined.brief.find("service")
    pattern = _pattern(tuple(wordings(service)) if service else ())
    relapsed = examined.brief.find("relapsed_at") is not None
    for said in examined.theirs:
        if said.words is not Words.PERSON:
            continue
        read = _since_relapse(said.read) if relapsed else said.read
        if claim := _all_clear(pattern, read):
            detail = "the record says that it is not over"
            yield examined.finding(
                CHECK, "all-clear-while-open", LEVEL, claim, detail, words=said.words
            )


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """All-clears in general, and of what has failed by its name: that another thing works is none."""
    spelled = [r"\s*".join(map(re.escape, name)) for name in names if name]
    failed = "|".join([*spelled, _GENERAL])
    claims = rf"(?<!\w)(?:{failed})(?:{_WORKS}|{_NOW}{_GOOD})|{_WE_RESTORED} (?:{failed})\b"
    return re.compile(f"{_ALL_CLEAR}|{claims}", re.IGNORECASE)


def _since_relapse(text: str) -> str:
    """The text from where it last says that it failed again: what stands before tells the past."""
    told = list(_FAILED_AGAIN.finditer(text))
    return text[told[-1].end() :] if told else text


def _all_clear(pattern: re.Pattern[str], text: str) -> str | None:
    """A sentence that says it is over, without saying that it is not, or when it will be."""
    text = _SPACED.sub("", text)
    if _ELSEWHERE.search(text):
        return None
    for sentence in _SENTENCE.split(text):
        found = pattern.search(sentence)
        if found and not _taken_back(sentence, found):
            return found[0]
    return None


def _taken_back(sentence: str, found: re.Match[str]) -> bool:
    """What stands in its own clause qualifies it; other clauses must bind or deny it: thanks to many,
    and a "but" or a "still" about something else, do not."""
    begins = [clause.end() for clause in _CLAUSE.finditer(sentence, 0, found.start())]
    begin = begins[-1] if begins else 0
    ends = _CLAUSE.search(sentence, found.end())
    end = ends.start() if ends else len(sentence)
    own = sentence[begin : found.start()] + " " + sentence[found.end() : end]
    return bool(
        _NOT_YET.search(own)
        or _BEFOREHAND.search(sentence, 0, begin)
        or _BUT_NOT.search(sentence, end)
    )
