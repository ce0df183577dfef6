"""A game of two teams of two, as the public set writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.grounding.box_scores.sheet import PLAYERS

FIGURES = {
    "0": {"PTS": "20", "REB": "8", "STL": "1", "MIN": "34"},
    "1": {"PTS": "7", "REB": "3", "STL": "0", "MIN": "20"},
    "2": {"PTS": "15", "REB": "11", "STL": "2", "MIN": "33"},
    "3": {"PTS": "N/A"},
}
NAMES = {"0": "Ann Reed", "1": "Bo Reed", "2": "Cy Vance", "3": "Di Moss"}
CITIES = {"0": "Boston", "1": "Boston", "2": "Utah", "3": "Utah"}
STARTED = {"0": "G", "1": "N/A", "2": "C", "3": "N/A"}


def game() -> dict[str, Any]:
    columns = {
        column: {key: figures.get(column, "N/A") for key, figures in FIGURES.items()}
        for column in PLAYERS
    }
    return {
        "home_name": "Celtics",
        "home_city": "Boston",
        "vis_name": "Jazz",
        "vis_city": "Utah",
        "day": "02_03_17",
        "home_line": line(101, (30, 20, 26, 25), wins=32, losses=18),
        "vis_line": line(90, (25, 25, 20, 20), wins=9, losses=41),
        "box_score": {
            **columns,
            "PLAYER_NAME": NAMES,
            "SECOND_NAME": {key: name.split()[-1] for key, name in NAMES.items()},
            "TEAM_CITY": CITIES,
            "START_POSITION": STARTED,
        },
    }


def line(points: int, quarters: tuple[int, ...], *, wins: int, losses: int) -> dict[str, str]:
    figures = {"PTS": points, "REB": 44, "AST": 24, "TOV": 13, "WINS": wins, "LOSSES": losses}
    shares = {"FG_PCT": 46, "FG3_PCT": 36, "FT_PCT": 77}
    by_quarter = {f"PTS_QTR{n}": points for n, points in enumerate(quarters, start=1)}
    return {f"TEAM-{k}": str(v) for k, v in {**figures, **shares, **by_quarter}.items()}


def error(first: int, last: int, type_: str) -> dict[str, Any]:
    """Words counted from 1, as the set counts them."""
    return {"start": first, "end": last, "type": type_, "sentence": 1, "tokens": ""}


def folder(path: Path, text: str, *errors: dict[str, Any]) -> Path:
    row = {"id": "S1", "text": text, "record": game(), "errors": errors}
    (path / "items.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path
