"""Does the name of a machine, a file or a code stand outside a slot? Those with digits are numbers besides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.tokens.identifiers import identifiers as given_by_machines

from ..problems import Code, Found
from ..text import Text
from .against import Against

_SHAPED = re.compile(
    r"(?<![\w])(?:\w+_\w+|[A-Za-z]:\\\S*|\\\\\S+|(?:/[\w.-]+){2,}|--?[a-z][a-z-]+(?= |$)"
    r"|(?-i:[A-Z]{9,}|[a-z]+[A-Z]\w*[A-Z]\w*)|\w+\.(?:exe|dll|log|conf|cfg|ini|ya?ml|json|sh|ps1|bat|sys|local|lan))(?![\w])",
    re.ASCII,
)
"""Words joined by underscores, paths, options, constants, files."""


def identifiers(text: Text, against: Against) -> Iterator[Found]:
    found = [m[0] for m in _SHAPED.finditer(text.plain)]
    if against.codes is not None:
        found += [m[0] for m in against.codes.finditer(text.plain)]
    if any(c.isdigit() for c in text.plain):
        found += given_by_machines(text.plain.lower())
    yield from (Found(code=Code.IDENTIFIER, words=words) for words in dict.fromkeys(found))
