"""How is a model asked for a text, and what of its answer may be used? Rows of one contract, held by code.

Nothing here asks a model: whoever does gets a question, and brings the answer's words back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from pydantic import BaseModel

from knowledge.errors import UnfitAnswer
from knowledge.generation.prompt import Asked, Prompt
from knowledge.generation.reading import LONGEST_ANSWER, read

from ....domain.directory import LANGUAGES, Language
from ....model_ports import Turn
from ...catalogue import load_states
from ..assignment import SECTIONS, Assignment
from ..lengths import LONGEST_SENTENCE, MOST_SENTENCES
from .form import Answer
from .judging import Fit, Unfit, judged
from .known import against
from .offer import Offer, offered
from .problems import Code, Found, Sayings
from .runs import Run, runs_of
from .shown import Shown, name_of, slot_text
from .tables import Tables
from .text import Text

_A_LINE = 30
"""Characters of a line of instructions by which they are known: headings are everybody's words."""
PASSAGE, OTHER = "prose/passage", "prose/other"


@dataclass(frozen=True, kw_only=True)
class Question:
    """`prompt` and `material` are the versions of what the model is told: the same both, the same answer."""

    turns: tuple[Turn, ...]
    form: type[BaseModel]
    prompt: str
    material: str


class Contract:
    """Prompts and words as they are in force. `asked` and `read` take the same assignment, which was cut
    for its audience and, where a model must not see something, holds placeholders (`{P1}`) in its place."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Of the files below `prompts/`. Raises Misconfigured or Refused, naming the file."""
        self._states = load_states(texts)
        self._tables = Tables.load(texts, self._states)
        self._sayings = Sayings(texts)
        self._prompts = {
            (name, language): Prompt(texts, name, words)
            for language in LANGUAGES
            for words in [self._shared(texts, language)]
            for name in (*(f"summaries/{kind}" for kind in SECTIONS), PASSAGE, OTHER)
        }
        self._told_to_do = frozenset[Run]().union(
            *(runs_of(line) for p in self._prompts.values() for line in _rules_of(p))
        )
        self._repair = Prompt(texts, "prose/repair", {})

    def asked(
        self, assignment: Assignment, placeholders: Mapping[str, str] | None = None
    ) -> Question:
        """The question for a first text. `placeholders` say what each stands for; a model may use those."""
        offer = offered(assignment, placeholders)
        shown = Shown(assignment, offer, self._states)
        facts, candidates = shown.facts(offer.of("F")), shown.facts(offer.of("C"))
        lines = shown.lines()
        name = f"summaries/{assignment.kind}" if assignment.kind in SECTIONS else PASSAGE
        prompt = self._prompts[name, assignment.language]
        asked = prompt.asked(
            kind=assignment.kind.replace("_", " "),
            audience=assignment.audience.role.replace("_", " "),
            most=MOST_SENTENCES[assignment.length],
            mark=shown.mark(facts, candidates, lines),
            facts=facts,
            candidates=candidates,
            lines=lines,
            older_lines=offer.older_lines,
            older_facts=offer.older_facts,
        )
        return _question(asked, prompt.version)

    def asked_in_other(
        self, first: Fit, assignment: Assignment, placeholders: Mapping[str, str] | None = None
    ) -> Question:
        """The question for the same text in the assignment's language, when `first` is in the other one."""
        offer = offered(assignment, placeholders)
        shown = Shown(assignment, offer, self._states)
        used = {slot.name: slot for text in first.texts for slot in text.slots}
        slots = shown.slots(used.values())
        sentences = [_shown_sentence(text, offer) for text in first.texts]
        prompt = self._prompts[OTHER, assignment.language]
        asked = prompt.asked(mark=shown.mark(slots, sentences), slots=slots, sentences=sentences)
        return _question(asked, prompt.version)

    def repaired(self, question: Question, said: str, unfit: Unfit) -> Question:
        """The same question once more, with what was wrong with the answer to it. Of an answer without end
        the beginning goes back: each word is paid for."""
        said = said[:LONGEST_ANSWER]
        asked = self._repair.asked(problems=unfit.told)
        again = Turn(speaker="human", text=f"{asked.instructions}\n\n{asked.material}")
        return replace(
            question,
            turns=(*question.turns, Turn(speaker="ai", text=said), again),
            prompt=f"{question.prompt}+{self._repair.version}",
            material=_digest(question.material, said, again.text),
        )

    def unfit(self, found: Iterable[tuple[int | None, str]]) -> Unfit:
        """What a check of the filled text found, as (sentence from 1, words that nothing holds)."""
        return Unfit(
            problems=tuple(
                self._sayings.problem(Found(code=Code.CLAIM, words=words), n) for n, words in found
            )
        )

    def read(
        self,
        said: str,
        assignment: Assignment,
        placeholders: Mapping[str, str] | None = None,
        *,
        names: Iterable[str] = (),
        like: Fit | None = None,
        tells: Collection[str] = (),
    ) -> Fit | Unfit:
        """What the model's words are worth. `names` are more names that only slots may tell: a
        service's aliases, whole names of people; `like` is the same text in the other language, when this one shall say the same; `tells` are ids
        of facts of which none may be left out."""
        try:
            answer = read(Answer, said).form
        except UnfitAnswer as unfit:
            return Unfit(problems=(self._sayings.problem(_of_form(unfit), None),))
        offer = offered(assignment, placeholders)
        held = against(assignment, offer, self._tables, names, self._told_to_do)
        return judged(answer, offer, assignment, held, self._sayings, like, tells)

    def _shared(self, texts: Mapping[str, str], language: Language) -> dict[str, int | str]:
        """What every prompt of a language says: the rules, with their numbers and lists rendered in."""
        numbers: dict[str, int | str] = {
            "language": name_of(language),
            "longest": LONGEST_SENTENCE[language],
            "unit": "characters" if language == "zh" else "words",
            "hedges": ", ".join(self._tables.hedge_words[language]),
            "told": ", ".join(self._tables.told_words[language]),
        }
        rules = Prompt(texts, "prose/rules", numbers).instructions
        return {"language": name_of(language), "rules": rules}


def _question(asked: Asked, version: str) -> Question:
    turns = (
        Turn(speaker="system", text=asked.instructions),
        Turn(speaker="human", text=asked.material),
    )
    return Question(turns=turns, form=Answer, prompt=version, material=_digest(asked.material))


def _rules_of(prompt: Prompt) -> Iterator[str]:
    """The instructions line by line: no run of words goes over the end of one."""
    yield from (line for line in prompt.instructions.splitlines() if len(line) > _A_LINE)


def _digest(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:16]


def _of_form(unfit: UnfitAnswer) -> Found:
    return Found(code=Code.FORM, words=str(unfit).rstrip("."))


def _shown_sentence(text: Text, offer: Offer) -> dict[str, str]:
    by_ground = {
        slot.ground: slot.name for slot in reversed([*offer.slots.values()]) if slot.ground
    }
    return {
        "section": text.section,
        "slots": " ".join(f"{{{slot.name}}}" for slot in text.slots),
        "rests_on": " ".join(by_ground[ground] for ground in text.ids),
        "text": slot_text(text.pieces),
    }
