"""Where do files of the past lie until they are read? In the data folder, each under the id of its import."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

FOLDER = "history"


class FolderFiles:
    """What `history_ports.HistoryFiles` promises."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def keep(self, name: str, content: BinaryIO) -> int:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(name)
        with open(path, "wb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        with open(self._path(name), "rb") as file:
            yield file

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def kept(self) -> dict[str, datetime]:
        if not self._folder.is_dir():
            return {}
        files = [(entry.name, entry.stat().st_mtime) for entry in os.scandir(self._folder)]
        return {name: datetime.fromtimestamp(changed, UTC) for name, changed in files}

    def _path(self, name: str) -> Path:
        # Ids are ours; a name that leads elsewhere would be a fault of ours.
        return self._folder / Path(name).name
