"""What does a PDF say, page for page?"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..article import LONGEST_BODY
from ..errors import Refused
from .draft import Draft, File
from .pages import paragraphs_of

MOST_PAGES = 400
_MOST_OPERATIONS = 250_000
"""Of all pages together. A page of text has some hundreds."""
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 20_000_000,
    "array_based_stream_maximum_output_length": 10_000_000,
    "lzw_maximum_output_length": 10_000_000,
    "run_length_maximum_output_length": 10_000_000,
    "zlib_maximum_output_length": 10_000_000,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "brotli_maximum_output_length": 10_000_000,
    "stream_decoding_work_maximum_length": 40_000_000,
    "stream_parsing_work_maximum_count": 400_000,
    "xform_maximum_invocations_per_extraction": 500,
    "page_tree_maximum_entries": 5_000,
    "page_tree_maximum_page_entries": 50_000,
}
_LONGEST_LINE = 120
_NO_TITLE = re.compile(
    r"(?i)microsoft (word|powerpoint|excel)\b|untitled|\u65e0\u6807\u9898|document\d*$|\.(docx?|pdf|pptx?|xlsx?|rtf|txt|html?)$"
)


def read(file: File) -> Iterator[Draft]:
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        with _quiet(), apply_configuration(**_LIMITS):
            reader = PdfReader(io.BytesIO(file.content), root_object_recovery_limit=2_000)
            if reader.is_encrypted:
                raise Refused("it is encrypted: save a copy without a password")
            pages = _pages(reader)
            title = _title(reader)
    except LimitReachedError:
        raise Refused("it unpacks to far more than an article has: split it") from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as wrong:
        raise Refused(f"it is no PDF, or it is damaged ({type(wrong).__name__})") from None
    yield _draft(paragraphs_of(pages), title)


def _draft(paragraphs: list[str], title: str) -> Draft:
    """The first line is the title when nothing else is, and it does not go on like a sentence."""
    if not paragraphs:
        raise Refused(
            "there is no text in it, as if it were scanned: import a copy with text (OCR)"
        )
    first = paragraphs[0]
    if (
        not title
        and len(paragraphs) > 1
        and len(first) <= _LONGEST_LINE
        and first[-1] not in ".。,，;；"
    ):
        title = first
    if "".join(first.split()) == "".join(title.split()):
        del paragraphs[0]
    return Draft(body="\n\n".join(paragraphs), guess=title)


def _pages(reader: Any) -> list[str]:
    number = len(reader.pages)
    if number > MOST_PAGES:
        raise Refused(f"it has {number:,} pages, and at most {MOST_PAGES} are read: split it")
    left, length, texts = _Budget(_MOST_OPERATIONS), 0, list[str]()
    for page in reader.pages:
        texts.append(page.extract_text(visitor_operand_before=left.spend))
        length += len(texts[-1])
        if length > 2 * LONGEST_BODY:
            raise Refused(
                f"its text is longer than an article ({LONGEST_BODY:,} characters): split it"
            )
    return texts


class _Budget:
    """Ends the reading of drawings that have no end, or that hold one another again and again."""

    def __init__(self, operations: int) -> None:
        self._left = operations

    def spend(self, *_: object) -> None:
        self._left -= 1
        if self._left < 0:
            raise Refused("its pages draw far more than text: import a copy with text alone")


def _title(reader: Any) -> str:
    said = reader.metadata.title if reader.metadata else None
    title = " ".join(str(said or "").split())
    return "" if len(title) < 3 or _NO_TITLE.search(title) else title


@contextmanager
def _quiet() -> Iterator[None]:
    """What the reader of PDFs has to say of a file goes to whoever imports, not to the log."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)
