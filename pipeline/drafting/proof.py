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
from ..domain.lattices import STATE_KEYS
from ..yaml_places import read
from .catalogue import Catalogue
from .sections import SECTIONS, line_of_slot
from .slot_names import CONTEXT, FACTS, LISTS, PERSONAL
from .slots import Context
from .templates import Templates

SAMPLES = "samples.yaml"
NOW = datetime(2026, 8, 24, 2, 25, tzinfo=UTC)
_FLOOR = frozenset({"number", "title", "state"})
"""What every ticket has on record."""


def prove(templates: Templates, files: Mapping[str, str]) -> None:
    """Raises Misconfigured with every problem that was found."""
    values = samples(files)
    problems = [
        problem for key in templates.population for problem in _one(templates, files, values, *key)
    ]
    if problems:
        raise misconfigured(problems)


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
) -> Iterator[tuple[str, str]]:
    catalogue = templates.catalogue(kind, audience)
    named: set[str] = set()
    for language in LANGUAGES:
        where = f"messages/{kind.value}/{audience}.{language}.jinja"
        try:
            for section in SECTIONS:
                named |= templates.names_in(kind, audience, language, section)
        except TemplateSyntaxError as wrong:
            yield f"{where}:{wrong.lineno}", f"is not a template: {wrong.message}"
            return
        unknown = sorted(named - catalogue.slots)
        if unknown:
            line = line_of_slot(files[where], unknown[0])
            yield f"{where}:{line}", f"names {unknown[0]}, which kind.yaml does not declare"
            return
        yield from _renders(templates, values, kind, audience, language)
    for name in sorted(catalogue.slots - named):
        yield f"messages/{kind.value}/kind.yaml", f"{audience}: declares {name}, which no text uses"


def _renders(
    templates: Templates,
    values: Mapping[str, Any],
    kind: Kind,
    audience: str,
    language: Language,
) -> Iterator[tuple[str, str]]:
    where = f"messages/{kind.value}/{audience}.{language}.jinja"
    catalogue = templates.catalogue(kind, audience)
    states = STATE_KEYS if "state" in catalogue.slots else ("in_progress",)
    for floor, state, form in product((False, True), states, Form):
        try:
            templates.render(
                sample_communication(kind, audience),
                sample_brief(catalogue, values, floor=floor, state=state),
                language,
                form,
                now=NOW,
                context=Context() if floor else sample_context(),
            )
        except Unusable as unusable:
            name = "the least that may be known" if floor else "the sample"
            yield where, f"{form.value}, {state}, with {name}: {unusable}"
            return
