"""The template step of the ladder: a brief in, a rendition out, in every form and both languages.

A text is a file of sections (`== subject ==`, `== mail ==`, `== chat ==`, `== short ==`) in strict,
sandboxed Jinja2. It may name only the slots that its catalogue declares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from jinja2 import TemplateSyntaxError
from markupsafe import Markup

from ..domain.communication import MARK, Communication, Form, Kind, Rendition, SlotValue
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured, MissingVariable, TooLong, Unusable
from ..domain.facts import Brief
from ..domain.keys import rendition_key
from .catalogue import Catalogue, load_catalogues, load_states
from .compiled import compiled, compiled_layout, names_in
from .environment import text_environment
from .marks import escape_markdown
from .markup import Block, blocks_of, chat, one_line, places, plain, rich
from .passages import Place, Wording
from .population import texts_of
from .sections import SECTIONS, Sections
from .slot_names import NOT_ON_PAGES, PERSONAL
from .slots import WORDS, Absent, Context, Slotted, Used, values_for
from .syntax import PROSE, parsed_layout
from .variants import Variant

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
        variants: Mapping[tuple[Kind, str], tuple[Variant, ...]],
        catalogues: Mapping[tuple[Kind, str], Catalogue],
        states: Mapping[Language, Mapping[str, str]],
        layout: str,
    ) -> None:
        self._texts, self._variants = texts, variants
        self._catalogues, self._states = catalogues, states
        parsed_layout(text_environment(autoescape=True), layout, LAYOUT_NAMES)
        self._layout = layout
        self._versions = {key: _version(sections, layout) for key, sections in texts.items()}

    @classmethod
    def load(cls, files: Mapping[str, str], *, validate: bool) -> Templates:
        """Take all files. `validate` also compiles each text and renders it with its samples, which
        the tests have done for the shipped ones. Raises Misconfigured with every problem."""
        catalogues = load_catalogues(files)
        texts, variants = texts_of(files, catalogues)
        if LAYOUT not in files:
            raise Misconfigured("is missing", where=LAYOUT)
        try:
            loaded = cls(texts, variants, catalogues, load_states(files), files[LAYOUT])
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

    def variants(self, kind: Kind, audience: str) -> tuple[Variant, ...]:
        """All texts for them, in the order in which they are asked whether they fit; the last always does."""
        return self._variants[kind, audience]

    def part_for(self, kind: Kind, audience: str, brief: Brief, form: Form) -> str:
        """The text that tells this ticket in this form: its audience, with what it is for."""
        fits = (v for v in self.variants(kind, audience) if v.misfit(brief, form) is None)
        return audience + next(fits).suffix

    def version(self, kind: Kind, part: str, language: Language) -> str:
        """The same for the same words in the same layout."""
        return self._versions[kind, part, language]

    def state_words(self, language: Language) -> Mapping[str, str]:
        """What each state is called, by its key."""
        return self._states[language]

    def catalogue(self, kind: Kind, audience: str) -> Catalogue:
        """Raises MissingVariable when nobody wrote such a text: then nothing is sent (law 12)."""
        found = self._catalogues.get((kind, audience))
        if found is None:
            raise MissingVariable(f"there is no text of kind {kind.value} for {audience}")
        return found

    def names_in(self, kind: Kind, part: str, language: Language, section: str) -> set[str]:
        """The slots that a section names. Raises TemplateSyntaxError for one that is no template."""
        source = self._texts[kind, part, language][section]
        return set(names_in(source) - _NO_SLOTS)

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
        part: str | None = None,
    ) -> Rendition:
        """One text in one form, with a model's `wording` where it has a place for one; `part` in place of the one
        that fits. Raises Unusable: MissingVariable, TooLong, and for a template that fails."""
        kind, audience = communication.kind, communication.audience
        catalogue = self.catalogue(kind, audience)
        part = part or self.part_for(kind, audience, brief, form)
        used, states = Used(), self._states[language]
        given = values_for(brief, context, language, now, states, used)
        values = _declared(given, catalogue, form)
        subject_source = self._section(kind, part, language, "subject", values)
        values[PROSE] = place = Place(wording, brief, language, now=now, states=states, used=used)
        source = self._section(kind, part, language, PART_OF[form], values)
        subject, blocks = one_line(subject_source, used.slots), blocks_of(source)
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
            html=self.framed(subject, blocks, language, used) if form is Form.MAIL else None,
            values=_values(used.slots, places(subject_source + source), form),
            template=f"{kind.value}/{part}.{language}",
            template_version=self._versions[kind, part, language],
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
            part = self.part_for(kind, audience, brief, Form.MAIL)
            self._section(kind, part, language, Form.MAIL.value, {**values, PROSE: place})
            found |= place.tells
        return found

    def _section(
        self, kind: Kind, part: str, language: Language, section: str, values: dict[str, Any]
    ) -> str:
        try:
            rendered = compiled(self._texts[kind, part, language][section]).render(values)
        except Unusable:
            raise
        except Exception as failed:  # a template can raise whatever its expressions raise
            where = f"{kind.value}/{part}.{language}, {section}"
            raise Unusable(
                f"the text {where} failed: {type(failed).__name__}: {failed}"
            ) from failed
        if len(rendered) > LONGEST_OUTPUT:
            raise TooLong(f"{section} has {len(rendered)} characters, more than {LONGEST_OUTPUT}")
        return rendered

    def framed(
        self, subject: str, blocks: Sequence[Block], language: Language, used: Used | None = None
    ) -> str:
        """In the layout of all mails; `used` fills the places that the blocks have. Raises Unusable."""
        slots = used.slots if used else ()
        written = [
            {"kind": block.kind, "lines": [Markup(line) for line in rich(block, slots)]}  # noqa: S704  escaped by `rich`
            for block in blocks
        ]
        layout = compiled_layout(self._layout, LAYOUT_NAMES)
        try:
            return layout.render(subject=subject, blocks=written, language=language)
        except Exception as failed:  # a template can raise whatever its expressions raise
            raise Unusable(f"{LAYOUT} failed: {type(failed).__name__}: {failed}") from failed


def _declared(values: dict[str, Any], catalogue: Catalogue, form: Form) -> dict[str, Any]:
    """A text may name what its catalogue declares, and nothing else; a page has no links of a mail."""
    gone = NOT_ON_PAGES if form is Form.PAGE else frozenset()
    return {n: Absent(n) if n in gone else values[n] for n in catalogue.slots | ALWAYS}


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
