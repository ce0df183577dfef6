"""Measurements: commands, not tests. `python -m evals bench` prints a table and writes JSON."""
