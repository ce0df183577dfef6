"""How is a signature kept as text, and read again?"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime

from .naming import Kind
from .signature import Signature

_SETS = ("meanings", "symptom", "troubles", "cause")
"""Of which the last two came later: signatures of before have none."""


def written(signature: Signature) -> str:
    told = {each.name: getattr(signature, each.name) for each in fields(signature)}
    told |= {name: sorted(told[name]) for name in _SETS}
    told["names"] = {kind.value: sorted(names) for kind, names in signature.names.items()}
    told["at"] = signature.at.isoformat()
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Signature:
    told = json.loads(text)
    told |= {name: frozenset(told.get(name, ())) for name in _SETS}
    told["names"] = {Kind(kind): frozenset(names) for kind, names in told["names"].items()}
    return Signature(
        **(told | {"at": datetime.fromisoformat(told["at"]), "template": tuple(told["template"])})
    )
