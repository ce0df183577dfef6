"""Does this process alone work here? A lock on the data folder, and one on a SQLite database."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from ..domain.errors import Misconfigured

FOLDER, DATABASE = "HELIOGRAPH_DATA_DIR", "HELIOGRAPH_DATABASE_URL"


def own_folder(folder: Path, lock_file: Path) -> FileLock:
    """Make the folder and lock it. Raises Misconfigured when another process has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as unusable:
        raise Misconfigured(f"{folder} cannot be used: {unusable.strerror}", where=FOLDER) from None
    said = f"another Heliograph process works in {folder}; stop it, or name another folder"
    return _locked(lock_file, said, FOLDER)


def own_database(url: str) -> FileLock | None:
    """Two data folders may name one SQLite file. None for what has no file, or no folder for it:
    opening it says what is wrong."""
    file = Path(url.removeprefix("sqlite:///")).resolve()
    if not url.startswith("sqlite:///") or not file.parent.is_dir():
        return None
    said = f"another Heliograph process works on {file}; stop it, or name another file"
    return _locked(file.with_name(f"{file.name}.lock"), said, DATABASE)


def _locked(path: Path, taken: str, where: str) -> FileLock:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Misconfigured(taken, where=where) from None
    except OSError as unusable:
        raise Misconfigured(f"{path} cannot be used: {unusable.strerror}", where=where) from None
    return lock
