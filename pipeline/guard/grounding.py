"""Do a model's own words stand on what its sentence names? Each word on its sources, each time and state in its place.

A claim that no kind of claim recognises is a claim all the same: so whatever a model says between values
must be said by the facts and lines that the sentence rests on, or be a word that asserts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..domain.communication import Reason
from ..domain.errors import Misconfigured
from ..domain.facts import Fact, ValueKind
from ..domain.prose import Standing
from ..yaml_places import read
from .claims import Index
from .claims.claim import Claim, because
from .claims.reading import Word
from .claims.statements import Statement
from .claims.tokens import tokens
from .moods import undone

FILE = "prose/approved.yaml"
KIND = "grounds"
GAP = "\ufffc"
MOST_NEW, MOST_NEW_ACROSS = 1, 2
"""Words that may be new where the sources are in the sentence's language, and where they are in the other."""
FEW = 3
"""Of so few words none may be new."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAIR = 2
_EMPTY = frozenset("已了着过在有不是的上下中大小重再可能会得开出进回发无没未要人")
"""Characters that stand in so many words that one of them says nothing."""
_STEM = 4
"""Letters by which forms of an English word are known to be one."""
_DENIAL = re.compile(
    r"\b(?:not|no|no longer|never|nobody|nothing|none|neither|nor|\w+n't|hardly)\b"
    r"|不再|不是|并非|没有|尚未|未|不|无|没",
    re.IGNORECASE,
)
_DENIED = re.compile(
    rf"{_DENIAL.pattern}|\b(?:cannot|can't|fail\w*|error\w*|down|un\w+|off|still|without|except|stop\w*|miss\w*|need\w*|wait\w*)\b"
    r"|失败|报错|错误|中断|停|断|故障|除|仍|还|缺|等|闪退|崩溃",
    re.IGNORECASE,
)
"""What a source says that a writer may put as a denial: `cannot sign in` of `an error at sign-in`."""
_UNSURE = re.compile(
    r"\bnot (?:yet )?(?:confirmed|known|clear|certain)\b|尚未确认|未确认|尚未证实|不排除|不确定|不明|不清楚",
    re.IGNORECASE,
)
_TIMES: Mapping[str, re.Pattern[str]] = {
    "restored_at": re.compile(r"restor|recover|back|work|恢复|正常", re.IGNORECASE),
    "confirmed_at": re.compile(r"confirm|verif|确认|核实", re.IGNORECASE),
    "relapsed_at": re.compile(r"again|relaps|return|recur|再次|又|复发|重新", re.IGNORECASE),
    "started_at": re.compile(
        r"since|beg[ai]n|start|from|became|been|affected|hit|自|从|起|开始|出现|发生", re.IGNORECASE
    ),
    "declared_at": re.compile(r"declar|major|宣布|认定|确定", re.IGNORECASE),
    "taken_at": re.compile(r"took|taken|assign|接手|负责|受理", re.IGNORECASE),
    "paged_at": re.compile(r"call|page|alert|通知|呼叫|告警", re.IGNORECASE),
    "verified_at": re.compile(r"verif|confirm|check|workaround|核实|验证|确认|办法", re.IGNORECASE),
    "next_update": re.compile(
        r"next|update|news|hear|inform|下次|下一次|通报|告知|消息", re.IGNORECASE
    ),
    "withdrawn_at": re.compile(r"withdr|false|误报|撤回", re.IGNORECASE),
    "close_at": re.compile(r"clos|关闭", re.IGNORECASE),
    "review_by": re.compile(r"review|复盘|总结", re.IGNORECASE),
}
"""Words of which one stands beside a time of this attribute: what the moment is of."""


@dataclass(frozen=True, kw_only=True)
class Approved:
    """Words that assert nothing, by language."""

    english: tuple[str, ...]
    chinese: frozenset[str]

    @classmethod
    def load(cls, files: Mapping[str, str]) -> Approved:
        """Raises Misconfigured for a file that is not as it must be."""
        if FILE not in files:
            raise Misconfigured("is missing", where=FILE)
        raw, _ = read(FILE, files[FILE])
        try:
            english, chinese = (" ".join(raw[of]).split() for of in ("en", "zh"))
        except (TypeError, KeyError):
            raise Misconfigured("needs lists of words for en and for zh", where=FILE) from None
        return cls(english=tuple(english), chinese=frozenset(chinese))

    def holds(self, word: Word) -> bool:
        text = word.text.lower()
        if word.han:
            return text in self.chinese
        return text in self.english or any(
            text.startswith(stem) for stem in self.english if len(stem) >= _STEM
        )


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a model's words are held to: the facts that it was given, by id, who said each line, and words
    that assert nothing."""

    facts: Mapping[str, Fact]
    speakers: Mapping[str, str]
    approved: Approved


