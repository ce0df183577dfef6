"""Any service survives its way through a table; and a circle is found whatever its shape."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.directory import Bilingual, Names, Service
from pipeline.domain.incident_types import IncidentType
from pipeline.domain.register import circle_through, circles_in
from pipeline.flow.register.tabular import COLUMNS, as_written, defused, document
from pipeline.flow.register.written import service_of

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), exclude_characters=";；"), min_size=1, max_size=12
).filter(lambda text: text.strip() == text and text[:1].isalnum())  # fmt: skip
WILD = st.builds(
    lambda sign, text: f"{sign}{text}",
    st.sampled_from(["=", "+", "-", "@", "'=", "''-", "'"]),
    TEXTS,
)
WORDS = TEXTS | WILD
LISTS = st.lists(WORDS, max_size=3, unique=True).map(tuple)
SERVICES = st.builds(
    Service,
    id=WORDS,
    name=st.builds(Names, zh=WORDS, en=WORDS),
    aliases=LISTS,
    users=LISTS,
    depends_on=LISTS,
    advice=st.none() | st.builds(Bilingual, zh=WORDS, en=WORDS),
    critical=st.booleans(),
    listed=st.booleans(),
    public=st.booleans(),
    category=st.none() | st.sampled_from(IncidentType),
    models=st.sampled_from([None, "none"]),
)  # fmt: skip


@given(st.text(max_size=20))
def test_a_defused_cell_reads_as_it_was_written_and_begins_no_formula(cell: str) -> None:
    assert as_written(defused(cell)) == cell
    assert not defused(cell).lstrip().startswith(("=", "+", "-", "@"))


@given(SERVICES)
def test_a_service_comes_back_from_its_table_as_it_was(service: Service) -> None:
    text = document([service]).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    cells = {column: as_written(cell) for column, cell in row.items()}
    assert service_of(cells, None) == (service, [])


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=8, max_size=8))
def test_a_register_has_a_circle_exactly_when_a_service_reaches_itself(
    needs: list[list[int]],
) -> None:
    services = {
        str(n): Service(
            id=str(n), name=Names(zh="名", en="name"), depends_on=tuple(dict.fromkeys(map(str, some)))
        )
        for n, some in enumerate(needs)
    }  # fmt: skip
    around = {name: circle_through(service, services) for name, service in services.items()}
    assert bool(circles_in(services)) == any(around.values())
    for name, way in around.items():
        if way:
            assert way[0] == way[-1] == name
            assert all(b in services[a].depends_on for a, b in pairwise(way))
    for way in circles_in(services).values():
        assert way[0] == way[-1]
        assert all(b in services[a].depends_on for a, b in pairwise(way))


def test_every_field_of_a_service_stands_in_the_table() -> None:
    """Whoever edits a service by form or table would else take away what has no cell."""
    fields = set(Service.model_fields) - {"deleted", "name", "public_name", "advice"}
    assert fields <= set(COLUMNS)
