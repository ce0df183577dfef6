"""The template step of the ladder: a brief in, a rendition out, in every form and both languages.

A text is a file of sections (`== subject ==`, `== mail ==`, `== chat ==`, `== short ==`) in strict,
sandboxed Jinja2. It may name only the slots that its catalogue declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ..domain.communication import MARK, Communication, Form, Kind, Rendition, SlotValue
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured, MissingVariable, TooLong, Unusable, misconfigured
from ..domain.facts import Brief
from ..domain.keys import rendition_key
from .catalogue import Catalogue, load_catalogues, load_states
from .marks import escape_markdown
from .markup import Block, blocks_of, chat, one_line, places, plain, rich
from .passages import Place, Wording
from .sections import SECTIONS, Sections, sections_of
from .slot_names import NOT_ON_PAGES, PERSONAL
from .slots import WORDS, Absent, Context, Slotted, Used, values_for
from .syntax import PROSE, parsed, parsed_layout

LAYOUT = "partials/mail.html.jinja"
LONGEST_OUTPUT = 32 * 1024
LAYOUT_NAMES = frozenset({"subject", "blocks", "language"})
ALWAYS = frozenset({"news", "waiting"})
"""Names that every text may ask about: what is new to its audience, and whether the ticket waits."""
_NO_SLOTS = ALWAYS | {PROSE}
PART_OF = {form: Form.MAIL.value if form is Form.PAGE else form.value for form in Form}
"""The section that a form is written in: a page says what a mail says."""


class Templates:
    """All texts in force. Sections are compiled when they are first used, which keeps the start fast."""

    def __init__(
        self,
        texts: Mapping[tuple[Kind, str, Language], Sections],
        catalogues: Mapping[tuple[Kind, str], Catalogue],
        states: Mapping[Language, Mapping[str, str]],
        layout: str,
    ) -> None:
        self._texts, self._catalogues, self._states = texts, catalogues, states
        self._environment = _environment()
        self._layout_source = layout
        self._layout: Template | None = None
        parsed_layout(_environment(autoescape=True), layout, LAYOUT_NAMES)
        self._compiled: dict[tuple[Kind, str, Language, str], Template] = {}
        self._lock = Lock()
        self._versions = {key: _version(sections, layout) for key, sections in texts.items()}

    @classmethod
    def load(cls, files: Mapping[str, str], *, validate: bool) -> Templates:
        """Take all files. `validate` also compiles each text and renders it with its samples, which
        the tests have done for the shipped ones. Raises Misconfigured with every problem."""
        catalogues = load_catalogues(files)
        problems: list[tuple[str, str]] = []
        texts: dict[tuple[Kind, str, Language], Sections] = {}
        for kind, audience in catalogues:
            for language in LANGUAGES:
                name = f"messages/{kind.value}/{audience}.{language}.jinja"
                try:
                    texts[kind, audience, language] = sections_of(files, name)
                except Misconfigured as wrong:
                    problems += wrong.problems
        if LAYOUT not in files:
            problems.append((LAYOUT, "is missing"))
        if problems:
            raise misconfigured(problems)
        try:
            loaded = cls(texts, catalogues, load_states(files), files[LAYOUT])
        except TemplateSyntaxError as wrong:
            raise Misconfigured(f"{wrong.message}", where=f"{LAYOUT}:{wrong.lineno}") from None
        if validate:
            from .proof import prove

            prove(loaded, files)
        return loaded

    @property
    def population(self) -> tuple[tuple[Kind, str], ...]:
        """Every (kind, audience) for which there are texts."""
        return tuple(self._catalogues)

    def state_words(self, language: Language) -> Mapping[str, str]:
        """What each state is called, by its key."""
        return self._states[language]

    def catalogue(self, kind: Kind, audience: str) -> Catalogue:
        """Raises MissingVariable when nobody wrote such a text: then nothing is sent (law 12)."""
        found = self._catalogues.get((kind, audience))
        if found is None:
            raise MissingVariable(f"there is no text of kind {kind.value} for {audience}")
        return found

    def names_in(self, kind: Kind, audience: str, language: Language, section: str) -> set[str]:
        """The slots that a section names. Raises TemplateSyntaxError for one that is no template."""
        source = self._texts[kind, audience, language][section]
        return meta.find_undeclared_variables(parsed(self._environment, source)) - _NO_SLOTS

    def render(
        self,
        communication: Communication,
        brief: Brief,
        language: Language,
        form: Form,
        *,
        now: datetime,
        context: Context,
        wording: Wording | None = None,
    ) -> Rendition:
        """One text in one form, with a model's `wording` where it has a place for one. Raises Unusable:
        MissingVariable for what it needs and nobody recorded, TooLong, and for a template that fails."""
        kind, audience = communication.kind, communication.audience
        catalogue = self.catalogue(kind, audience)
        used, states = Used(), self._states[language]
        values = values_for(brief, context, language, now, states, used)
        gone = NOT_ON_PAGES if form is Form.PAGE else frozenset()
        values = {n: Absent(n) if n in gone else values[n] for n in catalogue.slots | ALWAYS}
        subject_source = self._section(kind, audience, language, "subject", values)
        values[PROSE] = place = Place(wording, brief, language, now=now, states=states, used=used)
        source = self._section(kind, audience, language, PART_OF[form], values)
        subject = one_line(subject_source, used.slots)
        blocks = blocks_of(source)
        text = _written(form, blocks, source, used, language)
        _fit(form, subject, text, catalogue.limits_of(form, language))
        return Rendition(
            id=rendition_key(communication.id, communication.revision, language, form.value),
            communication=communication.id,
            revision=communication.revision,
            language=language,
            form=form,
            subject=subject,
            text=text,
            html=self._html(subject, blocks, used, language) if form is Form.MAIL else None,
            values=_values(used.slots, places(subject_source + source), form),
            template=f"{kind.value}/{audience}.{language}",
            template_version=self._versions[kind, audience, language],
            by_model=place.by_model,
        )

    def told_in_place(
        self, communication: Communication, brief: Brief, *, now: datetime, context: Context
    ) -> frozenset[str]:
        """The facts that a mail's fixed words tell where a model might say it better; none where there is no
        such place, or nothing stands there. Raises what `render` does."""
        kind, audience = communication.kind, communication.audience
        found: frozenset[str] = frozenset()
        for language in LANGUAGES:
            states, used = self._states[language], Used()
            values = values_for(brief, context, language, now, states, used)
            place = Place(None, brief, language, now=now, states=states, used=used)
            self._section(kind, audience, language, Form.MAIL.value, {**values, PROSE: place})
            found |= place.tells
        return found

    def _section(
        self, kind: Kind, audience: str, language: Language, section: str, values: dict[str, Any]
    ) -> str:
        try:
            rendered = self._compile(kind, audience, language, section).render(values)
        except Unusable:
            raise
        except Exception as failed:  # a template can raise whatever its expressions raise
            where = f"{kind.value}/{audience}.{language}, {section}"
            raise Unusable(
                f"the text {where} failed: {type(failed).__name__}: {failed}"
            ) from failed
        if len(rendered) > LONGEST_OUTPUT:
            raise TooLong(f"{section} has {len(rendered)} characters, more than {LONGEST_OUTPUT}")
        return rendered

    def _compile(self, kind: Kind, audience: str, language: Language, section: str) -> Template:
        key = (kind, audience, language, section)
        with self._lock:
            found = self._compiled.get(key)
            if found is None:
                source = self._texts[kind, audience, language][section]
                tree = parsed(self._environment, source)
                found = self._compiled[key] = self._environment.from_string(tree)
            return found

    def _html(self, subject: str, blocks: tuple[Block, ...], used: Used, language: Language) -> str:
        written = [
            {"kind": block.kind, "lines": [Markup(line) for line in rich(block, used.slots)]}  # noqa: S704  escaped by `rich`
            for block in blocks
        ]
        with self._lock:
            if self._layout is None:
                environment = _environment(autoescape=True)
                self._layout = environment.from_string(self._layout_source)
            layout = self._layout
        try:
            return layout.render(subject=subject, blocks=written, language=language)
        except Exception as failed:  # a template can raise whatever its expressions raise
            raise Unusable(f"{LAYOUT} failed: {type(failed).__name__}: {failed}") from failed


def _environment(*, autoescape: bool = False) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=autoescape,
        auto_reload=False,
    )
    # Only what texts need: the rest of Jinja2's filters and functions work on more than words.
    environment.globals = {}
    environment.filters = {
        "short": _short,
        "last": environment.filters["last"],
        "newest": _newest,
        "exceeds": _exceeds,
    }
    return environment


def _short(slot: Any, columns: int) -> Any:
    """`{{ title | short(40) }}`: at most so many columns; a Chinese character takes two."""
    return slot.shortened(columns) if isinstance(slot, Slotted) else slot


def _newest(slots: list[Any], most: int) -> list[Any]:
    """`{% for step in tried | newest(20) %}`: the last so many; a list is oldest first."""
    return slots[max(0, len(slots) - most) :]


def _exceeds(slots: list[Any], most: int) -> bool:
    """`{% if tried | exceeds(20) %}`: some are left out, which the text has to say."""
    return len(slots) > most


def _version(sections: Sections, layout: str) -> str:
    joined = "\x1f".join((*(sections[name] for name in SECTIONS), layout))
    return sha256(joined.encode()).hexdigest()[:12]


def _written(
    form: Form, blocks: tuple[Block, ...], source: str, used: Used, language: Language
) -> str:
    if form in (Form.MAIL, Form.PAGE):
        return plain(blocks, used.slots, language)
    return chat(blocks, used.slots) if form is Form.CHAT else one_line(source, used.slots)


def _fit(form: Form, subject: str, text: str, limits: Mapping[str, int]) -> None:
    _fits("subject", subject, limits["subject"])
    _fits(form.value, text, limits["text"])


def _fits(what: str, text: str, limit: int) -> None:
    """Lengths as a reader gets them: a mark stands for about a dozen characters."""
    length = len(MARK.sub("0" * 12, text))
    if length > limit:
        raise TooLong(f"the {what} has {length} characters; {limit} are allowed")


def _values(slots: list[Slotted], shown: list[int], form: Form) -> tuple[SlotValue, ...]:
    """What the text shows, each slot and value once."""
    found: dict[tuple[str, str], SlotValue] = {}
    for number in shown:
        slot = slots[number]
        if slot.name == WORDS:
            continue
        personal = bool(MARK.fullmatch(slot.text)) or slot.name in PERSONAL
        text = slot.text
        if form is Form.CHAT and not personal:
            text = escape_markdown(" ".join(text.split()))
        fact = slot.fact
        value = SlotValue(
            slot=slot.name,
            fact=fact.id if fact else None,
            event=fact.event if fact else None,
            text=text,
            personal=personal,
        )
        found.setdefault((slot.name, text), value)
    return tuple(found.values())
