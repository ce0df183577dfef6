"""Would the guard let these texts leave? Asked before they are put in force, with samples and floors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..domain.communication import Form, Kind
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import misconfigured
from ..domain.findings import FindingLevel
from ..drafting.proof import NOW, sample_brief, sample_communication, sample_context, samples
from ..drafting.slots import Context
from ..drafting.templates import Templates
from ..guard import Examined, Phrases, examine


def prove(templates: Templates, phrases: Phrases, files: Mapping[str, str]) -> None:
    """Raises Misconfigured with every finding above a warning."""
    problems = [
        problem
        for kind, audience in templates.population
        for floor in (False, True)
        for problem in _one(templates, phrases, files, kind, audience, floor)
    ]
    if problems:
        raise misconfigured(list(dict.fromkeys(problems)))


def _one(
    templates: Templates,
    phrases: Phrases,
    files: Mapping[str, str],
    kind: Kind,
    audience: str,
    floor: bool,
) -> Iterator[tuple[str, str]]:
    catalogue = templates.catalogue(kind, audience)
    brief = sample_brief(catalogue, samples(files), floor=floor)
    context = Context() if floor else sample_context()
    communication = sample_communication(kind, audience)
    for form in Form:
        texts = {
            language: templates.render(
                communication, brief, language, form, now=NOW, context=context
            )
            for language in LANGUAGES
        }
        for language in LANGUAGES:
            other: Language = "en" if language == "zh" else "zh"
            examined = Examined(
                rendition=texts[language],
                sibling=texts[other],
                kind=kind,
                brief=brief,
                hidden=(),
                required=catalogue.required_in(form),
                limits=catalogue.limits_of(form, language),
            )
            for finding in examine(examined, phrases).findings:
                if finding.level > FindingLevel.WARN:
                    where = f"messages/{kind.value}/{audience}.{language}.jinja"
                    words = f"{finding.excerpt} {finding.detail}".strip()
                    yield (
                        where,
                        f"{form.value}: {finding.check}, {finding.rule}: {words}".rstrip(": "),
                    )
