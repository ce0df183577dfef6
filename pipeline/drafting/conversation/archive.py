"""Which logs are in a zip? Each within bounds; what is no log, and what is too large, is told."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from .line import Problem, ProblemKind
from .opened import LogFile
from .skipped import skipped

LARGEST = 20 * 1024 * 1024
"""Octets of one file, packed or not, and of all files of a zip together."""
MOST_FILES = 5_000
_LOGS = {".json", ".jsonl", ".txt", ".log", ".eml", ".mbox", ".md", ""}


def is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def logs_in(file: LogFile, problems: list[Problem]) -> list[LogFile]:
    """The logs of a zip, the ones within its folders too, in the order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            return list(_inside(archive, problems))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
        problems += skipped(file.name, ProblemKind.UNREADABLE)
        return []


def _inside(archive: zipfile.ZipFile, problems: list[Problem]) -> Iterator[LogFile]:
    left = LARGEST
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    for n, entry in enumerate(sorted(entries, key=lambda each: each.filename)):
        name = entry.filename
        if "__MACOSX" in name or PurePosixPath(name).name.startswith("."):
            continue
        if PurePosixPath(name).suffix.lower() not in _LOGS:
            problems += skipped(name, ProblemKind.ATTACHMENT)
            continue
        content = _content(archive, entry, left, problems) if n < MOST_FILES else None
        if content is None:
            problems += skipped(name, ProblemKind.TOO_LARGE)
            continue
        left -= len(content)
        yield LogFile(name=name, content=content)


def _content(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, problems: list[Problem]
) -> bytes | None:
    """None when it is larger than what is left, whatever its header says."""
    if entry.file_size > left:
        return None
    try:
        with archive.open(entry) as opened:
            content = opened.read(left + 1)
    except (RuntimeError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        problems += skipped(entry.filename, ProblemKind.UNREADABLE)
        return b""
    return content if len(content) <= left else None
