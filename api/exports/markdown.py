"""A report in Markdown (CommonMark with tables). What people wrote stays Markdown; values become plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.drafting.marks import escape_markdown
from pipeline.review.document import Block, Document, Table


def markdown(document: Document) -> str:
    lines = [f"# {_plain(document.title)}", "", f"*{_plain(document.subtitle)}*", "", document.note]
    for block in document.blocks:
        lines += ["", f"## {_plain(block.heading)}", "", *_body(block)]
    return "\n".join(lines).rstrip() + "\n"


def _body(block: Block) -> Iterator[str]:
    if block.empty:
        yield f"*{_plain(block.empty)}*"
    if block.written.strip():
        yield block.written.strip()
        yield ""
    for line in block.lines:
        yield f"- {_plain(line)}"
    if block.table is not None:
        yield ""
        yield from _table(block.table)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row(["---"] * len(table.head), escape=False)
    for cells in table.rows:
        yield _row(cells)


def _row(cells: Sequence[str], *, escape: bool = True) -> str:
    texts = [_cell(cell) if escape else cell for cell in cells]
    return f"| {' | '.join(texts)} |"


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """One line that no reader takes for markup."""
    return escape_markdown(" ".join(text.split()))
