"""How does what people have (files, folders, exports) become articles?

A reader turns a file into drafts, and one place turns drafts into articles. Nothing bad in one file
raises or stops the others: it is told as Unreadable, with its place and a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from ..article import ArticleText, Unreadable
from ..errors import Refused
from . import docx, html, json_export, markdown, pdf, plain, rows
from .draft import File, Reader
from .making import article_of
from .walk import Found, bounded, content_of, found, place_name, shown

READERS: dict[str, Reader] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
    ".txt": plain.read,
    ".csv": rows.read,
    ".json": json_export.read,
    ".jsonl": json_export.read_lines,
}
SOURCE = "files"


def count(place: Path) -> int:
    """How many files `read` will begin, or tell of."""
    return sum(1 for _ in found(place))


def read(
    place: Path, *, source: str = SOURCE, began: Callable[[str], None] | None = None
) -> Iterator[ArticleText | Unreadable]:
    """The articles of a file, or of a folder and all below it, in the order of names.

    An article's `external_id` is the file's path below the folder, with `#` and the export's own id (or
    the row) where a file holds several: importing twice meets itself. `began` hears of each file before
    it is read, as often as `count` says, so that progress can be shown.
    """
    for item in found(place):
        if began is not None:
            began(item.place)
        if isinstance(item, Unreadable):
            yield item
        else:
            yield from _of_file(item, source)


def documents(
    name: str, content: bytes, *, source: str = SOURCE, url: str | None = None
) -> Iterator[ArticleText | Unreadable]:
    """The articles of one file that was handed over. `name` ends as its format says and becomes the
    `external_id`; `url` is theirs when they name none."""
    try:
        place = place_name(name)
        reader = _reader(place)
        bounded(content)
    except Refused as refused:
        yield Unreadable(place=shown(name), reason=str(refused))
        return
    yield from _read(reader, File(place=place, content=content), source, url)


def _of_file(item: Found, source: str) -> Iterator[ArticleText | Unreadable]:
    try:
        reader = _reader(item.place)
        content = content_of(item.path)
    except Refused as refused:
        yield Unreadable(place=item.place, reason=str(refused))
        return
    yield from _read(reader, File(place=item.place, content=content), source, None)


def _reader(name: str) -> Reader:
    ending = PurePosixPath(name).suffix.lower()
    if ending in READERS:
        return READERS[ending]
    known = ", ".join(READERS)
    raise Refused(f"files that end in {ending or 'nothing'} are not read, only {known}")


def _read(
    reader: Reader, file: File, source: str, url: str | None
) -> Iterator[ArticleText | Unreadable]:
    seen: set[str] = set()
    try:
        for draft in reader(file):
            if isinstance(draft, Unreadable):
                yield draft
                continue
            article = article_of(draft, file, source=source, url=url)
            yield _once(article, seen)
    except Refused as refused:
        yield Unreadable(place=file.place, reason=str(refused))
    except Exception as failed:  # parsers of others meet files of others: one must not stop all
        said = f"it cannot be read: its reader failed with {type(failed).__name__}"
        yield Unreadable(place=file.place, reason=said)


def _once(article: ArticleText | Unreadable, seen: set[str]) -> ArticleText | Unreadable:
    """Of two with one id the second would overwrite the first, without a word."""
    if isinstance(article, Unreadable):
        return article
    if article.external_id in seen:
        return Unreadable(
            place=article.external_id, reason="another article of this file has the same id"
        )
    seen.add(article.external_id)
    return article
