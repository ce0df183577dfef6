"""How is a command of `python -m evals` told of? A package has a `command.py`, whose `add` says what is asked of it,
also for what it measures beside its own name; `PACKAGES` of `__main__.py` lists them. What is done is imported then."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What the commands are added to."""
Given = argparse.Namespace
"""What was asked for."""
