"""Does somebody's statement deny what the record holds? An all-clear while the failure is open (M7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.findings import Finding, FindingLevel, Words
from ...domain.lattices import Phase
from ..examined import Examined
from ..phrases import Phrases

CHECK = "contradiction"
LEVEL = FindingLevel.HOLD
"""Law 7: a person may know better than the record, and says so with a reason."""
OVER = f"phase.{Phase.RESOLVED.value}"
_THING = r"(?:incident|issue|problem|outage|fault|failure|disruption)s?"
_ALL_CLEAR = re.compile(
    rf"\b{_THING} (?:(?:is|are|was|were|has been|have been)(?: now)?) (?:fully |completely )?"
    r"(?:resolved|fixed|over)\b"
    r"|\b(?:fully|completely) (?:resolved|restored|recovered|operational)\b"
    rf"|\b(?:have|has|'ve) (?:now |just )?(?:fully )?(?:resolved|fixed) (?:the|this|that) {_THING}\b"
    r"|\ball (?:systems|services|users) (?:are|is) (?:now )?(?:back|operational|normal|up)\b"
    r"|\beverything (?:is|works) (?:back|fine|normal|again)\b"
    r"|(?:故障|问题|事件|中断)(?:已经?|现已|均已)?(?:全部|完全|彻底)?(?:解决|排除|修复|消除)(?:完毕)?(?!之前|前|后|方案|办法|进展)"
    r"|(?:已经?|现已|均已)(?:全部|完全|彻底|全面)(?:恢复|消除|排除)"
    r"|(?:系统|服务|业务|一切|所有)(?:已经?|现已|均已|都已?)恢复正常",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|\w+n't|until|unless|once|when|before|if|whether|will be|should be|to be|being|except|however"
    r"|almost|nearly|most|majority|many|some|partly|still|continu\w+|await\w+|validat\w+|ensur\w+"
    r"|but|subset|believ\w+|monitor\w+|wait\w+|verif\w+"
    r"|earlier|previous(?:ly)?|recur\w*|reappear\w*|re-?occur\w*)\b"
    r"|未|没有|尚|还|仍|一旦|之前|预计|部分|多数|除了|除.{1,12}外|是否|能否|早先|此前|上次|复发"
    r"|(?:又|再次)(?:出现|发生|中断|报错|不能|无法)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:we are|we're|we have|is|it's|users are|customers are) still\b|(?:仍|还)(?:在|有|不能|无法)",
    re.IGNORECASE,
)
"""Said anywhere, it shows that the rest speaks of a part."""
_SENTENCE = re.compile(r"(?<=[.!?。！？；;\n])")


def contradiction(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    phase = examined.brief.find("phase")
    if phase is None or phase.value == OVER or examined.brief.find("withdrawn_at"):
        return
    for said in examined.theirs:
        if said.words is Words.PERSON and (claim := _all_clear(said.text)):
            detail = "the record says that it is not over"
            yield examined.finding(
                CHECK, "all-clear-while-open", LEVEL, claim, detail, words=said.words
            )


def _all_clear(text: str) -> str | None:
    """A sentence that says it is over, without saying that it is not, or when it will be."""
    if _ELSEWHERE.search(text):
        return None
    for sentence in _SENTENCE.split(text):
        found = _ALL_CLEAR.search(sentence)
        if found and not _NOT_YET.search(sentence):
            return found[0]
    return None
