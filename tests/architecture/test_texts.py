"""What people read lives in `prompts/` and in catalogues, where both languages stand side by side."""

from __future__ import annotations

import ast
import re

from .source import Module, docstrings, modules

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ALLOWED = {
    "pipeline/domain/decision_events.py",
    "pipeline/domain/events.py",  # the examples of the documentation
    "pipeline/domain/major_events.py",
    "pipeline/domain/mark_events.py",
    "pipeline/domain/review_events.py",
    "pipeline/domain/maintenance_events.py",
    "pipeline/domain/correction_events.py",
    "pipeline/domain/cause_events.py",
    "pipeline/drafting/spoken.py",  # how times and durations are said, by Babel's gaps
    "pipeline/guard/checks/contradiction.py",
    "pipeline/guard/grounding.py",
    "pipeline/domain/credentials.py",  # how secrets are written, for whoever looks for them
    "pipeline/domain/credential_shapes.py",
    "pipeline/domain/told_passwords.py",
    "pipeline/domain/handed_passwords.py",
    "pipeline/domain/handed_shapes.py",
    "pipeline/domain/near_passwords.py",
    "pipeline/guard/checks/times.py",  # what the checks look for, not what they say
    "pipeline/history/moments.py",  # how a date is written in Chinese
    "knowledge/blocks.py",  # how a step is numbered in Chinese
}


READERS = (
    "pipeline/guard/claims/",
    "pipeline/drafting/redaction/detectors/",
    "pipeline/drafting/prose/candidates/",
    "pipeline/drafting/prose/extraction/",
)
"""Where texts of both languages are read: patterns of what is looked for; words of meaning are in
`prompts/lexicon/` and `prompts/extraction/`."""


def _written(module: Module) -> list[int]:
    """The lines at which Chinese stands in a text that is no documentation."""
    quiet = docstrings(module.tree)
    return [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in quiet
        and CHINESE.search(node.value)
    ]


def test_no_chinese_sentence_is_in_the_code() -> None:
    """A text in code is found by nobody who mends the texts, and has no twin in English."""
    for module in modules("api", "pipeline", "knowledge", "prompts"):
        lines = [] if module.path.startswith(READERS) else _written(module)
        assert not lines or module.path in ALLOWED, f"{module.path}:{lines}"


def test_no_file_is_allowed_that_needs_it_no_more() -> None:
    """The list is as short as it can be."""
    assert {
        m.path
        for m in modules("api", "pipeline", "knowledge", "prompts")
        if _written(m) and not m.path.startswith(READERS)
    } == ALLOWED


def test_no_english_greeting_is_in_the_code_of_the_pipeline() -> None:
    """The first words of a message stand in its template."""
    greeting = re.compile(r"\b(?:Dear|Hello|Hi|Sorry|Thank you|Please|Your ticket)\b")
    for module in modules("pipeline", "knowledge"):
        if module.path.startswith(READERS):
            continue  # it knows greetings when it reads them
        quiet = docstrings(module.tree)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node in quiet or not greeting.search(node.value), (
                    f"{module.path}:{node.lineno}"
                )
