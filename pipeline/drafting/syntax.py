"""What may a template do? Choose between words, repeat a line for each entry of a list, and say which part a
model may say better; nothing else.

The sandbox keeps a template from Python's insides; this keeps it from working without end: no call, no
arithmetic, no variable of its own, no loop within a loop. What is not listed is refused (law 12).
"""

from __future__ import annotations

import re

from jinja2 import Environment, TemplateAssertionError, meta, nodes

DEEPEST = 60
PROSE = "prose"
LAYOUT_LOOPS = 2
_ACTIVE = re.compile(r"<script|<iframe|<object|<embed|javascript:|\son\w+\s*=", re.IGNORECASE)

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)


def parsed(environment: Environment, source: str) -> nodes.Template:
    """The syntax tree of a text. Raises TemplateSyntaxError, with the line, for anything beyond."""
    tree = _tree(environment, source)
    blocks = list(tree.find_all(nodes.CallBlock))
    if len(blocks) > 1:
        raise TemplateAssertionError("one part of a text may be said by a model", blocks[1].lineno)
    _check(environment, tree, looping=False)
    return tree


def parsed_layout(environment: Environment, source: str, known: frozenset[str]) -> nodes.Template:
    """As `parsed`, for the frame around a mail: it goes over blocks and their lines, and names only
    what is `known`. Raises TemplateSyntaxError."""
    tree = _tree(environment, source)
    _check_layout(tree, loops=0)
    unknown = sorted(meta.find_undeclared_variables(tree) - known)
    if unknown:
        raise TemplateAssertionError(f"the layout knows no {unknown[0]}", 1)
    return tree


def _tree(environment: Environment, source: str) -> nodes.Template:
    try:
        tree = environment.parse(source)
        deep = _depth(tree) > DEEPEST
    except RecursionError:
        deep = True
    if deep:
        raise TemplateAssertionError("a text may not be nested so deeply", 1)
    return tree


def _depth(node: nodes.Node) -> int:
    return 1 + max(map(_depth, node.iter_child_nodes()), default=0)


def _check_layout(node: nodes.Node, loops: int) -> None:
    loops += isinstance(node, nodes.For)
    if not isinstance(node, (*_ALLOWED, nodes.Getattr, nodes.Getitem)) or loops > LAYOUT_LOOPS:
        what = "so many loops in each other" if loops > LAYOUT_LOOPS else type(node).__name__
        raise TemplateAssertionError(f"the layout may not use {what}", node.lineno)
    if isinstance(node, nodes.TemplateData) and _ACTIVE.search(node.data):
        raise TemplateAssertionError("a mail carries no script", node.lineno)
    for child in node.iter_child_nodes():
        _check_layout(child, loops)


def _check(environment: Environment, node: nodes.Node, *, looping: bool) -> None:
    if isinstance(node, nodes.CallBlock) and not looping:
        _check_place(node)
        for child in node.body:
            _check(environment, child, looping=looping)
        return
    inner_loop = isinstance(node, nodes.For)
    if not isinstance(node, _ALLOWED) or (looping and inner_loop):
        what = "a loop within a loop" if inner_loop else type(node).__name__
        raise TemplateAssertionError(f"a text may not use {what}", node.lineno)
    if isinstance(node, nodes.Name) and node.name == PROSE:
        raise TemplateAssertionError("prose stands in {% call prose() %} alone", node.lineno)
    if isinstance(node, nodes.For) and (node.recursive or not _is_list(node.iter)):
        raise TemplateAssertionError("a loop goes over one of the lists", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in environment.filters:
        raise TemplateAssertionError(f"there is no filter {node.name}", node.lineno)
    for child in node.iter_child_nodes():
        _check(environment, child, looping=looping or inner_loop)


def _check_place(node: nodes.CallBlock) -> None:
    """`{% call prose() %}`, and no other call."""
    call = node.call
    named = isinstance(call.node, nodes.Name) and call.node.name == PROSE
    if not named or call.args or call.kwargs or call.dyn_args or call.dyn_kwargs or node.args:
        raise TemplateAssertionError("a text may call prose() alone", node.lineno)


def _is_list(node: nodes.Node | None) -> bool:
    """A list by its name, or its newest entries."""
    if isinstance(node, nodes.Filter) and node.name == "newest":
        node = node.node
    return isinstance(node, nodes.Name)
