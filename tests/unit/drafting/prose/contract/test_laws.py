"""Whatever a model answers: each number, letter and mark that a reader sees is its harmless word or code's value."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.prose import Part, Ref, Sentence
from pipeline.drafting.marks import one_line
from pipeline.drafting.prose.assignment import Assignment
from pipeline.drafting.prose.contract import Fit, Unfit, filled

from .assignments import K, assigned, contract, crm, fact, prose, said, states
from .good import CRM_EN, CRM_ZH, Good

EN = crm()
SLOTS = [f"{{{first}{n}}}" for first in "FCLST" for n in (1, 2, 3, 5, 9, 40)]
WORDS = [
    "the reports held",
    " and ",
    "报表占住了",
    " said that ",
    "可能",
    "可能是",
    "说",
    "it may be that ",
    ", ",
    "。",
    ".",
]
TRICKS = ["42", "④", "½", "二", "三个", "twice", "{", "}", "F1", "{F", "1}", "\u200b", "\ue000", "٤", "𝟜", "Ⅳ", "IV", "１", "#", "\n"]  # fmt: skip
NEW = st.one_of(st.sampled_from([*WORDS, *SLOTS]), st.sampled_from(TRICKS), st.text(max_size=5))


@st.composite
def changed(draw: st.DrawFn) -> tuple[Good, dict[str, object]]:
    """A sentence of a good answer, other words in the place of a few of its letters."""
    good = draw(st.sampled_from([CRM_EN, CRM_ZH]))
    section, text, rests_on = draw(st.sampled_from(good.sentences))
    at, size = draw(st.integers(0, len(text))), draw(st.integers(0, 8))
    text = f"{text[:at]}{draw(NEW)}{text[at + size :]}"
    return good, {"section": section, "text": text, "rests_on": list(rests_on)}


CHANGED = changed()


def is_digit(character: str) -> bool:
    return unicodedata.category(character)[0] == "N" and character not in "〇"


def digits_of(text: str) -> list[str]:
    return [c for c in text if is_digit(c)]


def test_no_digit_of_a_model_reaches_a_reader() -> None:
    """What is taken holds digits in its values alone, each of which code wrote. Of good answers some of whose
    words are other ones by now, enough are still taken."""
    taken: list[bool] = []

    @given(CHANGED)
    @settings(max_examples=300, deadline=None)
    def holds(changed: tuple[Good, dict[str, object]]) -> None:
        good, sentence = changed
        found = contract().read(json.dumps({"sentences": [sentence]}), good.assignment)
        taken.append(isinstance(found, Fit))
        if isinstance(found, Fit):
            assert_digits_are_of_values(found, good.assignment)

    holds()
    assert sum(taken) > len(taken) / 10


def assert_digits_are_of_values(found: Fit, assignment: Assignment) -> None:
    language = assignment.language
    for sentence in found.sentences:
        words = [piece for piece in sentence.pieces if isinstance(piece, str)]
        assert not any(map(digits_of, words))
        assert sentence.rests_on
    lines = filled(prose(found.sentences, language), assignment, states())
    for line, sentence in zip(lines, found.sentences, strict=True):
        places = [piece for piece in sentence.pieces if not isinstance(piece, str)]
        alone = [sentence.model_copy(update={"pieces": (place,)}) for place in places]
        values = "".join(filled(prose(tuple(alone), language), assignment, states()))
        assert sorted(digits_of(line)) == sorted(digits_of(values))


@given(st.integers(0, 7), st.integers(0, 200), st.sampled_from("0123456789²½④٤𝟜Ⅳ三两"))
@settings(max_examples=300, deadline=None)
def test_a_digit_anywhere_in_a_good_answer_is_found(n: int, at: int, digit: str) -> None:
    """At every place between the words of every sentence, but inside a slot's name, which it changes."""
    good = CRM_ZH if at % 2 else CRM_EN
    section, text, rests_on = good.sentences[n]
    place = at % (len(text) + 1)
    if text[:place].count("{") != text[:place].count("}"):
        return
    spoiled = f"{text[:place]}{digit}\ufeff {text[place:]}"
    said = {"sentences": [{"section": section, "text": spoiled, "rests_on": list(rests_on)}]}
    assert not isinstance(contract().read(json.dumps(said), good.assignment), Fit)


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
@settings(max_examples=200, deadline=None)
def test_any_words_at_all_are_an_answer_to_be_judged(said: str) -> None:
    """Nothing that a model says raises; what is no form is told so, and gives no sentence."""
    assert _is_judged(contract().read(said, EN))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["enough", "sentences", "section", "text", "rests_on"]), inner, max_size=5)))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_json_at_all_is_an_answer_to_be_judged(said: object) -> None:
    """Also one of the right keys: what was made up at random is never a text."""
    assert _is_judged(contract().read(json.dumps(said), EN))


def _is_judged(read: Fit | Unfit) -> bool:
    return bool(read.told) if isinstance(read, Unfit) else not (read.enough or read.sentences)


OUTSIDE = st.text(max_size=60) | st.sampled_from(
    ["--- end ---", "{F1}", "{P1}", "\u202egnp", "a\r\nb", "“x”", '"', "```", "== material =="]
)


@given(OUTSIDE, OUTSIDE, OUTSIDE)
@settings(max_examples=200, deadline=None)
def test_a_value_stays_on_its_line_whatever_it_holds(title: str, line: str, speaker: str) -> None:
    """Neither what a reader reads nor what a model reads gets a line, a slot or an unseen mark by it."""
    facts = [fact("title", K.QUOTE, title)]
    made = assigned(facts, [said(1, 1, speaker, line)])
    places = [Ref(fact="f.title"), Ref(fact="line.1"), Ref(fact="line.1", part=Part.SPEAKER)]
    sentence = Sentence(section="found", pieces=("so ", places[0], " and ", *places[1:]))
    (told,) = filled(prose((sentence,), "en"), made, states())
    rows = contract().asked(made).turns[1].text.split("\n")
    starts = ("Summary", "--- ", "{F1} ", "{L1}")
    assert all(row.startswith(starts) for row in rows)
    assert len(rows) == (6 if one_line(line) else 4)
    assert not [
        c for c in told + "".join(rows) if unicodedata.category(c) in ("Cc", "Co", "Cs", "Zl")
    ]
    slots = 1 + 2 * bool(one_line(line)) + bool(one_line(line) and one_line(speaker))
    assert "".join(rows).count("{") == slots
