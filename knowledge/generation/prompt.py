"""What is a prompt? A file of instructions and material, in strict Jinja, and beside it what it needs.

`NAME.jinja` has the parts `== instructions ==`, which are the same each time, and `== material ==`. `NAME.yaml`
declares the `inputs` of the material with an `example` of them; numbers are rendered in from the code that
holds answers to them, and so are words that several prompts share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import Refused

PARTS = ("instructions", "material")
_HEADING = re.compile(r"^== (\w+) ==[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a model is asked: what to do, and what with."""

    instructions: str
    material: str


class Prompt:
    """`version` is the same for the same content: words and numbers."""

    def __init__(
        self, files: Mapping[str, str], name: str, numbers: Mapping[str, int | str]
    ) -> None:
        """Raises Refused, naming the file, for one that does not keep to its declaration."""
        source, declared = _file(files, f"{name}.jinja"), _declared(files, f"{name}.yaml")
        parts = _parts(source, name)
        self._environment = _environment()
        used = {part: self._names(text, name) for part, text in parts.items()}
        self.inputs = frozenset(declared["inputs"])
        _agree(name, "the instructions' numbers", used["instructions"], set(numbers))
        _agree(name, "the material's inputs", used["material"], set(self.inputs))
        _agree(name, "the example's inputs", set(declared["example"]), set(self.inputs))
        self._material = self._environment.from_string(parts["material"])
        self.instructions = self._environment.from_string(parts["instructions"]).render(numbers)
        self.example = self.asked(**declared["example"])
        self.version = sha256(f"{self.instructions}\0{parts['material']}".encode()).hexdigest()[:16]

    def asked(self, **inputs: Any) -> Asked:
        """The prompt with its material. What is put in is never read as a template."""
        return Asked(instructions=self.instructions, material=self._material.render(inputs))

    def _names(self, text: str, name: str) -> set[str]:
        try:
            return meta.find_undeclared_variables(self._environment.parse(text))
        except TemplateError as wrong:
            raise Refused(f"{name}.jinja: {wrong.message}") from None


def mark_of(*texts: str) -> str:
    """A mark to put around texts. Nobody who writes a text can put it inside: it follows from the text."""
    return sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:12]


def _environment() -> ImmutableSandboxedEnvironment:
    # A prompt is plain text for a model: there is no markup to escape.
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise Refused(f"{name}: is missing")
    return files[name]


def _declared(files: Mapping[str, str], name: str) -> dict[str, dict[str, Any]]:
    import yaml

    try:
        found = yaml.safe_load(_file(files, name))
    except yaml.YAMLError:
        raise Refused(f"{name}: is not YAML") from None
    if not isinstance(found, dict) or set(found) != {"inputs", "example"}:
        raise Refused(f"{name}: needs exactly `inputs` and `example`")
    if not all(isinstance(part, dict) for part in found.values()):
        raise Refused(f"{name}: `inputs` and `example` each map names to values")
    return found


def _parts(source: str, name: str) -> dict[str, str]:
    pieces = _HEADING.split(source)
    if pieces[0].strip() or tuple(pieces[1::2]) != PARTS:
        raise Refused(f"{name}.jinja: needs `== instructions ==`, then `== material ==`")
    return {part: text.strip() for part, text in zip(PARTS, pieces[2::2], strict=True)}


def _agree(name: str, what: str, used: set[str], known: set[str]) -> None:
    if differing := sorted(used ^ known):
        raise Refused(f"{name}.jinja: {what} are not what is declared: {', '.join(differing)}")
