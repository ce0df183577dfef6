"""How is a command of `python -m evals` told of? Each package has a `command.py`, whose `add` says what it is asked for;
what it does is imported when it is done."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What the commands are added to."""
Given = argparse.Namespace
"""What was asked for."""
