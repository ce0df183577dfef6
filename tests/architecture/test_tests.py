"""The tests tell what is promised, and stand where a reader looks for them."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from .source import ROOT, Module, functions, modules

WORDS = 3
"""A name of so many words tells a promise by itself."""
REAL_PARTS = (
    *("tests/postgres.py", "tests/browser.py", "tests/aimock.py"),
    "tests/alertmanager.py",
)
"""Where a part that is not installed is looked for; in CI each of them must be there."""


def _tests(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [f for f in functions(module.tree) if f.name.startswith("test_")]


def _files() -> list[Module]:
    return [m for m in modules("tests") if PurePosixPath(m.path).name.startswith("test_")]


def test_every_test_says_what_it_promises() -> None:
    """In a sentence, or in a name that is one."""
    for module in _files():
        for test in _tests(module):
            told = ast.get_docstring(test) or len(test.name.removeprefix("test_").split("_"))
            assert isinstance(told, str) or told >= WORDS, f"{module.path}: {test.name}"


def test_every_file_of_tests_holds_one() -> None:
    """An empty file looks like a promise that is kept."""
    for module in _files():
        assert _tests(module), module.path


def test_no_test_has_the_name_of_another_in_its_file() -> None:
    """The second would silently replace the first."""
    for module in _files():
        names = [node.name for node in module.tree.body if isinstance(node, ast.FunctionDef)]
        assert len(names) == len(set(names)), module.path


def test_unit_tests_mirror_the_tree() -> None:
    """`tests/unit/guard` is about `pipeline/guard`; other rooms stand beside them by name."""
    for module in _files():
        parts = PurePosixPath(module.path).parts[:-1]
        if parts[:2] == ("tests", "unit"):
            inside = ROOT.joinpath("pipeline", *parts[2:]), ROOT.joinpath(*parts[2:])
            assert any(folder.is_dir() for folder in inside), module.path


def test_nothing_is_skipped_for_good() -> None:
    """Only what needs a real part that is not installed may be skipped, and says so."""
    marks = {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}
    for module in modules("tests"):
        used = {ast.unparse(n) for n in ast.walk(module.tree) if isinstance(n, ast.Attribute)}
        assert not used & marks, module.path
        assert "pytest.skip" not in used or module.path in REAL_PARTS, module.path
