"""What does a Word file hold, and is it safe to unpack?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import Refused
from .draft import Draft, File
from .fields import named
from .from_html import markdown_of
from .ooxml import Shape, properties

if TYPE_CHECKING:
    from zipfile import ZipFile

_MOST_PARTS = 2_000
_UNPACKED = 100 * 1024 * 1024
_UNPACKED_TEXT = 12 * 1024 * 1024
_RATIO = 200
_RATIO_FROM = 1024 * 1024
"""Octets below which a ratio says nothing: a short file of blanks packs well too."""
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_DAMAGED = (NotImplementedError, EOFError, OSError, RuntimeError, ValueError)
"""What the reader of archives raises for one that contradicts itself, or that is locked."""
_NO_WORD_FILE = "it is no Word file, or it is damaged: open it in Word and save it again as DOCX"


def read(file: File) -> Iterator[Draft]:
    if file.content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("it is protected with a password, or an old DOC: save it as DOCX without one")
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            _bounded(packed)
            checked = _checked(packed)
            said = properties(packed)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, *_DAMAGED):
        raise Refused(_NO_WORD_FILE) from None
    yield Draft(body=markdown_of(_html(checked)), fields=named(said))


def _bounded(packed: ZipFile) -> None:
    """By what the archive says of itself; the reader of archives unpacks no more than that."""
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _UNPACKED:
        raise Refused(
            f"it would unpack to {len(parts):,} parts and {unpacked:,} octets, more than an article has"
        )
    for part in parts:
        packs_well = part.file_size > _RATIO * max(part.compress_size, 1)
        if packs_well and part.file_size > _RATIO_FROM:
            raise Refused(
                f"its part {part.filename[:80]} grows more than {_RATIO} times by unpacking"
            )


def _checked(packed: ZipFile) -> bytes:
    """An archive with the parts that were checked alone: the file itself says which part is the text,
    and could name one that nobody looked at. Pictures are not needed."""
    parts = [part for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))]
    if not any(part.filename == "word/document.xml" for part in parts):
        raise Refused(_NO_WORD_FILE)
    if sum(part.file_size for part in parts) > _UNPACKED_TEXT:
        raise Refused("its text is far longer than an article: split it")
    shape, kept = Shape(), io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for part in parts:
            xml = packed.read(part)
            shape.check(xml, part.filename)
            archive.writestr(part.filename, xml)
    return kept.getvalue()


def _html(content: bytes) -> str:
    import mammoth  # type: ignore[import-untyped]

    result: Any = mammoth.convert_to_html(
        io.BytesIO(content),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
    )
    return str(result.value)
