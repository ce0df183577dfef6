"""How does each sentence of a text stand to the record, and what follows from it by whose words they are?

Law 7: a model's sentence that the record does not hold falls; a person's that it denies waits for her, and
one that it does not cover is shown to her. What people said is quoted, and claims nothing of our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ..domain.directory import Language
from ..domain.findings import Finding, FindingLevel, Words
from ..domain.prose import Claimed, Sentence, Standing, Weighed
from .claims import Claim, Index, judge
from .comparing import squeezed
from .grounding import Grounds, ungrounded

CHECK = "claims"
LEVELS: Mapping[Words, Mapping[Standing, FindingLevel]] = {
    Words.MODEL: {
        Standing.CONTRADICTED: FindingLevel.HOLD,
        Standing.UNSUPPORTED: FindingLevel.HOLD,
    },
    Words.PERSON: {
        Standing.CONTRADICTED: FindingLevel.HOLD,
        Standing.UNSUPPORTED: FindingLevel.WARN,
    },
}
"""By code or by quotation nothing is claimed that the record does not hold word for word."""
MOST_CLAIMS, MOST_FINDINGS = 60, 20
"""Of one sentence: who reads them needs no thousand."""
RULES = {
    Standing.CONTRADICTED: "claim-contradicted",
    Standing.UNSUPPORTED: "claim-unsupported",
}


def weighed(
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    index: Index,
    *,
    words: Words,
    language: Language,
    values: Sequence[Mapping[str, str]] | None = None,
    grounds: Grounds | None = None,
) -> tuple[Weighed, ...]:
    """`texts` are the sentences as a reader gets them, one for each; `values`, also one for each, what code
    wrote into them, by the id of what it is of. What stands within such a value is that value. `grounds`
    are what a model's own words must stand on."""
    written = values or [{}] * len(sentences)
    return tuple(
        _weighed(sentence, text, index, words, language, given, grounds)
        for sentence, text, given in zip(sentences, texts, written, strict=True)
    )


def _weighed(
    sentence: Sentence,
    text: str,
    index: Index,
    words: Words,
    language: Language,
    values: Mapping[str, str],
    grounds: Grounds | None,
) -> Weighed:
    if words not in LEVELS:
        standing = Standing.SUPPORTED if sentence.rests_on else Standing.NO_CLAIM
        return Weighed(
            section=sentence.section, text=text, rests_on=sentence.rests_on, standing=standing
        )
    claims = [_given(claim, values) for one in judge(text, index) for claim in one.claims]
    if words is Words.MODEL and grounds is not None:
        claims += ungrounded(text, values, sentence.rests_on, index, grounds)
    order = list(Standing)
    return Weighed(
        section=sentence.section,
        text=text,
        rests_on=sentence.rests_on,
        standing=max((c.standing for c in claims), default=Standing.NO_CLAIM, key=order.index),
        claims=tuple(map(_claimed, claims[:MOST_CLAIMS])),
        findings=tuple(islice(_findings(claims, words, language), MOST_FINDINGS)),
    )


def _given(claim: Claim, values: Mapping[str, str]) -> Claim:
    """A promised time is rounded by code, a state worded by it: neither is the record's own word."""
    if claim.standing in (Standing.SUPPORTED, Standing.NO_CLAIM) or not claim.words:
        return claim
    own = [of for of, text in values.items() if squeezed(claim.words) in squeezed(text)]
    if not own:
        return claim
    return replace(claim, standing=Standing.SUPPORTED, evidence=tuple(own), reason=None)


def _claimed(claim: Claim) -> Claimed:
    return Claimed(
        kind=claim.kind,
        words=claim.words,
        standing=claim.standing,
        evidence=claim.evidence,
        reason=claim.reason,
    )


def _in_short(claim: Claim) -> str:
    """For programs and logs; people read the reason's sentence."""
    reason = claim.reason
    return " ".join((reason.code, *reason.values.values())) if reason else ""


def _findings(claims: Sequence[Claim], words: Words, language: Language) -> Iterator[Finding]:
    for claim in claims:
        level = LEVELS[words].get(claim.standing)
        if level is not None:
            yield Finding(
                check=CHECK,
                rule=RULES[claim.standing],
                level=level,
                form="prose",
                language=language,
                excerpt=claim.words,
                detail=f"{claim.kind}: {_in_short(claim)}",
                words=words,
            )
