"""The guard finds nothing in what we ship, and nobody outside can stop a message by her words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.facts import Audience, Brief, Level, ValueKind
from pipeline.domain.findings import Finding, FindingLevel
from pipeline.drafting.marks import clean
from pipeline.drafting.proof import NOW, sample_brief, sample_communication, sample_context, samples
from pipeline.drafting.slots import Context
from pipeline.drafting.templates import Templates
from pipeline.guard import Examined, checks, examine
from prompts import ROOT, read_texts
from tests.unit.guard.builders import EN, ZH, found, rendition, shipped

FILES = read_texts(ROOT)
NASTY = (
    "尽快",
    "javascript:alert(1)",
    "2026-08-24T02:25:00Z",
    "Traceback (most recent call last):",
    "{ticket_no}",
    "None",
    "[erased]",
    "10.0.0.1",
    "http://evil.example",
    "@所有人",
    "tomorrow 10:25",
    "> quoted\n\n> twice",
    "INC-9527",
    "🎉【】",
    "human error, should have",
    "<a href=javascript:x>",
    "7",
)


@lru_cache(maxsize=1)
def templates() -> Templates:
    return Templates.load(FILES, validate=False)


def findings(kind: Kind, role: str, brief: Brief, context: Context) -> Iterator[Finding]:
    """What is found in every form and language of one text."""
    catalogue = templates().catalogue(kind, role)
    for form in Form:
        texts = {
            language: templates().render(
                sample_communication(kind, role), brief, language, form, now=NOW, context=context
            )
            for language in LANGUAGES
        }
        for language in LANGUAGES:
            examined = Examined(
                rendition=texts[language],
                sibling=texts["en" if language == "zh" else "zh"],
                kind=kind,
                brief=brief,
                hidden=(),
                required=catalogue.required_in(form),
                limits=catalogue.limits_of(form, language),
            )
            yield from examine(examined, shipped()).findings


@pytest.mark.parametrize(
    "state", ["in_progress", "waiting.requester", "waiting.approval", "closed"]
)
@pytest.mark.parametrize("floor", [False, True])
@pytest.mark.parametrize(("kind", "role"), templates().population)
def test_nothing_is_found_in_a_shipped_text(kind: Kind, role: str, floor: bool, state: str) -> None:
    """With all that may be known, and with the least, in every form and language."""
    catalogue = templates().catalogue(kind, role)
    brief = sample_brief(catalogue, samples(FILES), floor=floor, state=state)
    context = Context() if floor else sample_context()
    assert list(findings(kind, role, _as(role, brief), context)) == []


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(st.sampled_from(NASTY) | st.text(max_size=30), min_size=1, max_size=4),
    population=st.sampled_from(templates().population),
)
def test_a_reporters_words_never_stop_a_message(
    words: list[str], population: tuple[Kind, str]
) -> None:
    """Whatever stands in her title, description or reason: a warning at most."""
    said = " ".join(words) if clean(" ".join(words)) else "x"
    assert _worst(*population, said) in (None, FindingLevel.WARN)


@pytest.mark.parametrize(("kind", "role"), templates().population)
def test_long_words_of_another_script_fit_as_well(kind: Kind, role: str) -> None:
    """A Latin letter takes as much of a short message as a Chinese character, and half its width."""
    said = "Traceback (most recent call last): " * 9
    assert _worst(kind, role, said) in (None, FindingLevel.WARN)


def _worst(kind: Kind, role: str, said: str) -> FindingLevel | None:
    """Where a reporter says this wherever somebody is quoted."""
    brief = sample_brief(templates().catalogue(kind, role), samples(FILES))
    facts = tuple(
        fact.model_copy(update={"value": said}) if fact.kind is ValueKind.QUOTE else fact
        for fact in brief.facts
    )
    quoted = _as(role, brief.model_copy(update={"facts": facts}))
    return max((f.level for f in findings(kind, role, quoted, sample_context())), default=None)


@pytest.mark.parametrize("words", ["", " 没有新的进展。", "**{group}** 接着处理，您不需要做什么。"])
def test_clean_chinese_gives_no_finding(words: str) -> None:
    """Plain sentences of ours pass every check."""
    assert found(ZH + words, language="zh", sibling=rendition(ZH + words, language="zh")) == ()


@pytest.mark.parametrize("words", ["", " Nothing is recorded.", " **{group}** go on with it."])
def test_clean_english_gives_no_finding(words: str) -> None:
    """Plain sentences of ours pass every check."""
    assert found(EN + words, sibling=rendition(EN + words)) == ()


def test_every_check_is_registered() -> None:
    """A check is one file of the folder and one line of the list."""
    folder = Path(str(checks.__file__)).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {check.__name__ for check in checks.CHECKS} == files
    assert len(checks.CHECKS) == len(files)


def test_the_same_text_gives_the_same_verdict() -> None:
    """In the same order, each finding once."""
    text = "{number} is fixed shortly, shortly. 10:25. javascript:x"
    first, second = found(text), found(text)
    assert first == second
    assert len(set(first)) == len(first) > 2


def _as(role: str, brief: Brief) -> Brief:
    clearance = Level.AFFECTED if role == "requester" else Level.INTERNAL
    return brief.model_copy(update={"audience": Audience(role=role, clearance=clearance)})
