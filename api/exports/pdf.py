"""A report as a PDF. Chinese is set in a font that every reader of PDFs brings along, so that the file stays
small and its text can be searched and copied."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from knowledge.display import plain_of
from pipeline.review.document import Block, Document, Table

_CHINESE = "STSong-Light"
_MARGIN = 56
"""Points: two centimetres."""


def pdf_file(document: Document) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    styles, content = _styles(), BytesIO()
    file = SimpleDocTemplate(
        content,
        pagesize=A4,
        title=document.title,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        lang="zh-CN" if document.reader.language == "zh" else "en",
    )
    flow = [
        _text(document.title, styles["title"]),
        _text(document.subtitle, styles["strong"]),
        _text(document.note, styles["note"]),
    ]
    for block in document.blocks:
        flow += _block(block, styles, A4[0] - 2 * _MARGIN)
    file.build(flow, onFirstPage=_numbered, onLaterPages=_numbered)
    return content.getvalue()


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
    plain = ParagraphStyle("plain", fontName=_CHINESE, fontSize=10, leading=15, wordWrap="CJK")
    return {
        "plain": plain,
        "title": ParagraphStyle("title", plain, fontSize=18, leading=25, spaceAfter=8),
        "strong": ParagraphStyle("strong", plain, fontSize=12, leading=18),
        "note": ParagraphStyle("note", plain, textColor="#555555", spaceAfter=6),
        "heading": ParagraphStyle("heading", plain, fontSize=13, leading=19, spaceBefore=14, spaceAfter=4),
        "item": ParagraphStyle("item", plain, leftIndent=12, bulletIndent=2),
        "cell": ParagraphStyle("cell", plain, fontSize=9, leading=12.5),
    }  # fmt: skip


def _block(block: Block, styles: dict[str, Any], width: float) -> list[Any]:
    flow = [_text(block.heading, styles["heading"])]
    if block.empty:
        flow.append(_text(block.empty, styles["note"]))
    for line in filter(None, plain_of(block.written).split("\n")) if block.written else ():
        is_item = line.startswith("- ")
        flow.append(_item(line[2:], styles) if is_item else _text(line, styles["plain"]))
    flow += [_item(line, styles) for line in block.lines]
    if block.table is not None and block.table.rows:
        flow.append(_table(block.table, styles, width))
    return flow


def _table(table: Table, styles: dict[str, Any], width: float) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Table as PdfTable
    from reportlab.platypus import TableStyle

    columns = len(table.head)
    narrow = width * 0.26
    widths = [narrow, *[(width - narrow) / (columns - 1)] * (columns - 1)]
    rows = [[_text(cell, styles["cell"]) for cell in row] for row in (table.head, *table.rows)]
    made = PdfTable(rows, colWidths=widths, repeatRows=1)
    made.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.grey),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return made


def _item(text: str, styles: dict[str, Any]) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(text), styles["item"], bulletText="•")


def _text(text: str, style: Any) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(text), style)


def _numbered(canvas: Any, file: Any) -> None:
    canvas.saveState()
    canvas.setFont(_CHINESE, 8)
    canvas.drawRightString(file.pagesize[0] - _MARGIN, 30, str(file.page))
    canvas.restoreState()
