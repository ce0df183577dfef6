"""What is in the repository: its files, and its Python as trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "evals", "knowledge", "pipeline", "prompts", "tests")
_NOT_OURS = {"var", "build", "dist", "node_modules", "__pycache__"}
_HIDDEN_OURS = {".ci", ".github"}


@dataclass(frozen=True, kw_only=True)
class Module:
    """A Python file: `path` from the root with slashes, `name` as it is imported."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_package(self) -> bool:
        return self.path.endswith("__init__.py")


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() or entry.name in _NOT_OURS:
            continue
        if entry.is_file():
            yield entry
        elif not entry.name.startswith(".") or entry.name in _HIDDEN_OURS:
            yield from _walk(entry)


@cache
def files() -> tuple[Path, ...]:
    """Every file of ours; what tools and runs leave behind is not."""
    return tuple(_walk(ROOT))


def from_root(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path=from_root(path), text=text, tree=ast.parse(text))


def modules(*rooms: str) -> tuple[Module, ...]:
    """The Python files of these rooms."""
    return tuple(
        _module(path)
        for path in files()
        if path.suffix == ".py" and from_root(path).startswith(tuple(f"{room}/" for room in rooms))
    )


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


@cache
def names_used(tree: ast.AST) -> frozenset[str]:
    """Dotted names as they are written (`datetime.now`), and as they are imported (`time.sleep`)."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(_dotted(node))
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def _dotted(node: ast.expr) -> str:
    """Of what is called or made on the way only that something is."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "()"


def docstrings(tree: ast.AST) -> set[ast.Constant]:
    """The nodes that are documentation: strings that stand as a statement."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
