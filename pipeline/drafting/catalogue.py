"""Which texts are there, what may each use, and how long may it be? `kind.yaml` beside the texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ..domain.communication import Form, Kind
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured, misconfigured
from ..domain.lattices import WORDED_KEYS
from ..domain.unfit_values import in_words, place_of
from ..yaml_places import Place, line_of, read
from .slot_names import ANNOUNCED, SLOTS

LIMITS = "limits.yaml"
STATES = "states.yaml"


def _slot(name: str) -> str:
    if name not in SLOTS:
        raise ValueError(f"{name} is not a slot; known: {', '.join(sorted(SLOTS))}")
    return name


def _announced(name: str) -> str:
    if name not in ANNOUNCED:
        raise ValueError(f"{name} is not a time that can be announced")
    return name


Slot = Annotated[str, AfterValidator(_slot)]


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Catalogue(_Read):
    """One kind's text for one audience.

    `required` must stand in the mail (and those of them in `lead` in every other form too), `optional`
    may be absent. `news` are the attributes whose change is worth a message; empty: any. `implies` are
    attributes that the text tells in its own words, without a slot. `promises` are the announced times
    that are watched.
    """

    required: frozenset[Slot]
    optional: frozenset[Slot] = frozenset()
    lead: frozenset[Slot] = frozenset({"number"})
    news: frozenset[Slot] = frozenset()
    implies: frozenset[Slot] = frozenset()
    promises: tuple[Annotated[str, AfterValidator(_announced)], ...] = ()
    limits: dict[Language, dict[str, int]] = Field(default={}, exclude=True)

    @property
    def slots(self) -> frozenset[str]:
        return self.required | self.optional

    def required_in(self, form: Form) -> frozenset[str]:
        """Slots that a text of this form must show."""
        return self.required if form in (Form.MAIL, Form.PAGE) else self.lead

    def limits_of(self, form: Form, language: Language) -> dict[str, int]:
        """Greatest length in characters of `subject` and `text`."""
        known = self.limits[language]
        return {"subject": known["subject"], "text": known[form.value]}


class _KindFile(_Read):
    purpose: dict[Language, str]
    audiences: dict[str, Catalogue]


def load_catalogues(files: Mapping[str, str]) -> dict[tuple[Kind, str], Catalogue]:
    """Every `messages/<kind>/kind.yaml`. Raises Misconfigured with every problem."""
    limits = _limits(files)
    problems: list[tuple[str, str]] = []
    found: dict[tuple[Kind, str], Catalogue] = {}
    for kind in Kind:
        name = f"messages/{kind.value}/kind.yaml"
        try:
            raw, lines = _yaml(files, name)
            file = _KindFile.model_validate(raw)
        except ValidationError as wrong:
            problems += [
                (
                    f"{name}:{line_of(lines, e['loc'])}",
                    f"{place_of(e)}: {in_words(e)}",
                )
                for e in wrong.errors(include_url=False, include_input=False)
            ]
            continue
        except Misconfigured as wrong:
            problems += wrong.problems
            continue
        for audience, catalogue in file.audiences.items():
            found[kind, audience] = catalogue.model_copy(update={"limits": limits})
    if problems:
        raise misconfigured(problems)
    return found


def load_states(files: Mapping[str, str]) -> dict[Language, dict[str, str]]:
    """The words for each state's key, by language."""
    raw, _ = _yaml(files, STATES)
    try:
        words = {
            language: {key: words[language] for key, words in raw.items()} for language in LANGUAGES
        }
    except (AttributeError, KeyError, TypeError):
        raise Misconfigured("each state needs its words in zh and in en", where=STATES) from None
    missing = sorted({*WORDED_KEYS} - raw.keys())
    if missing:
        raise Misconfigured(f"has no words for {missing[0]}", where=STATES)
    return words


def _limits(files: Mapping[str, str]) -> dict[Language, dict[str, int]]:
    raw, _ = _yaml(files, LIMITS)
    try:
        return {
            language: {
                # A page says what a mail says, and may be as long unless the file says otherwise.
                name: int(
                    raw.get(name, raw["mail"])[language]
                    if name == Form.PAGE
                    else raw[name][language]
                )
                for name in ("subject", *Form)
            }
            for language in LANGUAGES
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Misconfigured(
            "subject and each form need a number for zh and for en", where=LIMITS
        ) from None


def _yaml(files: Mapping[str, str], name: str) -> tuple[Any, dict[Place, int]]:
    if name not in files:
        raise Misconfigured("is missing", where=name)
    return read(name, files[name])
