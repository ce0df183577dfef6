"""The shipped texts, rendered from any part of the samples."""

from __future__ import annotations

from pipeline.domain.communication import Form, Kind, Rendition
from pipeline.domain.directory import Language
from pipeline.domain.facts import Audience, Brief, Level
from pipeline.domain.findings import Finding
from pipeline.drafting.proof import (
    NOW,
    sample_brief,
    sample_communication,
    sample_context,
    samples,
)
from pipeline.drafting.slots import Context
from pipeline.drafting.templates import Templates
from pipeline.flow.checked import Drafting, drafted
from pipeline.guard import Phrases
from prompts import ROOT, read_texts

__all__ = ["FILES", "NOW", "TEMPLATES"]

FILES = read_texts(ROOT)
TEMPLATES = Templates.load(FILES, validate=False)
PHRASES = Phrases.load(FILES)
SAMPLES = samples(FILES)


def brief_of(
    kind: Kind,
    audience: str,
    *,
    state: str = "in_progress",
    without: frozenset[str] = frozenset(),
    news: frozenset[str] | None = None,
) -> Brief:
    """The sample, less what is named; everything that is left is news unless `news` says what is."""
    full = sample_brief(TEMPLATES.catalogue(kind, audience), SAMPLES, state=state)
    facts = tuple(f for f in full.facts if f.attribute not in without)
    clearance = Level.AFFECTED if audience == "requester" else Level.INTERNAL
    known = frozenset(f.attribute for f in facts)
    return full.model_copy(
        update={
            "facts": facts,
            "news": known if news is None else known & news,
            "audience": Audience(role=audience, clearance=clearance),
        }
    )


def written(
    kind: Kind,
    audience: str,
    brief: Brief,
    language: Language,
    form: Form = Form.MAIL,
    *,
    context: Context | None = None,
) -> Rendition:
    return TEMPLATES.render(
        sample_communication(kind, audience),
        brief,
        language,
        form,
        now=NOW,
        context=sample_context() if context is None else context,
    )


def findings(kind: Kind, audience: str, brief: Brief, form: Form) -> list[Finding]:
    """What the guard finds in either language."""
    drafting = Drafting(
        templates=TEMPLATES,
        phrases=PHRASES,
        communication=sample_communication(kind, audience),
        brief=brief,
        hidden=(),
        context=sample_context(),
        now=NOW,
    )
    drafts = drafted(drafting, [form])
    return [finding for draft in drafts for finding in draft.verdict.findings]
