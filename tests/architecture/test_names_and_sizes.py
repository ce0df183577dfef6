"""A stranger finds things by their names, and reads each in one sitting."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from .source import ROOMS, files, from_root, functions, modules

BUCKETS = {
    *("utils", "util", "helpers", "helper", "common", "misc", "manager", "service"),
    *("handler", "processor", "base", "data"),
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
GENERATED = "pipeline/adapters/store/migrations/versions/"
LONGER_FILES = {
    "pipeline/adapters/store/tables.py": 505,  # the whole schema in one sight
    "pipeline/ports.py": 480,  # all seams on one page: signatures, hardly a statement
    "pipeline/domain/major_events.py": 325,  # the whole vocabulary of a major incident, as data
}


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_is_a_bucket(room: str) -> None:
    """A file called for nothing in particular ends up holding everything."""
    for module in modules(room):
        for part in PurePosixPath(module.path).with_suffix("").parts:
            assert part not in BUCKETS, module.path
            assert not part.endswith(("_utils", "_util", "_helpers", "_misc", "_manager")), (
                module.path
            )


def test_files_stay_short() -> None:
    """Past the limit, look again; what was looked at and kept is listed with its reason."""
    for module in modules("pipeline", "api", "knowledge", "evals"):
        if not module.path.startswith(GENERATED):
            limit = LONGER_FILES.get(module.path, LONGEST_FILE)
            assert len(module.text.splitlines()) <= limit, module.path


def test_functions_stay_short() -> None:
    """Without exceptions: what is longer has parts with names of their own."""
    for module in modules("pipeline", "api", "knowledge", "evals"):
        if module.path.startswith(GENERATED):
            continue
        for function in functions(module.tree):
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{module.path}: {function.name} has {length} lines"


def test_no_exception_outlives_its_reason() -> None:
    """What has become short is taken off the list."""
    lengths = {m.path: len(m.text.splitlines()) for m in modules(*ROOMS)}
    for path in LONGER_FILES:
        assert lengths.get(path, 0) > LONGEST_FILE, path


def test_every_module_says_which_question_it_answers() -> None:
    """In its first lines; an empty package file has nothing to say."""
    for module in modules(*ROOMS):
        if module.tree.body:
            first = module.text.lstrip().splitlines()[0]
            assert first.startswith('"""'), module.path


def test_every_module_reads_annotations_late() -> None:
    """One way to write types, so that no import is needed for a hint alone."""
    for module in modules(*ROOMS):
        if any(functions(module.tree)) and not module.path.startswith(GENERATED):
            assert "from __future__ import annotations" in module.text, module.path


def test_the_top_level_is_the_diagram() -> None:
    """A new room has to be placed: in the layers, and here."""
    packages = {from_root(path).split("/")[0] for path in files() if path.name == "__init__.py"}
    assert packages == set(ROOMS)
