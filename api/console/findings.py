"""What did the check find, in the reader's language? A finding's rule has a sentence in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.domain.directory import Language
from pipeline.domain.findings import Finding
from pipeline.guard.phrases import Phrases

from .words import catalogue

SENTENCE, SLOT = "found:", "slot:"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One finding as a page shows it, in one language or both. `words` is the place in the text, or the
    slot by its name."""

    finding: Finding
    languages: tuple[str, ...]
    sentence: str
    words: str
    figures: str = ""


def told(findings: Iterable[Finding], language: Language, phrases: Phrases) -> list[Told]:
    """The weightiest first. A rule without a sentence (an older one, or of a list that was replaced)
    keeps its English."""
    alike: dict[Finding, list[Finding]] = {}
    for found in findings:
        alike.setdefault(found.model_copy(update={"language": ""}), []).append(found)
    return [
        Told(
            finding=f,
            languages=tuple(same.language for same in alike[f]),
            sentence=sentence(f.rule, language, phrases) or f.detail or f.rule,
            words=_words(f.excerpt, language),
            figures=f"{f.length} / {f.limit}" if f.length is not None else "",
        )
        for f in sorted(alike, key=lambda f: -f.level)
    ]


def sentence(rule: str, language: Language, phrases: Phrases) -> str | None:
    """The catalogue's, or what the list of phrases says about one that must not be said."""
    known = catalogue(language).get(SENTENCE + rule)
    if known is not None:
        return known
    return next((p.why[language] for p in phrases.forbidden if p.id == rule), None)


def _words(excerpt: str, language: Language) -> str:
    return catalogue(language).get(SLOT + excerpt, excerpt)