def ungrounded(
    text: str,
    values: Mapping[str, str],
    rests_on: Collection[str],
    index: Index,
    grounds: Grounds,
) -> Iterator[Claim]:
    """`text` is the sentence as it is read, `values` what code wrote into it by the id of what it is of."""
    own = _without(text, values.values())
    # Whoever writes a line could speak through the model: a line stands for what its own speaker said.
    sources = {
        id_
        for id_ in (*rests_on, *values)
        if id_ not in grounds.speakers or _is_named(grounds.speakers[id_], text)
    }
    named = [s for s in index.statements if s.id in sources or s.event in sources]
    yield from _new_words(own, named, index, grounds.approved)
    yield from _denied(own, named)
    yield from undone(own, named, index)
    for of, value in values.items():
        fact = grounds.facts.get(of)
        if fact is None:
            continue
        if fact.kind is ValueKind.STATE and (denied := _DENIAL.search(own)):
            yield _claim(denied[0], because("claim_state_denied"))
        asked = _TIMES.get(fact.attribute)
        if fact.kind is ValueKind.TIME and asked is not None and not asked.search(own):
            yield _claim(value, because("claim_moment_of", what=fact.attribute))


def _is_named(speaker: str, text: str) -> bool:
    return bool(speaker.strip()) and speaker.strip().lower() in text.lower()


def _denied(own: str, named: Collection[Statement]) -> Iterator[Claim]:
    """Something is denied of which the sources deny nothing."""
    denied = _DENIAL.search(_UNSURE.sub("", own))
    if denied and not any(_DENIED.search(s.reading.text) for s in named):
        yield _claim(denied[0], because("claim_nothing_denied"))


def _told(own: str, index: Index) -> list[Word]:
    """Every word but those that only hold a sentence together; here also what any desk says is said of
    this incident."""
    reading = index.reader.read(own)
    known = {word.start: word for word in reading.words}
    small = [(m.start, m.end) for m in reading.marks if m.entry.key == "function"]
    return [
        known.get(token.start)
        or Word(token.start, token.end, token.text, frozenset({token.stem}), token.han)
        for token in tokens(reading.text)
        if len(token.text) > 1
        and token.text != GAP
        and not any(start <= token.start < end for start, end in small)
    ]


def _new_words(
    own: str, named: Collection[Statement], index: Index, approved: Approved
) -> Iterator[Claim]:
    words = _told(own, index)
    if not words:
        return
    new = [w for w in words if not approved.holds(w) and not _said(w, named)]
    if len(new) > _most_new(own, named, len(words)):
        told = ", ".join(dict.fromkeys(w.text for w in new))
        yield _claim(told, because("claim_not_in_grounds"))


def _most_new(own: str, named: Collection[Statement], words: int) -> int:
    """Across languages a word that no lexicon knows cannot be looked for; of few words, or where something
    is denied, none may be new."""
    few = words <= FEW
    if _is_across(own, named):
        return 0 if few and _DENIAL.search(own) else MOST_NEW_ACROSS
    return 0 if few else MOST_NEW


def _said(word: Word, named: Collection[Statement]) -> bool:
    text = word.text.lower()
    for statement in named:
        if word.keys & statement.keys:
            return True
        said = statement.reading.text.lower()
        if text in said or (not word.han and len(text) > _STEM and text[:_STEM] in said):
            return True
        if word.han and _shares_pairs(text, said):
            return True
    return False


def _shares_pairs(text: str, said: str) -> bool:
    """停 of 停了 says what 已停 says; of longer words half the pairs must be there."""
    if len(text) == _PAIR:
        return any(c in said for c in text if c not in _EMPTY)
    pairs = [text[n : n + _PAIR] for n in range(len(text) - 1)]
    return bool(pairs) and sum(pair in said for pair in pairs) * 2 > len(pairs)


def _is_across(own: str, named: Collection[Statement]) -> bool:
    """Whether some of the sources are written in the other language."""
    han = _HAN.search(own) is not None
    return any((_HAN.search(s.reading.text) is not None) != han for s in named if s.type)


def _without(text: str, values: Collection[str]) -> str:
    for value in sorted(values, key=len, reverse=True):
        bare = value.strip("“”\"'。.")
        for written in (value, value[:1].upper() + value[1:], bare):
            if written:
                text = text.replace(written, GAP)
    return text


def _claim(words: str, reason: Reason) -> Claim:
    return Claim(kind=KIND, words=words, standing=Standing.UNSUPPORTED, reason=reason)
