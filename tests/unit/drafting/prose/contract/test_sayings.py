"""Each problem has a sentence for whoever shall mend it, and a level; a file that lacks one is refused."""

from __future__ import annotations

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.drafting.prose.contract import Code
from pipeline.drafting.prose.contract.problems import FILE, MOST_TOLD, Found, Sayings, told

from .assignments import texts

SAYINGS = Sayings(texts())


@pytest.mark.parametrize("code", Code)
def test_each_problem_is_told_in_a_sentence(code: Code) -> None:
    """With the words in question where it names them; only a long sentence is let through."""
    problem = SAYINGS.problem(Found(code=code, words="WORDS"), 2)
    assert problem.told.endswith(".")
    assert "{words}" not in problem.told
    assert problem.stops is (code is not Code.LONG)


def test_the_first_problems_are_told_and_the_rest_counted() -> None:
    found = [SAYINGS.problem(Found(code=Code.NUMBER, words="x"), n) for n in range(1, 41)]
    lines = told(found).splitlines()
    assert len(lines) == MOST_TOLD + 1
    assert lines[-1] == f"- and {40 - MOST_TOLD} more like these"


def test_warnings_are_not_told_to_a_model() -> None:
    assert told([SAYINGS.problem(Found(code=Code.LONG), 1)]) == ""


BROKEN = (
    ("  empty: ", "  emptied: ", r"problems\.yaml:\d+: problems\.emptied"),
    ("stop, says", "block, says", r"problems\.yaml:\d+: problems\.\w+\.level: must be 'stop'"),
    ("{{F1}}", "{F1}", "braces"),
    ("version: 1", "version: 2", r"problems\.yaml:\d+: version: must be 1"),
)


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN, ids=[one[1] for one in BROKEN])
def test_a_file_that_does_not_fit_is_refused(old: str, new: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        Sayings({FILE: texts()[FILE].replace(old, new, 1)})


def test_a_problem_without_a_sentence_is_named() -> None:
    lines = [line for line in texts()[FILE].splitlines() if not line.startswith("  markup:")]
    with pytest.raises(Misconfigured, match="markup is missing"):
        Sayings({FILE: "\n".join(lines)})
    with pytest.raises(Misconfigured, match="is missing"):
        Sayings({})
