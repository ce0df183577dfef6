"""Which terms of a title, a body and a question are counted, and in which fields?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from ..answer import LONGEST_QUESTION
from ..ports import Indexed
from .concepts import Glossary, glossary
from .identifiers import identifiers
from .normal import HAN, normal
from .words import Cutter, bigrams, neighbours

LEAD = 60
"""Words of a body that say what it is about, as a rule."""
OPENING = 20
"""Words of a first sentence, which says again what the title said."""


class Field(StrEnum):
    """What of an article is counted apart from the rest."""

    WORDS = "words"
    BIGRAMS = "bigrams"
    PAIRS = "pairs"
    LEAD = "lead"
    OPENING = "opening"
    NAMES = "names"
    CONCEPTS = "concepts"
    TITLE = "title"
    TITLE_PAIRS = "title_pairs"
    GENERATED = "generated"
    SOLVED = "solved"
    REFUSED = "refused"


_WRITTEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W\u3400-\u4dbf\u4e00-\u9fff]+")

Terms = Mapping[Field, Counter[str]]


class Analyser:
    """Turns texts into terms. Articles and questions go through the same one, or they never meet."""

    def __init__(self, cutter: Cutter | None = None, known: Glossary | None = None) -> None:
        self._cutter = cutter or Cutter()
        self._glossary = known or glossary()

    @property
    def dictionary(self) -> str:
        """A digest of the site's own words, by which texts are cut."""
        return self._cutter.digest

    def of_article(self, row: Indexed) -> dict[Field, Counter[str]]:
        """Terms of each field. The title counts as part of the text too."""
        head, text = normal(row.article.title), normal(row.article.body)
        whole = f"{head}\n{text}"
        title_words = self._cutter.words(head)
        body_words = self._cutter.words(text)
        words = title_words + body_words
        return {
            Field.WORDS: Counter(words),
            Field.BIGRAMS: Counter(bigrams(whole)),
            Field.PAIRS: Counter(neighbours(body_words)),
            Field.LEAD: Counter(words[:LEAD]),
            Field.OPENING: Counter(body_words[:OPENING]),
            Field.NAMES: Counter(_names(whole, words)),
            Field.CONCEPTS: Counter(self._glossary.concepts(whole, self._cutter)),
            Field.TITLE: Counter(title_words),
            Field.TITLE_PAIRS: Counter(neighbours(title_words)),
            Field.GENERATED: self._counted(row.generated),
            Field.SOLVED: self._counted(row.solved),
            Field.REFUSED: self._counted(row.refused),
        }

    def of_question(self, text: str) -> dict[Field, Counter[str]]:
        """What is asked of each field."""
        asked = normal(text[:LONGEST_QUESTION])
        words = self._cutter.words(asked)
        counted, paired = Counter(words), Counter(neighbours(words))
        return {
            Field.WORDS: counted,
            Field.BIGRAMS: Counter(bigrams(asked)),
            Field.PAIRS: paired,
            Field.LEAD: counted,
            Field.OPENING: counted,
            Field.NAMES: Counter(_names(asked, words)),
            Field.CONCEPTS: Counter(self._glossary.concepts(asked, self._cutter)),
            Field.TITLE: counted,
            Field.TITLE_PAIRS: paired,
            Field.GENERATED: counted,
            Field.SOLVED: counted,
            Field.REFUSED: counted,
        }

    def words_and_concepts(self, text: str) -> Iterator[str]:
        """All that a text says, without counting it."""
        return self._glossary.words_and_concepts(normal(text), self._cutter)

    def written(self, question: str) -> dict[str, str]:
        """The term of each word by the way that the question writes it, in its order."""
        found: dict[str, str] = {}
        for run in _WRITTEN.finditer(question[:LONGEST_QUESTION]):
            plain = normal(run[0])
            # Traditional characters become as many simplified ones, as a rule.
            same = len(plain) == len(run[0])
            for term in self._cutter.words(plain):
                at = plain.find(term)
                chinese = HAN.match(term) is not None
                found[run[0][at : at + len(term)] if chinese and same else run[0]] = term
        return found

    def _counted(self, text: str) -> Counter[str]:
        return Counter(self._cutter.words(normal(text)))


def _names(normal_text: str, words: Iterable[str]) -> list[str]:
    """Identifiers, and words in Latin letters amid Chinese: products, mostly. `words` are the text's."""
    return [*identifiers(normal_text), *(word for word in words if word.isascii())]
