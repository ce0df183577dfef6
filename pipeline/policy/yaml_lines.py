"""On which line does a value stand? YAML read so that every error can name its place."""

from __future__ import annotations

from typing import Any

import yaml

from ..domain.errors import Misconfigured

Path = tuple[str | int, ...]
LARGEST = 256 * 1024


def read(name: str, text: str) -> tuple[Any, dict[Path, int]]:
    """The value, and the line (from 1) of each path in it. Raises Misconfigured with file and line.

    Anchors are refused, for they let a small file grow without bound, and keys that come twice,
    because one of the two would silently lose.
    """
    if len(text) > LARGEST:
        raise Misconfigured(f"is larger than {LARGEST} characters", where=name)
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise Misconfigured("uses a YAML alias; write the value out", where=name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise Misconfigured(f"is not YAML: {wrong.problem}", where=f"{name}:{line}") from None
    except yaml.YAMLError as wrong:
        raise Misconfigured(f"is not YAML: {wrong}", where=name) from None
    lines: dict[Path, int] = {(): 1}
    if node is None:
        return None, lines
    _walk(name, node, (), lines)
    return yaml.safe_load(text), lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of the nearest ancestor that stands in the file: a missing field has none."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _walk(name: str, node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            _walk(name, item, (*path, place), lines)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if str(key.value) in seen:
                raise Misconfigured(f"{key.value} stands here twice", where=f"{name}:{line}")
            seen.add(str(key.value))
            _walk(name, value, (*path, str(key.value)), lines)
            lines[*path, str(key.value)] = line
