"""Which texts are there among the files? For each kind and audience its own, and its variants, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ..domain.communication import Kind
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured, misconfigured
from .partials import with_partials
from .sections import Sections, sections_of
from .variants import Variant, parsed_part

_NAME = re.compile(r"messages/([a-z_]+)/([A-Za-z0-9_+-]+)\.(zh|en)\.jinja")
Texts = dict[tuple[Kind, str, Language], Sections]
Variants = dict[tuple[Kind, str], tuple[Variant, ...]]


def file_of(kind: Kind, part: str, language: Language) -> str:
    """`part` is the audience, with what a variant is for after it."""
    return f"messages/{kind.value}/{part}.{language}.jinja"


def texts_of(
    files: Mapping[str, str], wanted: Collection[tuple[Kind, str]]
) -> tuple[Texts, Variants]:
    """Sections by kind, part and language; and the variants of each of `wanted`, the weightiest first. Raises
    Misconfigured with every problem: what is missing in one language, a name that means nothing."""
    problems: list[tuple[str, str]] = []
    variants: dict[tuple[Kind, str], set[Variant]] = {key: {Variant()} for key in wanted}
    for name in files:
        found = _NAME.fullmatch(name)
        if found is None or "+" not in found[2]:
            continue
        try:
            audience, variant = parsed_part(found[2])
            variants[Kind(found[1]), audience].add(variant)
        except ValueError as wrong:
            problems.append((name, str(wrong)))
        except KeyError:
            problems.append((name, "is for a kind or an audience that has no text"))
    texts: Texts = {}
    for (kind, audience), of_one in variants.items():
        for variant in of_one:
            for language in LANGUAGES:
                part = audience + variant.suffix
                try:
                    whole = with_partials(files, file_of(kind, part, language), language)
                    texts[kind, part, language] = sections_of(whole, file_of(kind, part, language))
                except Misconfigured as wrong:
                    problems += wrong.problems
    if problems:
        raise misconfigured(problems)
    in_order = {
        key: tuple(sorted(of_one, key=lambda v: (-v.weight, v.suffix)))
        for key, of_one in variants.items()
    }
    return texts, in_order
