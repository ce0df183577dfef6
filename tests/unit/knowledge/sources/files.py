"""Small files of each packed kind, made by hand, so that a test says what is in them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from knowledge.article import ArticleText, Unreadable
from knowledge.sources import documents

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
_STYLES = (
    f'<w:styles xmlns:w="{_WORD}"><w:style w:type="paragraph" w:styleId="1">'
    '<w:name w:val="heading 1"/></w:style></w:styles>'
)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of WordprocessingML; style `1` is a heading."""
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, *, before: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body of WordprocessingML; `before` stands before the root, as a DTD does."""
    document = f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        **(more or {}),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def properties(**values: str) -> dict[str, str | bytes]:
    """Custom properties of a Word file, by name."""
    held = "".join(
        f'<property name="{name}"><vt:lpwstr xmlns:vt="urn:vt">{value}</vt:lpwstr></property>'
        for name, value in values.items()
    )
    return {"docProps/custom.xml": f"<Properties>{held}</Properties>"}


def pdf(pages: Sequence[Sequence[str]], *, title: str = "") -> bytes:
    """A PDF whose pages hold these lines, in Latin letters."""
    return pdf_of([_shown(lines) for lines in pages], title=title)


def pdf_of(streams: Sequence[bytes], *, title: str = "", unpacked: bool = False) -> bytes:
    """A PDF whose pages have these content streams."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
        objects.append(f"<< {page} /Contents {5 + 2 * number} 0 R >>".encode())
        packed = stream if unpacked else zlib.compress(stream)
        coded = b"" if unpacked else b" /Filter /FlateDecode"
        length = str(len(packed)).encode()
        objects.append(b"<< /Length %s%s >> stream\n%s\nendstream" % (length, coded, packed))
    objects.append(f"<< /Title ({title}) >>".encode())
    return _written(objects)


def _shown(lines: Sequence[str]) -> bytes:
    drawn = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"BT /F 12 Tf 14 TL 50 750 Td\n{drawn}ET".encode("cp1252")


def _written(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def article(name: str, content: str | bytes) -> ArticleText:
    """The one article that this file holds."""
    octets = content.encode() if isinstance(content, str) else content
    (found,) = documents(name, octets)
    assert isinstance(found, ArticleText), found
    return found


def refused(name: str, content: str | bytes) -> Unreadable:
    """What is told of a file that holds none."""
    octets = content.encode() if isinstance(content, str) else content
    (found,) = documents(name, octets)
    assert isinstance(found, Unreadable), found
    return found
