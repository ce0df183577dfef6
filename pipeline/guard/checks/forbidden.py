"""Does the text say what must never be said? The phrases of `prompts/phrases.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.directory import LANGUAGES
from ...domain.findings import Finding, Words
from ..examined import Examined
from ..phrases import Phrases

CHECK = "forbidden"


def forbidden(examined: Examined, phrases: Phrases) -> Iterator[Finding]:
    """Our words in their own language; people write in either."""
    states = examined.states
    concerning = [phrase for phrase in phrases.forbidden if phrase.concerns(states)]
    for phrase in concerning:
        found = phrase.patterns[examined.rendition.language].search(examined.ours)
        if found:
            level = phrase.levels[Words.TEMPLATE]
            yield examined.finding(CHECK, phrase.id, level, found[0], phrase.why["en"])
    for said in examined.theirs:
        for phrase in concerning:
            if said.words not in phrase.levels:
                continue
            for language in LANGUAGES:
                found = phrase.patterns[language].search(said.read)
                if found:
                    yield examined.finding(
                        CHECK,
                        phrase.id,
                        phrase.levels[said.words],
                        found[0],
                        phrase.why["en"],
                        words=said.words,
                    )
