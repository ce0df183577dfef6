"""A report as a file that people carry away: Markdown, a page that stands alone, DOCX, PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.review.document import Document


@dataclass(frozen=True, kw_only=True)
class Format:
    """How a file is made, and what it is called on the web."""

    media_type: str
    make: Callable[[Document], bytes]


def _markdown(document: Document) -> bytes:
    from .markdown import markdown

    return markdown(document).encode()


def _html(document: Document) -> bytes:
    from .standing_page import standing_page

    return standing_page(document).encode()


def _docx(document: Document) -> bytes:
    from .word import word_file

    return word_file(document)


def _pdf(document: Document) -> bytes:
    from .pdf import pdf_file

    return pdf_file(document)


FORMATS = {
    "md": Format(media_type="text/markdown; charset=utf-8", make=_markdown),
    "html": Format(media_type="text/html; charset=utf-8", make=_html),
    "docx": Format(
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        make=_docx,
    ),
    "pdf": Format(media_type="application/pdf", make=_pdf),
}
