"""A brief becomes texts in both languages and every form that is needed, each looked at by the guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..domain.communication import Communication, Draft, Form, Rendition
from ..domain.directory import LANGUAGES, Language
from ..domain.facts import Brief, Fact
from ..domain.findings import Finding, Verdict
from ..domain.times import to_text
from ..drafting.brief import told_values
from ..drafting.catalogue import Catalogue
from ..drafting.slot_names import ONCE
from ..drafting.slots import Context
from ..drafting.templates import Templates
from ..guard import Examined, Phrases, examine

NEWS_AT = "news_at"
"""No attribute of a record: when this audience was told something new last."""
MOST_ENTRIES = 200
"""Of a list that is told once: how many of its entries are remembered as told."""
Texts = Mapping[tuple[Language, Form], Rendition]


def drafted(
    templates: Templates,
    phrases: Phrases,
    c: Communication,
    brief: Brief,
    *,
    hidden: tuple[Fact, ...],
    forms: Iterable[Form],
    context: Context,
    now: datetime,
) -> tuple[Draft, ...]:
    """Always both languages: they are checked against each other (law 14). `hidden` are the record's
    facts that this audience may not know."""
    texts = {
        (language, form): templates.render(c, brief, language, form, now=now, context=context)
        for form in sorted(forms)
        for language in LANGUAGES
    }
    catalogue = templates.catalogue(c.kind, c.audience)
    return tuple(
        _draft(phrases, c, texts, catalogue, brief, hidden, language) for language in LANGUAGES
    )


def _draft(
    phrases: Phrases,
    c: Communication,
    texts: Texts,
    catalogue: Catalogue,
    brief: Brief,
    hidden: tuple[Fact, ...],
    language: Language,
) -> Draft:
    renditions = tuple(text for (of, _), text in texts.items() if of == language)
    other: Language = "en" if language == "zh" else "zh"
    findings: list[Finding] = []
    for rendition in renditions:
        examined = Examined(
            rendition=rendition,
            sibling=texts[other, rendition.form],
            kind=c.kind,
            brief=brief,
            hidden=hidden,
            required=catalogue.required_in(rendition.form),
            limits=catalogue.limits_of(rendition.form, language),
        )
        findings += examine(examined, phrases).findings
    return Draft(
        communication=c.id,
        language=language,
        renditions=renditions,
        verdict=Verdict(findings=tuple(findings)),
    )


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
    kept = {name: value for name, value in before.items() if name not in said}
    values = told_values(brief)
    for name in said & ONCE & before.keys():
        entries = f"{before[name]}\n{values[name]}".split("\n")
        values[name] = "\n".join(entries[-MOST_ENTRIES:])
    since = {NEWS_AT: to_text(now)} if brief.news or NEWS_AT not in before else {}
    return kept | {name: value for name, value in values.items() if name in said} | since
