"""Which rules and templates are in force? Those activated last; a bad set is refused whole. Where rules come
from, and which stand above which, is in `versions_in_force.py`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import structlog

from ..domain.communication import Reason
from ..domain.directory import Language
from ..domain.errors import Misconfigured, Refused, misconfigured
from ..domain.text_version import TextVersion
from ..drafting.proof import prove as prove_samples
from ..drafting.proven import Part
from ..drafting.reasons import Reasons
from ..drafting.templates import Templates
from ..guard import Phrases
from ..policy.loading import load_pack
from ..policy.rules import RulePack
from ..ports import Alarm, Clock, PackKind, Store, Transaction
from .checked_texts import prove
from .versions_in_force import VersionsInForce
from .writing.parts import proven
from .written_texts import laid_over

log = structlog.get_logger(__name__)
Files = dict[str, str]
KEPT = 4
"""Sets of texts that are kept ready: the one in force, those before it, and the shipped one."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where the files are read from, and whether they are the shipped ones, which tests have proven."""

    rules: Callable[[], Files]
    templates: Callable[[], Files]
    rules_shipped: bool
    templates_shipped: bool
    shipped_templates: Callable[[], Files]


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A set of templates with the sentences and phrase lists that belong to it."""

    files: Files
    templates: Templates
    reasons: Reasons
    phrases: Phrases


class Library:
    """Holds what is in force. Readers take the attributes once per step: an activation swaps them."""

    def __init__(self, store: Store, clock: Clock, sources: Sources) -> None:
        self._store, self._clock, self._sources = store, clock, sources
        self._swapping = Lock()
        self.rules: RulePack
        self.texts: InForce
        self.text_files: Files = {}
        """The texts of the files, without those that were written in the console."""
        self._earlier: list[Files] = []
        self._earlier_loaded: tuple[InForce, ...] | None = None
        self.versions = VersionsInForce(store, clock, self._load, shipped=sources.rules_shipped)

    @property
    def templates(self) -> Templates:
        return self.texts.templates

    def reason(self, reason: Reason, language: Language) -> str:
        return self.texts.reasons.sentence(reason, language)

    def open(self) -> None:
        """At the start: take the files; when they are bad, go on with the last good ones and alarm.

        Rules and texts belong together: the last good ones return as the pair that they were. Raises
        Misconfigured when there are none.
        """
        kind: PackKind = "templates"
        try:
            template_files = self._sources.templates()
            self.text_files = template_files
            texts = self._with_written(
                load_texts(template_files, not self._sources.templates_shipped)
            )
            kind = "rules"
            rule_files = self._sources.rules()
            rules = load_rules(rule_files, texts)
        except Misconfigured as bad:
            self._go_back(kind, bad)
            self.rules = self.versions.open(self.rules, None)
            return
        self.texts = texts
        self._keep("rules", rule_files)
        self._keep("templates", template_files)
        self.rules = self.versions.open(rules, rule_files)

    def reload(self, by: str = "reload") -> None:
        """Validate and activate the files again. Raises Misconfigured with every problem; then
        nothing has changed. A version that somebody activated stays in force above the files."""
        rule_files, template_files = self._sources.rules(), self._sources.templates()
        texts = load_texts(template_files, True)
        load_rules(rule_files, texts)
        standing = self.versions.above_files()
        if standing is not None:
            load_rules(dict(standing), texts)
        self.text_files = template_files
        texts = self._with_written(texts)
        self._keep("rules", rule_files)
        self._keep("templates", template_files)
        self.texts = texts
        if standing is None:
            self.versions.follow(rule_files, by)
        self.keep_up()

    def in_force(self, tx: Transaction) -> RulePack:
        """The rules of the newest activation that `tx` sees, whichever process made it: an event is judged
        wholly by the rules from before it, or wholly by those from after."""
        # Whoever comes while another loads new rules waits for them: the old ones count no more.
        with self._swapping:
            self.rules = self.versions.newest(tx, self.rules)
            return self.rules

    def keep_up(self) -> None:
        """For those who look: the rules as they are now."""
        with self._store.read() as tx:
            self.in_force(tx)

    def rules_of(self, files: Mapping[str, str]) -> RulePack:
        """A pack as it could be put in force. Raises Misconfigured with every problem."""
        return self._load(files)

    def rule_files(self) -> Files:
        """The rules of the folder that is followed, or the shipped ones. Raises Misconfigured."""
        return self._sources.rules()

    def _load(self, files: Mapping[str, str]) -> RulePack:
        return load_rules(dict(files), self.texts)

    def _go_back(self, kind: PackKind, bad: Misconfigured) -> None:
        self.text_files = self._last_good("templates", bad)
        texts = self._with_written(load_texts(self.text_files, False))
        rules = load_rules(self._last_good("rules", bad), texts)
        self.rules, self.texts = rules, texts
        log.error("last good pack kept", kind=kind, problem=str(bad))
        alarm = Alarm(
            key=f"{kind}_refused",
            code=f"{kind}_refused_last_good_kept",
            values={"problem": str(bad)[:2000]},
            raised_at=self._clock.now(),
        )
        with self._store.write() as tx:
            tx.raise_alarm(alarm)

    def _last_good(self, kind: PackKind, bad: Misconfigured) -> Files:
        """What was in force before; the shipped files are always good."""
        if self._is_shipped(kind):
            return self._sources.rules() if kind == "rules" else self._sources.templates()
        with self._store.read() as tx:
            files = tx.latest_pack(kind)
        if files is None:
            raise bad
        return files

    def take(self, texts: InForce) -> None:
        """A text was put in force, checked and kept."""
        self.texts = texts
        self._look_back()

    def earlier(self) -> tuple[InForce, ...]:
        """What a text falls to that fails for one ticket: what was in force before, the files, the shipped ones.
        Empty where all texts are as they were shipped. Made when it is first needed."""
        if self._earlier_loaded is None:
            self._earlier_loaded = tuple(load_texts(files, False) for files in self._earlier)
        return self._earlier_loaded

    def _with_written(self, texts: InForce) -> InForce:
        """With what was written in the console over it. A text that the files have outgrown is left out, and
        somebody is told."""
        with self._store.read() as tx:
            written = tx.texts_in_force()
        good: list[TextVersion] = []
        for version, _ in written:
            try:
                texts = load_texts(laid_over(self.text_files, [*good, version]), False)
                good.append(version)
            except (Misconfigured, Refused) as outgrown:
                self._tell_outgrown(version, outgrown)
        self._look_back()
        return texts

    def _look_back(self) -> None:
        with self._store.read() as tx:
            written = tx.texts_in_force()
        found: list[Files] = []
        if written or not self._sources.templates_shipped:
            before = [before for _, before in written if before is not None]
            shipped = self._sources.shipped_templates()
            for files in (laid_over(self.text_files, before), self.text_files, shipped):
                if files not in found:
                    found.append(files)
        self._earlier, self._earlier_loaded = found, None

    def _tell_outgrown(self, version: TextVersion, why: Exception) -> None:
        log.error("a text that was written is left out", text=version.name, problem=str(why))
        alarm = Alarm(
            key=f"text:{version.name}",
            code="text_left_out",
            values={
                "template": version.name,
                "version": str(version.version),
                "problem": str(why)[:1000],
            },
            raised_at=self._clock.now(),
        )
        with self._store.write() as tx:
            tx.raise_alarm(alarm)

    def _is_shipped(self, kind: PackKind) -> bool:
        return self._sources.rules_shipped if kind == "rules" else self._sources.templates_shipped

    def _keep(self, kind: PackKind, files: Mapping[str, str]) -> None:
        if self._is_shipped(kind):
            return
        joined = "\x1f".join(f"{name}\x1e{text}" for name, text in sorted(files.items()))
        version = hashlib.sha256(joined.encode()).hexdigest()[:16]
        now = self._clock.now()
        with self._store.write() as tx:
            tx.save_pack(kind, version, dict(files), now)
            tx.clear_alarm(f"{kind}_refused", now)


def load_rules(files: Files, texts: InForce) -> RulePack:
    """A pack whose every rule has its text, and every code its sentence; or Misconfigured."""
    pack = load_pack(files)
    problems = [
        (rule.where, f"{rule.id}: there is no text of kind {rule.kind.value} for {rule.audience}")
        for rule in pack.rules
        if (rule.kind, rule.audience) not in texts.templates.population
    ]
    problems += [
        (rule.where, f"{rule.id}: reasons.yaml has no sentence for {exemption.reason.code}")
        for rule in pack.rules
        for exemption in rule.unless
        if not exemption.reason.en and exemption.reason.code not in texts.reasons.sentences
    ]
    if problems:
        raise misconfigured(problems)
    return pack


def load_texts(files: Files, validate: bool) -> InForce:
    """The whole set, or Misconfigured with every problem. `validate` renders each text, and looks at
    it as the guard will: what it would hold each time must not be put in force. Whatever writes summaries
    is made of the set as well. Files that are still known give the set that they gave."""
    return _texts_of(tuple(sorted(files.items())), validate)


@lru_cache(maxsize=KEPT)
def _texts_of(named: tuple[tuple[str, str], ...], validate: bool) -> InForce:
    files = dict(named)
    if validate:
        proven(files)
    texts = InForce(
        files=files,
        templates=Templates.load(files, validate=validate),
        reasons=Reasons.load(files),
        phrases=Phrases.load(files),
    )
    if validate:
        prove(texts.templates, texts.phrases, files)
    return texts


def load_one(files: Files, part: Part | None) -> InForce:
    """The whole set, of which this one text alone is proven (None: not even that); the others are in force. Raises
    Misconfigured with every problem."""
    texts = load_texts(files, False)
    if part is not None:
        if part[:2] not in texts.templates.population:
            raise Misconfigured("is for a kind or an audience that has no text", where=part[2])
        prove_samples(texts.templates, files, part)
        prove(texts.templates, texts.phrases, files, part)
    return texts
