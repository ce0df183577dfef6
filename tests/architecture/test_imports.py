"""Importing us does nothing but define things, soon and in one direction."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from .source import ROOT, Module, modules, names_used

HEAVY = (
    *("chromadb", "openai", "langchain", "langchain_core", "langchain_openai", "numpy", "torch"),
    *("tantivy", "procrastinate", "opentelemetry", "fastapi", "uvicorn", "typer"),
    *("alembic", "httpx"),
)
PURE = (
    *("pipeline.domain", "pipeline.policy", "pipeline.drafting", "pipeline.guard"),
    *("pipeline.release", "pipeline.delivery", "pipeline.ports", "pipeline.settings"),
    *("pipeline.flow", "knowledge", "prompts"),
)
FOR_CHAINS = "knowledge.retriever"
"""Whoever imports it has LangChain already, which asks the network stack what it can."""
WATCH = """
import json, os, sys, threading
root, names = sys.argv[1], sys.argv[2:]
seen = []
quiet = ("socket.", "subprocess.", "sqlite3.", "os.mkdir", "os.remove", "os.rename")
ours = (".py", ".pyc")
def watch(event, args):
    if event == "open":
        path, mode = str(args[0]), args[1] or "r"
        read_by_us = path.startswith(root) and os.sep + ".venv" not in path
        if set(mode) & set("wax+") or (read_by_us and not path.endswith(ours)):
            seen.append(f"{event} {path}")
    elif event.startswith(quiet) and event != "socket.__new__":
        seen.append(event)
sys.addaudithook(watch)
for name in names:
    __import__(name)
seen += [thread.name for thread in threading.enumerate()[1:]]
print(json.dumps({"seen": seen, "loaded": sorted(sys.modules)}))
"""


def _cold(*names: str) -> dict[str, list[str]]:
    """Import these in a new interpreter: what it touched meanwhile, and all that it loaded."""
    run = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, str(ROOT), *names],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer: dict[str, list[str]] = json.loads(run.stdout)
    return answer


def _below(package: str) -> list[str]:
    return [
        m.name for m in modules(package.split(".")[0]) if f"{m.name}.".startswith(f"{package}.")
    ]


@pytest.mark.parametrize("package", PURE)
def test_importing_touches_nothing(package: str) -> None:
    """No file but code is read, none is written, no socket, thread or process is begun."""
    names = [name for name in _below(package) if name != FOR_CHAINS]
    assert names
    assert _cold(*names)["seen"] == []


def test_the_start_does_not_load_what_it_may_never_need() -> None:
    """Models, vectors and the web server are imported when they are used."""
    loaded = {name.partition(".")[0] for name in _cold("pipeline.bootstrap")["loaded"]}
    assert loaded & set(HEAVY) == set()


def test_nothing_of_ours_needs_the_retriever_for_chains() -> None:
    """It is a door for others: through it every start would load LangChain."""
    for module in modules("api", "evals", "knowledge", "pipeline"):
        assert FOR_CHAINS not in names_used(module.tree) | _imported(module), module.path


def test_the_command_line_answers_before_it_loads_the_server() -> None:
    """`heliograph --help` needs neither the database nor the web server."""
    loaded = {name.partition(".")[0] for name in _cold("heliograph", "api.cli")["loaded"]}
    assert loaded & {"fastapi", "uvicorn", "sqlalchemy", "alembic", "cel"} == set()


def _imported(module: Module) -> set[str]:
    """What is imported while the module itself is imported; hints and functions come later."""
    found: set[str] = set()
    for node in module.tree.body:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = _start(module, node)
            found.update((start, *(f"{start}.{alias.name}" for alias in node.names)))
    return found


def _start(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    up = len(parts) - node.level + module.is_package
    return ".".join((*parts[:up], *filter(None, [node.module])))


def test_no_module_imports_itself_in_a_circle() -> None:
    """At no level: a circle is one lump, whatever its folders say."""
    known = {m.name: m for m in modules("api", "evals", "knowledge", "pipeline", "prompts")}
    graph = {
        # A package that gathers its own modules, and a module of it, are no circle by name alone.
        name: {other for other in _imported(module) if other in known and other != name}
        for name, module in known.items()
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))
