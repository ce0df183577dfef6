"""Which texts stood a proof already? Known by what they are made of: the files of their kind, and all that texts share.

Whoever saves one text waits for the proof of that one, and not of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from ..domain.communication import Kind

Part = tuple[Kind, str, str]
MOST = 8192
_FOLDER = "messages/"


class Proofs:
    """One kind of proof. Only what stood it is remembered; what fails is told anew each time."""

    def __init__(self) -> None:
        self._stood: set[str] = set()

    def due(self, parts: Iterable[Part], files: Mapping[str, str]) -> Iterator[tuple[Part, str]]:
        """Those that have to be proven, each with the mark under which `stood` remembers it."""
        shared = _digest((n, t) for n, t in files.items() if not n.startswith(_FOLDER))
        of_kind: dict[Kind, str] = {}
        for part in parts:
            kind = part[0]
            if kind not in of_kind:
                folder = f"{_FOLDER}{kind.value}/"
                of_kind[kind] = _digest((n, t) for n, t in files.items() if n.startswith(folder))
            mark = "\x1f".join((shared, of_kind[kind], *part[1:]))
            if mark not in self._stood:
                yield part, mark

    def stood(self, mark: str) -> None:
        if len(self._stood) >= MOST:
            self._stood.clear()
        self._stood.add(mark)


def _digest(files: Iterable[tuple[str, str]]) -> str:
    made = sha256()
    for name, text in sorted(files):
        made.update(f"{name}\x1e{text}\x1f".encode())
    return made.hexdigest()
