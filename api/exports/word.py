"""A report as a Word file: headings of Word's own, so that its outline and table of contents work."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from knowledge.display import plain_of
from pipeline.review.document import Block, Document, Table

_CHINESE = "Microsoft YaHei"
"""Named and not embedded: Word takes another where there is none."""


def word_file(document: Document) -> bytes:
    from docx import Document as WordDocument

    file = WordDocument()
    _speak(file, document)
    file.core_properties.title = _legal(document.title)
    file.add_heading(_legal(document.title), level=0)
    file.add_paragraph(_legal(document.subtitle), style="Subtitle")
    file.add_paragraph(_legal(document.note))
    for block in document.blocks:
        _add(file, block)
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def _speak(file: Any, document: Document) -> None:
    """Chinese letters in a font that has them; the language, for spelling."""
    from docx.oxml.ns import qn

    fonts = file.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _CHINESE)
    file.core_properties.language = "zh-CN" if document.reader.language == "zh" else "en-GB"


def _add(file: Any, block: Block) -> None:
    file.add_heading(_legal(block.heading), level=1)
    if block.empty:
        file.add_paragraph(_legal(block.empty)).runs[0].italic = True
    for line in filter(None, plain_of(block.written).split("\n")) if block.written else ():
        is_item = line.startswith("- ")
        text = line.removeprefix("- ")
        file.add_paragraph(_legal(text), style="List Bullet" if is_item else None)
    for line in block.lines:
        file.add_paragraph(_legal(line), style="List Bullet")
    if block.table is not None:
        _add_table(file, block.table)


def _add_table(file: Any, table: Table) -> None:
    made = file.add_table(rows=1, cols=len(table.head), style="Light Grid Accent 1")
    for cell, text in zip(made.rows[0].cells, table.head, strict=True):
        cell.text = _legal(text)
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = _legal(text)


def _legal(text: str) -> str:
    """XML has no word for most control characters."""
    return (
        "".join(c for c in text if c in "\t\n" or c >= " ")
        .replace("\ufffe", "")
        .replace("\uffff", "")
    )
