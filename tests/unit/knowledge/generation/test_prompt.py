"""A prompt says what it needs, and is refused with its file's name when it does not keep to that."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from knowledge.errors import Refused
from knowledge.generation import questions, reranking
from knowledge.generation.prompt import Prompt, mark_of

from .articles import TEXTS

GOOD = {
    "p.jinja": "== instructions ==\nWrite {{ n }}.\n== material ==\n{{ text }}\n",
    "p.yaml": "inputs: {text: what is read}\nexample: {text: Hello}\n",
}
SHIPPED = sorted(
    name.removesuffix(".jinja")
    for name in TEXTS
    if name.startswith(("knowledge/", "model/")) and name.endswith(".jinja")
)
NUMBERS = {
    "knowledge/questions": questions.NUMBERS,
    "knowledge/reranking": {"most": reranking.MOST},
}


@pytest.mark.parametrize("name", SHIPPED)
def test_each_shipped_prompt_renders_with_its_example(name: str) -> None:
    """Strictly: what it uses is what it declares, and nothing is left open."""
    example = Prompt(TEXTS, name, NUMBERS.get(name, {})).example
    assert example.instructions
    assert example.material
    assert "{{" not in example.instructions + example.material


BAD = (
    ({"p.jinja": None}, "p.jinja: is missing"),
    ({"p.yaml": None}, "p.yaml: is missing"),
    ({"p.yaml": "{"}, "is not YAML"),
    ({"p.yaml": "inputs: {}"}, "needs exactly"),
    ({"p.yaml": "inputs: [text]\nexample: {text: x}"}, "map names"),
    ({"p.yaml": "inputs: {text: x}\nexample: {}"}, "example's inputs"),
    ({"p.yaml": "inputs: {text: x, more: y}\nexample: {text: x, more: y}"}, "more"),
    ({"p.jinja": "Write.\n"}, "== instructions =="),
    ({"p.jinja": "== instructions ==\n{{ n }}\n"}, "== material =="),
    ({"p.jinja": GOOD["p.jinja"].replace("text", "other")}, "other, text"),
    ({"p.jinja": GOOD["p.jinja"].replace("{{ n }}", "5")}, "numbers"),
    ({"p.jinja": GOOD["p.jinja"].replace("}}", "")}, "p.jinja"),
)


@pytest.mark.parametrize(("changed", "sentence"), BAD, ids=[one[1] for one in BAD])
def test_a_prompt_that_breaks_its_word_is_refused(
    changed: dict[str, str | None], sentence: str
) -> None:
    files = {name: text for name, text in {**GOOD, **changed}.items() if text is not None}
    with pytest.raises(Refused, match=sentence):
        Prompt(files, "p", {"n": 5})


def test_an_input_that_is_missing_stops_it() -> None:
    with pytest.raises(UndefinedError):
        Prompt(GOOD, "p", {"n": 5}).asked()


def test_its_version_follows_its_words_and_numbers() -> None:
    versions = [
        Prompt(GOOD, "p", {"n": 5}).version,
        Prompt(GOOD, "p", {"n": 6}).version,
        Prompt(GOOD | {"p.jinja": GOOD["p.jinja"] + "x"}, "p", {"n": 5}).version,
        Prompt(dict(GOOD), "p", {"n": 5}).version,
    ]
    assert versions[0] == versions[3]
    assert len(set(versions)) == 3


def test_a_mark_follows_from_what_it_marks() -> None:
    assert mark_of("a", "b") != mark_of("ab", "")
    assert len(mark_of("\ud800")) == 12
