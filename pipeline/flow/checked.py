"""A brief becomes texts in both languages and every form that is needed, each looked at by the guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from ..domain.communication import Communication, Draft, Form, Rendition
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Unusable
from ..domain.facts import Brief, Fact
from ..domain.findings import Finding, FindingLevel, Verdict
from ..domain.times import to_text
from ..drafting.brief import told_values
from ..drafting.catalogue import Catalogue
from ..drafting.passages import Wording
from ..drafting.slot_names import DETACHED_FROM, ONCE, OUTAGE_NUMBER, TICKET_LINKS
from ..drafting.slots import Context
from ..drafting.templates import Templates
from ..guard import Examined, Phrases, examine

NEWS_AT = "news_at"
"""No attribute of a record: when this audience was told something new last."""
MOST_ENTRIES = 200
"""Of a list that is told once: how many of its entries are remembered as told."""
_TAKEN_BACK_BY = {OUTAGE_NUMBER: DETACHED_FROM, DETACHED_FROM: OUTAGE_NUMBER}
"""Whose ticket does not belong to a failure after all is told so again should it belong to it again."""
Texts = Mapping[tuple[Language, Form], Rendition]

log = structlog.get_logger(__name__)


Checked = dict[Language, tuple[Rendition, tuple[Finding, ...]]]


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """All that a text is drafted and judged with. `hidden` are the record's facts that this audience may not
    know; `wording` is what a model wrote for it, if one did."""

    templates: Templates
    phrases: Phrases
    communication: Communication
    brief: Brief
    hidden: tuple[Fact, ...]
    context: Context
    now: datetime
    wording: Wording | None = None
    part: str | None = None
    """The text that is taken, in place of the one that fits the ticket."""


def drafted(drafting: Drafting, forms: Iterable[Form]) -> tuple[Draft, ...]:
    """Always both languages: they are checked against each other (law 14)."""
    found = [_best(drafting, form) for form in sorted(forms)]
    return tuple(
        Draft(
            communication=drafting.communication.id,
            language=language,
            renditions=tuple(one[language][0] for one in found),
            verdict=Verdict(findings=tuple(f for one in found for f in one[language][1])),
        )
        for language in LANGUAGES
    )


def _best(drafting: Drafting, form: Form) -> Checked:
    """In a model's words where they fit this form in both languages and nothing holds them; else in the
    fixed ones. No model's sentence is worth a message that waits for a person."""
    if drafting.wording is not None:
        try:
            told = _checked(drafting, form, drafting.wording)
        except Unusable as unusable:
            log.info("a model's words do not fit", form=form.value, why=str(unusable))
        else:
            if all(text.by_model and not _stops(findings) for text, findings in told.values()):
                return told
    return _checked(drafting, form, None)


def _checked(drafting: Drafting, form: Form, wording: Wording | None) -> Checked:
    d, c = drafting, drafting.communication
    texts = {
        language: d.templates.render(
            *(c, d.brief, language, form),
            now=d.now,
            context=d.context,
            wording=wording,
            part=d.part,
        )
        for language in LANGUAGES
    }
    return {language: (text, _findings(d, texts, language)) for language, text in texts.items()}


def _findings(
    drafting: Drafting, texts: Mapping[Language, Rendition], language: Language
) -> tuple[Finding, ...]:
    c, form = drafting.communication, texts[language].form
    catalogue = drafting.templates.catalogue(c.kind, c.audience)
    examined = Examined(
        rendition=texts[language],
        sibling=texts["en" if language == "zh" else "zh"],
        kind=c.kind,
        brief=drafting.brief,
        hidden=drafting.hidden,
        required=catalogue.required_in(form),
        absent=TICKET_LINKS & drafting.context.without,
        limits=catalogue.limits_of(form, language),
    )
    return examine(examined, drafting.phrases).findings


def _stops(findings: Iterable[Finding]) -> bool:
    return any(finding.level >= FindingLevel.HOLD for finding in findings)


def told_after(
    before: Mapping[str, str],
    drafts: tuple[Draft, ...],
    brief: Brief,
    catalogue: Catalogue,
    now: datetime,
) -> dict[str, str]:
    """What the audience knows now: what the text said, so that the rest stays news. And since when: a
    text that says only that nothing is new is no news itself."""
    used = {v.fact for d in drafts for r in d.renditions for v in r.values}
    said = {fact.attribute for fact in brief.facts if fact.id in used} | catalogue.implies
    values = told_values(brief)
    taken_back = {
        name
        for name, other in _TAKEN_BACK_BY.items()
        if other in said and before.get(name) == values.get(other)
    }
    kept = {name: value for name, value in before.items() if name not in said | taken_back}
    for name in said & ONCE & before.keys():
        entries = f"{before[name]}\n{values[name]}".split("\n")
        values[name] = "\n".join(entries[-MOST_ENTRIES:])
    since = {NEWS_AT: to_text(now)} if brief.news or NEWS_AT not in before else {}
    return kept | {name: value for name, value in values.items() if name in said} | since
