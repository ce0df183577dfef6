"""Which mapping files are there? The shipped ones, and those of the installation's own folder, which go first."""

from __future__ import annotations

from pathlib import Path

from ..domain.errors import Misconfigured

SHIPPED = Path(__file__).parents[1] / "policy" / "mappings"


def read_mappings(own: Path | None) -> dict[str, str]:
    """Text by name, without `.yaml`. Raises Misconfigured for a file that cannot be read."""
    found: dict[str, str] = {}
    for folder in (SHIPPED, own):
        for path in sorted(folder.glob("*.yaml")) if folder is not None else ():
            # Reading a pipe or a device would never end.
            if not path.is_file():
                raise Misconfigured("is no file", where=str(path))
            try:
                found[path.stem] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as wrong:
                raise Misconfigured(f"cannot be read: {wrong}", where=str(path)) from None
    return found
