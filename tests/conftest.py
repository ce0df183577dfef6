"""What holds for every test: as many threads in NumPy as the product has."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
