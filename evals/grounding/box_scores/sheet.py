"""What does a box score record? Facts of players and teams (what, attribute, value), as the guard holds texts to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.guard.claims import Record, RecordedEvent, RecordedFact

PLAYERS = {
    "PTS": "points",
    "REB": "rebounds",
    "OREB": "offensive rebounds",
    "DREB": "defensive rebounds",
    "AST": "assists",
    "STL": "steals",
    "BLK": "blocks",
    "TO": "turnovers",
    "PF": "fouls",
    "FGM": "shots",
    "FGA": "shots",
    "FG3M": "threes",
    "FG3A": "threes",
    "FTM": "free throws",
    "FTA": "free throws",
    "MIN": "minutes",
    "FG_PCT": "percent",
    "FG3_PCT": "percent",
    "FT_PCT": "percent",
}
"""Of a player: the column, and what its numbers count."""

TEAMS = {
    "TEAM-PTS": "points",
    "TEAM-REB": "rebounds",
    "TEAM-AST": "assists",
    "TEAM-TOV": "turnovers",
    "TEAM-WINS": "wins",
    "TEAM-LOSSES": "losses",
    "TEAM-FG_PCT": "percent",
    "TEAM-FG3_PCT": "percent",
    "TEAM-FT_PCT": "percent",
    **{f"TEAM-PTS_QTR{n}": "points" for n in range(1, 5)},
}
_SIDES = ("home", "vis")
_SUMMED = ("STL", "BLK", "FGM", "FGA", "FG3M", "FG3A", "FTM", "FTA")
_POSITIONS = {"G": "guard", "F": "forward", "C": "center"}
Fact = tuple[str, str, int]


@dataclass(frozen=True)
class Sheet:
    """One game: who took part, and the facts of each."""

    game: Mapping[str, Any]

    @property
    def at(self) -> datetime:
        """The evening of the game; the sheet names its day only."""
        return datetime.strptime(str(self.game["day"]), "%m_%d_%y").replace(hour=19, tzinfo=UTC)

    @property
    def teams(self) -> dict[str, str]:
        """The name of each team, and its city."""
        return {str(self.game[f"{s}_name"]): str(self.game[f"{s}_city"]) for s in _SIDES}

    @property
    def players(self) -> dict[str, str]:
        """Each player's key in the columns of the sheet, and his name."""
        return dict(self.game["box_score"]["PLAYER_NAME"])

    def record(self, whom: frozenset[str] | None = None) -> Record:
        """With `whom`, the numbers of these players and teams alone; everybody's name stays."""
        events = tuple(self._events())
        source = {event.actor_role: event.id for event in events}
        facts = tuple(
            RecordedFact(
                id=f"F{n}",
                what=what,
                attribute=unit,
                value=value,
                unit=unit,
                at=self.at,
                status="confirmed",
                source=source[what],
            )
            for n, (what, unit, value) in enumerate(self._facts(), start=1)
            if whom is None or what in whom
        )
        names = [f"{city} {name}" for name, city in self.teams.items()]
        return Record(
            number="GAME",
            service=names[0],
            service_aliases=(names[1], *self.teams),
            title=" against ".join(names),
            severity=None,
            state="closed",
            phase="resolved",
            opened_at=self.at,
            major=False,
            facts=facts,
            events=events,
            now=self.at,
        )

    def _events(self) -> Iterator[RecordedEvent]:
        """Who took part, an event for each; its actor is whose numbers rest on it."""
        for n, (who, said) in enumerate(self._told(), start=1):
            yield RecordedEvent(id=f"E{n}", at=self.at, type="noted", actor_role=who, text=said)

    def _told(self) -> Iterator[tuple[str, str]]:
        columns = self.game["box_score"]
        for name, city in self.teams.items():
            yield name, f"The {city} {name} played in the NBA."
        for key, player in self.players.items():
            position = _POSITIONS.get(columns["START_POSITION"][key])
            began = f"started as a {position}" if position else "came off the bench"
            also = f" ({player.replace('.', '')})" if "." in player else ""
            yield player, f"{player}{also} of {columns['TEAM_CITY'][key]} {began}."

    def _facts(self) -> Iterator[Fact]:
        columns = self.game["box_score"]
        for key, player in self.players.items():
            for column, unit in PLAYERS.items():
                if (value := columns[column][key]).isdigit():
                    yield player, unit, int(value)
        lines = {str(self.game[f"{s}_name"]): self.game[f"{s}_line"] for s in _SIDES}
        for (team, line), other in zip(lines.items(), reversed(lines.values()), strict=True):
            for column, unit in TEAMS.items():
                if str(line[column]).isdigit():
                    yield team, unit, int(line[column])
            yield from _margins(team, line, other)
        yield from self._sums()

    def _sums(self) -> Iterator[Fact]:
        """What the sheet gives for players alone, added up for their teams."""
        columns = self.game["box_score"]
        for name, city in self.teams.items():
            own = [k for k, c in columns["TEAM_CITY"].items() if c == city]
            for column in _SUMMED:
                values = [int(v) for k in own if (v := columns[column][k]).isdigit()]
                yield name, PLAYERS[column], sum(values)
            bench = [k for k in own if columns["START_POSITION"][k] not in _POSITIONS]
            points = [int(v) for k in bench if (v := columns["PTS"][k]).isdigit()]
            yield name, "points", sum(points)


def _margins(team: str, line: Mapping[str, str], other: Mapping[str, str]) -> Iterator[Fact]:
    """By how many points one was ahead: in the game, a quarter, a half, and before the last quarter."""
    quarters = [(int(line[q]), int(other[q])) for q in (f"TEAM-PTS_QTR{n}" for n in range(1, 5))]
    spans = (quarters[:2], quarters[2:], quarters[:3], quarters)
    for span in (*([q] for q in quarters), *spans):
        own, theirs = (sum(points) for points in zip(*span, strict=True))
        yield team, "points", abs(own - theirs)
        yield team, "points", own
