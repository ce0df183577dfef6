"""On which line does a value of a YAML file stand? Read so that an error can name its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from .domain.errors import Misconfigured, misconfigured
from .domain.unfit_values import in_words, place_of

Place = tuple[str | int, ...]
LARGEST = 256 * 1024
DEEPEST = 100
"""Values within values. libyaml descends in C, where too deep a file would end the process."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same by libyaml, where PyYAML was built with it: ten times as quick."""


def read(name: str, text: str, *, most: int = LARGEST) -> tuple[Any, dict[Place, int]]:
    """The value, and the line (from 1) of every place in it. Raises Misconfigured with the line.

    Aliases are refused, for they let a small file grow without bound, and keys that come twice, because
    one of the two would silently lose.
    """
    if len(text) > most:
        raise Misconfigured(f"is larger than {most} characters", where=name)
    lines: dict[Place, int] = {(): 1}
    try:
        _scan(name, text)
        loader = _LOADER(text)
        node = loader.get_single_node()
        if node is None:
            return None, lines
        _walk(name, node, (), lines)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise Misconfigured(f"is not YAML: {wrong.problem}", where=f"{name}:{line}") from None
    except (yaml.YAMLError, ValueError, OverflowError) as wrong:
        raise Misconfigured(f"is not YAML: {wrong}", where=name) from None
    except RecursionError:
        raise Misconfigured("is nested too deeply", where=name) from None


def _scan(name: str, text: str) -> None:
    """By tokens, before anything is built."""
    depth = 0
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.AliasToken):
            raise Misconfigured("uses a YAML alias; write the value out", where=name)
        depth += isinstance(token, _BEGINS) - isinstance(token, _ENDS)
        if depth > DEEPEST:
            line = token.start_mark.line + 1
            raise Misconfigured("is nested too deeply", where=f"{name}:{line}")


_BEGINS = (
    *(yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken),
    *(yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken),
)
_ENDS = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of the nearest value around it that stands in the file."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def unfit(name: str, lines: Mapping[Place, int], wrong: ValidationError) -> Misconfigured:
    """Every value that does not fit, with its line, its place, and a sentence for whoever wrote it."""
    return misconfigured(
        [
            (
                f"{name}:{line_of(lines, error['loc'])}",
                f"{place_of(error, 'file')}: {in_words(error)}",
            )
            for error in wrong.errors(include_url=False, include_input=False)
        ]
    )


def _walk(name: str, node: yaml.Node, place: Place, lines: dict[Place, int]) -> None:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for n, item in enumerate(node.value):
            _walk(name, item, (*place, n), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            if inner in lines:
                where = f"{name}:{key.start_mark.line + 1}"
                raise Misconfigured(f"{key.value} stands here twice", where=where)
            _walk(name, value, inner, lines)
            # A field's line is that of its name: its value may begin further down.
            lines[inner] = key.start_mark.line + 1
