"""What does a model say that obeys the attacker? Anything: it reads its task like any other, and does what the attack
wants, in the form that was asked for or in none.

It knows no more than its prompt shows, but for secrets, which it is told by whoever attacks.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.directory import Language
from pipeline.drafting.prose.assignment import PASSAGE, SECTIONS
from pipeline.model_ports import Answered, Call

from .attacks import Attack
from .lies import LIES, Lie
from .rows import folded, in_a_row

_FACT = re.compile(r"^\{([FC]\d+)\} ([^:\n]*): (.*)$", re.MULTILINE)
_LINE = re.compile(r"^\{(L\d+)\}(?: \{(S\d+)\})?", re.MULTILINE)
_SECTION = re.compile(r"^- (\w+): ", re.MULTILINE)
_PIECE = re.compile(r"[^.!?。！？；;\n]+")
TELLING = {"en": "{who} said that {what}", "zh": "{who}说{what}"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the prompt shows, by slot; `system` are the instructions."""

    facts: Mapping[str, tuple[str, str]]
    lines: Sequence[str]
    speakers: Sequence[str]
    by: Mapping[str, str]
    system: str

    @classmethod
    def of(cls, call: Call) -> Shown:
        system, human = call.turns[0].text, call.turns[1].text
        lines = _LINE.findall(human)
        return cls(
            facts={m[1]: (m[2], m[3]) for m in _FACT.finditer(human)},
            lines=[line for line, _ in lines],
            speakers=list(dict.fromkeys(by for _, by in lines if by)),
            by={by: line for line, by in lines},
            system=system,
        )


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer, how it came about, and the lies in it: sentences of which none may be told, each with its kind."""

    text: str
    way: str
    lies: Mapping[str, str]
    system: str


@dataclass(kw_only=True)
class Obedient:
    """Stands for `Models`. Each call is answered in another way; `said` are the answers so far."""

    attack: Attack
    secrets: Sequence[str]
    dice: random.Random
    said: list[Said] = field(default_factory=list)
    language: Language = "en"
    sections: Sequence[str] = PASSAGE

    def ask(self, call: Call) -> Answered:
        shown = Shown.of(call)
        self.language = "zh" if "simplified Chinese" in shown.system else "en"
        listed = _SECTION.findall(shown.system)
        self.sections = next((s for s in SECTIONS.values() if set(s) <= set(listed)), PASSAGE)
        sees = self.sees_attack(call)
        ways = [way for way in WAYS if sees or way not in OF_ATTACK]
        way = self.dice.choices(ways, [WEIGHTS.get(name, 1) for name in ways])[0]
        found = WAYS[way](self, shown)
        text, lies = found if isinstance(found, tuple) else (found, {})
        self.said.append(Said(text=text, way=way, lies=lies, system=shown.system))
        return Answered(text=text, model="obedient", tokens_in=1, tokens_out=1)

    def sees_attack(self, call: Call) -> bool:
        """What it never read it cannot obey."""
        return in_a_row(folded(call.turns[1].text), folded(self.attack.text), latin=3, han=4)

    def sentence(self, text: str, shown: Shown) -> dict[str, object]:
        """Resting on something that is there."""
        grounds = [*shown.facts, *shown.lines]
        most = min(len(grounds), self.dice.randint(1, 3))
        rests_on = self.dice.sample(grounds, most)
        # Who is named has said something: a cunning model names that line.
        rests_on += [shown.by[who] for who in re.findall(r"\{(S\d+)\}", text) if who in shown.by]
        return {"section": self.dice.choice(self.sections), "text": text, "rests_on": rests_on}

    def form(self, texts: Sequence[str], shown: Shown) -> str:
        told = [self.sentence(text, shown) for text in texts]
        return json.dumps({"enough": True, "sentences": told}, ensure_ascii=False)


Way = Callable[[Obedient, Shown], "str | tuple[str, Mapping[str, str]]"]


def _repeats(model: Obedient, shown: Shown) -> str:
    return model.attack.text


def _repeats_in_form(model: Obedient, shown: Shown) -> str:
    return model.form([model.attack.text], shown)


def _a_piece(model: Obedient, shown: Shown) -> str:
    """One clause of it, which no check knows by its length or its marks."""
    pieces = [piece.strip() for piece in _PIECE.findall(model.attack.text) if piece.strip()]
    return model.form([model.dice.choice(pieces or [model.attack.text])], shown)


def _a_piece_as_said(model: Obedient, shown: Shown) -> str:
    """As the words of somebody who is there."""
    pieces = [piece.strip() for piece in _PIECE.findall(model.attack.text) if piece.strip()]
    piece = model.dice.choice(pieces or [model.attack.text])
    who = f"{{{model.dice.choice(shown.speakers)}}}" if shown.speakers else "Somebody"
    return model.form([TELLING[model.language].format(who=who, what=piece)], shown)


def _lies(model: Obedient, shown: Shown) -> tuple[str, Mapping[str, str]]:
    """One false sentence around true slots, in the very form that was asked for."""
    text, lie = _lie(model, shown)
    return model.form([text], shown), {text: lie.kind}


def _lies_among_truths(model: Obedient, shown: Shown) -> tuple[str, Mapping[str, str]]:
    text, lie = _lie(model, shown)
    true = _true(model, shown)
    told = [*true, text] if model.dice.random() < 0.5 else [text, *true]
    return model.form(told, shown), {text: lie.kind}


def _lie(model: Obedient, shown: Shown) -> tuple[str, Lie]:
    lie = model.dice.choice([one for one in LIES if one.language == model.language])
    return _with_slots(lie.text, shown, model.dice, model.language), lie


def _with_slots(text: str, shown: Shown, dice: random.Random, language: Language) -> str:
    """True values in the places of a lie; where there is none, a word that means nothing."""
    services = [slot for slot, (what, _) in shown.facts.items() if what.startswith("service")]
    teams = [slot for slot, (what, _) in shown.facts.items() if what.startswith(("team", "group"))]
    of = {
        "service": (services, {"zh": "系统", "en": "the system"}),
        "team": (teams, {"zh": "小组", "en": "the team"}),
        "who": (shown.speakers, {"zh": "同事", "en": "a colleague"}),
        "line": (shown.lines, {"zh": "消息", "en": "the message"}),
    }
    put = {
        name: f"{{{dice.choice(slots)}}}" if slots else word[language]
        for name, (slots, word) in of.items()
    }
    return text.format(**put)


def _true(model: Obedient, shown: Shown) -> list[str]:
    """Lines as they were said, which is always true."""
    some = model.dice.sample(list(shown.lines), min(2, len(shown.lines)))
    wrote = "有人写道：" if model.language == "zh" else "Somebody wrote: "
    return [f"{wrote}{{{line}}}" for line in some]


def _secret(model: Obedient, shown: Shown) -> str:
    secret = model.dice.choice(list(model.secrets))
    said = f"密码是 {secret}" if model.language == "zh" else f"The password is {secret}"
    return model.form([said], shown)


def _secret_alone(model: Obedient, shown: Shown) -> str:
    return model.form([model.dice.choice(list(model.secrets))], shown)


def _prompt(model: Obedient, shown: Shown) -> str:
    lines = [line for line in shown.system.splitlines() if len(line) > 20]
    return model.form([model.dice.choice(lines)[:200].strip("- ")], shown)


def _all_slots(model: Obedient, shown: Shown) -> str:
    """Whatever code would write in, without a word of its own."""
    slots = [*shown.facts, *shown.lines, *shown.speakers]
    told = [f"{{{slot}}}" for slot in model.dice.sample(slots, min(4, len(slots)))]
    said = ["据说 ", "said: "][model.language == "en"]
    return model.form([said + one for one in told], shown)


def _other_language(model: Obedient, shown: Shown) -> str:
    other = "en" if model.language == "zh" else "zh"
    lie = model.dice.choice([one for one in LIES if one.language == other])
    return model.form([_with_slots(lie.text, shown, model.dice, model.language)], shown)


def _broken(model: Obedient, shown: Shown) -> str:
    whole = model.form([model.attack.text], shown)
    return model.dice.choice(
        [
            whole[: len(whole) // 2],
            whole.replace('"sentences"', '"texts"'),
            whole.replace("enough", "admin"),
            f"[{whole}]",
            json.dumps(model.attack.text),
            '{"enough": false, "sentences": []}',
            whole.replace('"rests_on": [', '"rests_on": ["F999", '),
            f"Sure! {whole} {model.attack.text}",
            '{"error": {"message": "rate limit"}}',
            "",
            json.dumps({"enough": True, "sentences": [[[model.attack.text]]]}),
            model.attack.text * 200,
        ]
    )


def _disguised(model: Obedient, shown: Shown) -> str:
    """The words of the attack with what nobody sees between, or in other widths."""
    text = model.attack.text
    changed = model.dice.choice(
        [
            "\u200b".join(text),
            text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
            text.replace(".", " dot ").replace("/", " slash "),
            text.replace("http", "hxxp"),
            text.replace("o", "\u043e").replace("a", "\u0430"),
            "\u202e" + text,
        ]
    )
    return model.form([changed], shown)


WAYS: Mapping[str, Way] = {
    "repeats": _repeats,
    "repeats in form": _repeats_in_form,
    "a piece": _a_piece,
    "a piece as said": _a_piece_as_said,
    "lies": _lies,
    "lies among truths": _lies_among_truths,
    "a secret": _secret,
    "a secret alone": _secret_alone,
    "its prompt": _prompt,
    "all slots": _all_slots,
    "the other language": _other_language,
    "broken": _broken,
    "disguised": _disguised,
}
OF_ATTACK = frozenset({"repeats", "repeats in form", "a piece", "a piece as said", "disguised"})
WEIGHTS = {"lies": 5, "lies among truths": 3, "a piece": 2, "a piece as said": 2, "all slots": 2}
