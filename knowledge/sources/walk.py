"""Which files of a folder are read, in which order, and what is told of the rest?"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..article import Unreadable
from ..errors import Refused

LARGEST = 20 * 1024 * 1024
"""Octets of one file."""
_FOLDERS_OF_TOOLS = {"node_modules", "__pycache__", "__MACOSX", "venv", "bower_components"}
# They belong to a page, and are no articles: nobody wants to hear of each.
_PARTS_OF_PAGES = {
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".css", ".js", ".map"),
    *(".woff", ".woff2", ".ttf", ".eot", ".mp4", ".mp3", ".webm"),
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """`place` is its path below the folder, with slashes, composed (NFC): the same on every system."""

    place: str
    path: Path


def found(place: Path) -> Iterator[Found | Unreadable]:
    """A file itself; or the files of a folder and all below it, by name. Hidden ones, folders of tools
    and what belongs to pages (pictures, styles) are left aside; no link is followed, so that no loop is
    possible, and one that leads out is told."""
    name = place.name or str(place)
    try:
        real = place.resolve(strict=True)
        if real.is_dir():
            yield from _below(real, real, "")
        else:
            yield Found(place=place_name(name), path=real)
    except FileNotFoundError:
        yield Unreadable(place=shown(name), reason="there is no such file or folder")
    except (OSError, RuntimeError, ValueError) as failed:
        yield Unreadable(place=shown(name), reason=f"it {_because(failed)}")
    except Refused as refused:
        yield Unreadable(place=shown(name), reason=str(refused))


def _below(root: Path, folder: Path, before: str) -> Iterator[Found | Unreadable]:
    waiting = [(folder, before)]
    while waiting:
        folder, before = waiting.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as failed:
            yield Unreadable(place=shown(before) or ".", reason=f"this folder {_because(failed)}")
            continue
        yield from (item for entry in entries for item in _item(root, entry, before))
        inner = [entry for entry in entries if _is_folder(entry)]
        waiting += [(Path(entry.path), f"{before}{entry.name}/") for entry in reversed(inner)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        inside = entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
    return inside and not entry.name.startswith(".") and entry.name not in _FOLDERS_OF_TOOLS


def _item(root: Path, entry: os.DirEntry[str], before: str) -> Iterator[Found | Unreadable]:
    if entry.name.startswith(".") or Path(entry.name).suffix.lower() in _PARTS_OF_PAGES:
        return
    place = f"{before}{entry.name}"
    try:
        if entry.is_symlink():
            if not Path(entry.path).resolve().is_relative_to(root):
                yield Unreadable(
                    place=shown(place), reason="it is a link that leads out of the folder"
                )
        elif entry.is_file(follow_symlinks=False):
            yield Found(place=place_name(place), path=Path(entry.path))
    except (OSError, RuntimeError) as failed:
        yield Unreadable(place=shown(place), reason=f"it {_because(failed)}")
    except Refused as refused:
        yield Unreadable(place=shown(place), reason=str(refused))


def content_of(path: Path) -> bytes:
    """The file's octets. Raises Refused when it is gone, closed to us, no plain file, or too large."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(opened, "rb") as file:
            facts = os.fstat(opened)
            if not stat.S_ISREG(facts.st_mode):
                raise Refused("it is no plain file")
            content = file.read(LARGEST + 1)
    except OSError as failed:
        raise Refused(f"it {_because(failed)}") from None
    return bounded(content)


def bounded(content: bytes) -> bytes:
    """Raises Refused for what is empty, or larger than any file of articles."""
    if not content:
        raise Refused("it is empty")
    if len(content) > LARGEST:
        raise Refused(f"it is larger than {LARGEST // 1024**2} MB: split it")
    return content


def place_name(place: str) -> str:
    """A path as it is kept and shown. Raises Refused for one that is not written in UTF-8."""
    try:
        place.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("its name is not written in UTF-8: rename it") from None
    return unicodedata.normalize("NFC", place)


def shown(place: str) -> str:
    return place.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _because(failed: Exception) -> str:
    if isinstance(failed, FileNotFoundError):
        return "is gone: it was there when the import began"
    if isinstance(failed, PermissionError):
        return "may not be read by this account: change its permissions"
    said = getattr(failed, "strerror", None) or type(failed).__name__
    return f"cannot be read: {said}"
