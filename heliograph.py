"""Where does the command begin? In a checkout the rooms lie beside this file; in a wheel, below it.

Installed, this file is `heliograph/__init__.py`, and the rooms (`api`, `pipeline`, …) are folders in
it: its own folder goes first on the path, so that they are found under their short names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Read when NumPy is first imported. Its threads fight with ours for the processors: with two of them the
# embedded encoder was ten times slower on two busy cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_HOME = str(Path(__file__).resolve().parent)
if _HOME not in sys.path:
    sys.path.insert(0, _HOME)


def main() -> None:
    """Run the command line."""
    from api.cli import main as run

    run()


if __name__ == "__main__":
    main()
