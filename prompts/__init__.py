"""Where are the texts? Every sentence that leaves is under this folder; this file only reads them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parent
GREATEST = 64 * 1024
_READ = (".jinja", ".yaml")
_VARIANT = re.compile(r"\+[^/.]*")


def read_texts(root: Path) -> dict[str, str]:
    """Every template and catalogue below `root`, by its path with slashes, relative to it.

    Raises ValueError for a file greater than 64 KiB, one that is not UTF-8, or a link leading outside.
    """
    home = root.resolve()
    found = sorted(path for path in root.rglob("*") if path.suffix in _READ and path.is_file())
    read = _read_again if home == ROOT.resolve() else _read
    return {path.relative_to(root).as_posix(): read(path, home) for path in found}


def _read_again(path: Path, home: Path) -> str:
    """Shipped ones are read whenever anything is opened or put in force, and change with a release."""
    now = path.stat()
    return _as_it_was(path, home, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=1024)
def _as_it_was(path: Path, home: Path, changed_ns: int, octets: int) -> str:
    return _read(path, home)


def _read(path: Path, home: Path) -> str:
    if not path.resolve().is_relative_to(home):
        raise ValueError(f"{path}: leads outside of {home}")
    if path.stat().st_size > GREATEST:
        raise ValueError(f"{path}: is greater than {GREATEST} bytes")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise ValueError(f"{path}: is not UTF-8 ({wrong.reason})") from wrong


def laid_over(folder: Path) -> dict[str, str]:
    """The shipped texts with those of a folder over them, file by file.

    Raises ValueError for a folder that is not there, and for a file that takes no shipped one's place and
    is no variant of one (`affected+type-mail.zh.jinja`): a misspelt name would otherwise change nothing, and
    say nothing.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder}: is no folder")
    shipped, own = read_texts(ROOT), read_texts(folder)
    stray = sorted(name for name in own if _VARIANT.sub("", name) not in shipped)
    if stray:
        raise ValueError(f"{folder / stray[0]}: there is no shipped text of this name")
    return {**shipped, **own}
