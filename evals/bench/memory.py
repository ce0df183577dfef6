"""How much memory does a process hold?"""

from __future__ import annotations

from pathlib import Path


def resident_megabytes(pid: int | str = "self") -> float:
    """Resident set in MB, from /proc."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system has no /proc to read memory from")
