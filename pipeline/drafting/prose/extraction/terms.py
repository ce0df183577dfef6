"""About what are these words? The few by which two sentences are known to be about one thing."""

from __future__ import annotations

import re

_RUN = re.compile(r"[a-z0-9][a-z0-9._/-]*[a-z0-9]|[a-z0-9]|[\u3400-\u9fff]+")
_EMPTY_EN = re.compile(
    r"the|a|an|and|or|but|if|of|to|in|on|at|by|for|with|from|as|is|are|was|were|be|been|am|it|"
    r"its|this|that|these|those|there|here|i|we|you|he|she|they|me|us|him|her|them|my|our|your|"
    r"his|their|so|then|than|not|no|yes|do|does|did|done|can|could|will|would|shall|should|may|"
    r"might|must|have|has|had|just|now|still|again|already|also|too|very|more|most|some|any|"
    r"all|every|what|which|who|when|where|why|how|please|thanks|thank|hi|hello|ok|okay|get|got|"
    r"go|going|back|up|down|out|off|over|after|before|since|until|about|only|well|one|two|new|"
    r"same|other|try|tried|let|see|look|like|need|want|know|think|say|says|said"
)
_EMPTY_ZH = re.compile(
    r"[的了吗呢么嘛吧啊呀哈哦嗯是在有和与就都还也又再很太把被让给向对从到这那哪您你我他她它们个些一下上不没"
    r"请麻烦好可以能会要说看]"
)


def terms_of(text: str) -> frozenset[str]:
    """Words in English, pairs of characters in Chinese, without those that stand anywhere."""
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        if run[0].isascii():
            if not _EMPTY_EN.fullmatch(run) and len(run) > 1:
                found.add(_bare(run))
            continue
        for piece in _EMPTY_ZH.split(run):
            found.update(piece[n : n + 2] for n in range(len(piece) - 1))
    return frozenset(found)


def _bare(word: str) -> str:
    for end in ("ing", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common, from 0 to 1."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0
