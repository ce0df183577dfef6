"""Do the words say what must not be said? A phrase list: strict for ours, a warning for people's."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.findings import Finding
from .examined import Examined
from .phrases import Phrases


def check(examined: Examined, phrases: Phrases) -> Iterator[Finding]:
    language = examined.rendition.language
    for phrase in phrases.phrases:
        ours = phrase.patterns.get(language)
        found = ours.search(examined.ours) if ours else None
        if found:
            yield examined.finding(
                "forbidden", phrase.rule, phrase.ours, excerpt=found[0], detail=phrase.why
            )
        if phrase.said is None:
            continue
        for words, text in examined.said:
            # People write in their own language, whatever the language of the message is.
            hit = next((m for p in phrase.patterns.values() if (m := p.search(text))), None)
            if hit:
                yield examined.finding(
                    "forbidden",
                    phrase.rule,
                    phrase.said,
                    excerpt=hit[0],
                    detail=f"{words.value}: {phrase.why}",
                )
