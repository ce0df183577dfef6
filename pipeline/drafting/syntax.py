"""What may a template do? Choose between words and repeat a line for each entry of a list; nothing else.

The sandbox keeps a template from Python's insides; this keeps it from working without end: no call, no
arithmetic, no variable of its own, no loop within a loop. What is not listed is refused (law 12).
"""

from __future__ import annotations

from jinja2 import Environment, TemplateAssertionError, nodes

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
    tree = environment.parse(source)
    _check(environment, tree, looping=False)
    return tree


def _check(environment: Environment, node: nodes.Node, *, looping: bool) -> None:
    inner_loop = isinstance(node, nodes.For)
    if not isinstance(node, _ALLOWED) or (looping and inner_loop):
        what = "a loop within a loop" if inner_loop else type(node).__name__
        raise TemplateAssertionError(f"a text may not use {what}", node.lineno)
    if isinstance(node, nodes.For) and (node.recursive or not _is_list(node.iter)):
        raise TemplateAssertionError("a loop goes over one of the lists", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in environment.filters:
        raise TemplateAssertionError(f"there is no filter {node.name}", node.lineno)
    for child in node.iter_child_nodes():
        _check(environment, child, looping=looping or inner_loop)


def _is_list(node: nodes.Node | None) -> bool:
    """A list by its name, or its newest entries."""
    if isinstance(node, nodes.Filter) and node.name == "newest":
        node = node.node
    return isinstance(node, nodes.Name)
