"""What would the guard say of a text once it is sent? Asked before, by the very steps of sending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...domain.directory import Language
from ...domain.errors import TooLarge, WrongState
from ...domain.findings import Finding, Words
from ...domain.incident import Incident
from ...domain.summary import Summary
from ...guard.checks.credentials import CHECK as CREDENTIALS
from ...guard.checks.disclosure import CHECK as DISCLOSURE
from ...guard.comparing import squeezed
from ...policy.summaries import reaches_nobody
from ..preview import Preview
from .leaving import leaving
from .stated import payload_of

FORM = "prose"


def said_at_sending(
    preview: Preview, incident: Incident, summary: Summary, *, by: str, known: Sequence[Finding]
) -> tuple[Finding, ...]:
    """About the words that leave, in any message that the rules would make of them, each finding once and
    none that is `known`; of what the texts around them say she is told when it is there. What cannot be
    sent at all is refused there."""
    if reaches_nobody(summary.audience):
        return ()
    try:
        payload = payload_of(incident, [summary], by)
        drafted = preview.of(incident.id, payload)
    except (WrongState, TooLarge):
        return ()
    found = (finding for one in drafted for finding in one.findings)
    return _not_known(found, known, leaving(summary).text, summary.language)


def _not_known(
    found: Iterable[Finding], known: Sequence[Finding], text: str, language: Language
) -> tuple[Finding, ...]:
    """In the text's own language, and one form: each message would bring the same once more."""
    met = {(one.check, one.rule, one.excerpt, one.level) for one in known}
    told: dict[tuple[str, str, str, int], Finding] = {}
    for one in found:
        key = (one.check, one.rule, one.excerpt, one.level)
        if key not in met and _is_about(one, text):
            told.setdefault(key, one.model_copy(update={"form": FORM, "language": language}))
    return tuple(told.values())


def _is_about(finding: Finding, text: str) -> bool:
    """Her words, and not another's in the same message; what gives a hidden thing away names no words."""
    if finding.words is Words.PERSON:
        named = squeezed(finding.excerpt) in squeezed(text)
        return named or finding.check == CREDENTIALS
    return finding.check == DISCLOSURE
