"""What does a second opinion add? The guard alone and with it, of the same texts, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from .measured import Figures, Tally, summed
from .opinions import Opinions


def print_both(figures: Figures, said: Opinions) -> None:
    """A row for each way and language, then for true sentences, for the opinion by itself, and for whole texts."""
    table = Table(title=f"{len(figures.took)} texts with an opinion")
    for column in ("way", "language", "code alone", "with opinion", "of", "between"):
        table.add_column(column)
    for way, language, alone, both in _rows(figures):
        low, high = both.between
        shares = f"{alone.share:.3f}", f"{both.share:.3f}", str(both.asked)
        table.add_row(way, language, *shares, f"{low:.3f} to {high:.3f}")
    console = Console()
    console.print(table)
    if said.unfit:
        console.print(
            f"{len(said.unfit)} answers did not fit, and count as none: {dict(said.unfit)}"
        )
    if said.older:
        console.print("Some were asked with another prompt than the one in force.")


def _rows(figures: Figures) -> Iterator[tuple[str, str, Tally, Tally]]:
    doubted = figures.with_opinion
    if doubted is None:
        return
    for (way, language), both in sorted(doubted.found.items()):
        yield way, language, figures.found[way, language], both
    yield "all wrong ones", "", summed(figures.found.values()), summed(doubted.found.values())
    for language, both in sorted(doubted.clean.items()):
        yield "true, stopped", language, figures.clean[language], both
    for name, wrong, tallies in (("wrong", True, figures.found), ("true", False, figures.clean)):
        alone = summed(tallies.values())
        yield f"{name}, the opinion without code", "", alone, doubted.by_itself[wrong]
    # Of what code lets pass it has stopped nothing.
    for name, both in (("wrong", doubted.passed_wrong), ("true", doubted.passed_true)):
        yield f"{name} texts that code lets pass", "", Tally(asked=both.asked), both
