"""The list of phrases is a tested population, and a bad one is refused with its line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import Misconfigured
from pipeline.domain.findings import FindingLevel, Words
from pipeline.guard import Phrases
from prompts import ROOT, read_texts
from tests.unit.guard.builders import shipped

ENTRIES = {e["id"]: e for e in yaml.safe_load(read_texts(ROOT)["phrases.yaml"])["phrases"]}
GOOD = """\
version: 1
phrases:
  - id: soon
    why: it is no time
    level: block
    zh: {patterns: [尽快], found: [请尽快], spared: [快递]}
    en:
      patterns: ['\\bsoon\\b']
      found: [see you soon]
      spared: [sooner]
"""


@pytest.mark.parametrize("id_", ENTRIES)
def test_each_shipped_phrase_finds_its_examples_and_spares_the_others(id_: str) -> None:
    """In both languages, and no other phrase is needed for it."""
    phrase = next(p for p in shipped().forbidden if p.id == id_)
    for language in LANGUAGES:
        entry: dict[str, Any] = ENTRIES[id_][language]
        assert all(phrase.patterns[language].search(text) for text in entry["found"])
        assert not any(phrase.patterns[language].search(text) for text in entry["spared"])


@pytest.mark.parametrize("id_", ENTRIES)
def test_what_one_phrase_spares_no_other_stops(id_: str) -> None:
    """A near miss is a sentence that we may well write."""
    for language in LANGUAGES:
        for text in ENTRIES[id_][language]["spared"]:
            assert not [p.id for p in shipped().forbidden if p.patterns[language].search(text)]


def test_levels_are_by_whose_words() -> None:
    """Ours and a model's as the list says, a person's a warning, a quotation's nothing, by default."""
    (phrase,) = Phrases.load({"phrases.yaml": GOOD}).forbidden
    block, warn = FindingLevel.BLOCK, FindingLevel.WARN
    assert phrase.levels == {Words.TEMPLATE: block, Words.MODEL: block, Words.PERSON: warn}


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("[请尽快]", "[请快]", "phrases.yaml:6: soon: is not found in: 请快"),
        ("[sooner]", "[so soon]", "phrases.yaml:10: soon: is found in words to be spared: so soon"),
        ("level: block", "level: stop", "phrases.yaml:5: phrases.0.level"),
        ("'\\bsoon\\b'", "'(soon'", "phrases.yaml:8: phrases.0.en.patterns.0: is not a regular"),
        ("'\\bsoon\\b'", "'x*'", "phrases.yaml:8: phrases.0.en.patterns.0: is found in every text"),
        ("    why: it is no time\n", "", "phrases.yaml:3: phrases.0.why: Field required"),
        (
            "    level: block",
            "    level: block\n    level: hold",
            "phrases.yaml:6: level stands here",
        ),
        ("level: block", "level: [block", "phrases.yaml:6: is not YAML"),
        ("[sooner]", "&a [sooner]\n    other: *a", "phrases.yaml: uses a YAML alias"),
        ("version: 1", "version: 2", "phrases.yaml:1: version"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(old: str, new: str, where: str) -> None:
    """So that whoever edits it finds the place."""
    with pytest.raises(Misconfigured) as refused:
        Phrases.load({"phrases.yaml": GOOD.replace(old, new)})
    assert str(refused.value).startswith(where)


def test_every_problem_is_listed() -> None:
    """One run shows all there is to correct."""
    text = GOOD.replace("[请尽快]", "[请快]").replace("[sooner]", "[so soon]")
    with pytest.raises(Misconfigured) as refused:
        Phrases.load({"phrases.yaml": text + text.split("phrases:\n")[1]})
    assert len(refused.value.problems) == 5


@pytest.mark.parametrize("files", [{}, {"phrases.yaml": ""}, {"phrases.yaml": "[]"}])
def test_no_list_is_no_start(files: dict[str, str]) -> None:
    """A guard without its list would let everything pass."""
    with pytest.raises(Misconfigured):
        Phrases.load(files)
