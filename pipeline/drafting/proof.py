"""Are these texts fit to be put in force? Each is rendered as it will be: with everything, with nothing.

`samples.yaml` holds a value for each slot. The floor is a brief in which every optional fact is absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

from jinja2 import TemplateSyntaxError

from ..domain.communication import Communication, Form, Kind, Reason
from ..domain.directory import LANGUAGES, Bilingual, Language
from ..domain.errors import Misconfigured, Unusable, misconfigured
from ..domain.facts import Audience, Brief, Fact, Level, ValueKind
from ..domain.incident_types import TYPE_KEYS
from ..domain.lattices import STATE_KEYS
from ..yaml_places import read
from .catalogue import Catalogue
from .population import file_of
from .proven import Part, Proofs
from .sections import SECTIONS, line_of_slot
from .slot_names import CONTEXT, FACTS, LISTS, PERSONAL, TYPE
from .slots import Context
from .templates import Templates

SAMPLES = "samples.yaml"
NOW = datetime(2026, 8, 24, 2, 25, tzinfo=UTC)
_FLOOR = frozenset({"number", "title", "state"})
"""What every ticket has on record."""


_PROOFS = Proofs()


def prove(templates: Templates, files: Mapping[str, str], only: Part | None = None) -> None:
    """Raises Misconfigured with every problem that was found, in `only` one text or in all of them."""
    values = samples(files)
    problems: list[tuple[str, str]] = []
    for part, mark in _PROOFS.due([only] if only else parts_of(templates), files):
        found = list(_one(templates, files, values, *part))
        problems += found
        if not found:
            _PROOFS.stood(mark)
    if problems:
        raise misconfigured(problems)


def parts_of(templates: Templates) -> list[Part]:
    """Every text with its variants: kind, audience, and the audience with what the variant is for."""
    return [
        (kind, audience, audience + variant.suffix)
        for kind, audience in templates.population
        for variant in templates.variants(kind, audience)
    ]


def samples(files: Mapping[str, str]) -> dict[str, Any]:
    """Raises Misconfigured unless `samples.yaml` is a table of slots."""
    if SAMPLES not in files:
        raise Misconfigured("is missing", where=SAMPLES)
    raw, _ = read(SAMPLES, files[SAMPLES])
    if not isinstance(raw, dict):
        raise Misconfigured("is a table of slots", where=SAMPLES)
    for name in sorted((FACTS | LISTS) - {"state"}):
        sample = raw.get(name)
        if not isinstance(sample, dict) or {"kind", "value"} - sample.keys():
            raise Misconfigured(f"has no kind and value for {name}", where=SAMPLES)
        if sample["kind"] not in set(ValueKind):
            raise Misconfigured(f"{name}: {sample['kind']} is no kind of value", where=SAMPLES)
    return raw


def of_each_type(
    catalogue: Catalogue, values: Mapping[str, Any], *, floor: bool = False
) -> list[Mapping[str, Any]]:
    """The samples for a text that speaks of types of incidents: once for each of them. The floor has none."""
    if floor or TYPE not in catalogue.slots:
        return [values]
    return [{**values, TYPE: {"kind": "state", "value": key}} for key in TYPE_KEYS]


def sample_brief(
    catalogue: Catalogue,
    values: Mapping[str, Any],
    *,
    floor: bool = False,
    state: str = "in_progress",
) -> Brief:
    """A brief in which everything is new and known, or, for the floor, as little as may be."""
    wanted = (catalogue.required | _FLOOR) if floor else (catalogue.slots | _FLOOR)
    facts = [
        fact
        for name in sorted(wanted - PERSONAL - CONTEXT)
        for fact in _facts(name, state if name == "state" else values[name])
    ]
    audience = Audience(role="sample", clearance=Level.RESTRICTED)
    return Brief(
        incident="inc_sample",
        number=str(values["number"]["value"]),
        audience=audience,
        facts=tuple(facts),
        news=frozenset(fact.attribute for fact in facts),
    )


def sample_communication(kind: Kind, audience: str) -> Communication:
    return Communication(
        id="com_sample",
        incident="inc_sample",
        kind=kind,
        audience=audience,
        rule="sample",
        reason=Reason(code="sample"),
        due_at=NOW,
        created_at=NOW,
        events=("evt_sample",),
    )


def sample_context() -> Context:
    return Context(desk_name="IT Service Desk", desk_phone="6000", thread_token="[##9527##]")  # noqa: S106  what a desk files replies by


def _facts(name: str, sample: Any) -> Iterator[Fact]:
    if name == "state":
        sample = {"kind": "state", "value": sample}
    found = sample["value"] if name in LISTS else [sample["value"]]
    for n, value in enumerate(found):
        written = Bilingual.model_validate(value) if isinstance(value, dict) else value
        yield Fact(
            id=f"f.{name}.{n}",
            what="inc_sample",
            attribute=name,
            kind=ValueKind(sample["kind"]),
            value=written,
            level=Level.PUBLIC,
            at=NOW,
            event="evt_sample",
        )


def _one(
    templates: Templates,
    files: Mapping[str, str],
    values: Mapping[str, Any],
    kind: Kind,
    audience: str,
    part: str,
) -> Iterator[tuple[str, str]]:
    catalogue = templates.catalogue(kind, audience)
    named: set[str] = set()
    by_language: dict[Language, dict[str, set[str]]] = {}
    for language in LANGUAGES:
        where = file_of(kind, part, language)
        try:
            by_language[language] = {
                section: templates.names_in(kind, part, language, section) for section in SECTIONS
            }
            named |= set().union(*by_language[language].values())
        except TemplateSyntaxError as wrong:
            yield f"{where}:{wrong.lineno}", f"is not a template: {wrong.message}"
            return
        unknown = sorted(named - catalogue.slots)
        if unknown:
            line = line_of_slot(files[where], unknown[0])
            yield f"{where}:{line}", f"names {unknown[0]}, which kind.yaml does not declare"
            return
        yield from _renders(templates, values, kind, audience, part, language)
    for section in SECTIONS:
        for name in sorted(by_language["zh"][section] ^ by_language["en"][section]):
            yield file_of(kind, part, "zh"), f"{section}: {name} stands in one language only"
    for name in sorted(catalogue.slots - named) if part == audience else ():
        yield f"messages/{kind.value}/kind.yaml", f"{audience}: declares {name}, which no text uses"


def _renders(
    templates: Templates,
    values: Mapping[str, Any],
    kind: Kind,
    audience: str,
    part: str,
    language: Language,
) -> Iterator[tuple[str, str]]:
    where = file_of(kind, part, language)
    catalogue = templates.catalogue(kind, audience)
    states = STATE_KEYS if "state" in catalogue.slots else ("in_progress",)
    for floor, state, form in product((False, True), states, Form):
        for of_type in of_each_type(catalogue, values, floor=floor):
            brief = sample_brief(catalogue, of_type, floor=floor, state=state)
            failed = _failed(templates, kind, audience, part, language, form, brief, floor=floor)
            if failed is not None:
                name = "the least that may be known" if floor else "the sample"
                yield where, f"{form.value}, {state}, with {name}: {failed}"
                return


def _failed(
    templates: Templates,
    kind: Kind,
    audience: str,
    part: str,
    language: Language,
    form: Form,
    brief: Brief,
    *,
    floor: bool,
) -> Unusable | None:
    try:
        templates.render(
            *(sample_communication(kind, audience), brief, language, form),
            now=NOW,
            context=Context() if floor else sample_context(),
            part=part,
        )
    except Unusable as unusable:
        return unusable
    return None
