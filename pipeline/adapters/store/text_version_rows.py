"""Versions of texts, and which of them was put in force: rows inside a unit of work."""

from __future__ import annotations

import json

from sqlalchemy import func, insert, select

from ...domain.text_version import FILES, Activation, TextVersion
from ...domain.times import to_text
from .rows import Found, Rows
from .texts_tables import template_activations, template_versions

T, A = template_versions, template_activations
LAST = select(func.max(A.c.id)).group_by(A.c.name)


class TextVersionRows(Rows):
    """What `texts_ports.TextWork` promises."""

    def add_text_version(self, version: TextVersion) -> bool:
        row = {
            "name": version.name,
            "version": version.version,
            "saved_at": to_text(version.saved_at),
            "author": version.author,
            "why": version.why,
            "texts": json.dumps(version.texts, ensure_ascii=False),
        }
        before = self.text_version(version.name, version.version)
        self._insert_new(T, [row])
        # Of two who save at once the second one's row is left out; hers is another text.
        return before is None and self.text_version(version.name, version.version) == version

    def add_activation(self, activation: Activation) -> None:
        row = activation.model_dump() | {"at": to_text(activation.at)}
        self._connection.execute(insert(A), [row])

    def text_version(self, name: str, version: int) -> TextVersion | None:
        row = self._first(select(T).where(T.c.name == name, T.c.version == version))
        return version_of(row) if row else None

    def text_versions(self, name: str) -> list[TextVersion]:
        rows = self._all(select(T).where(T.c.name == name).order_by(T.c.version.desc()))
        return [version_of(row) for row in rows]

    def text_activations(self, name: str) -> list[Activation]:
        rows = self._all(select(A).where(A.c.name == name).order_by(A.c.id.desc()))
        return [activation_of(row) for row in rows]

    def texts_in_force(self) -> list[tuple[TextVersion, TextVersion | None]]:
        last = select(A).where(A.c.id.in_(LAST), A.c.version != FILES).order_by(A.c.name)
        found = []
        for row in self._all(last):
            now = self.text_version(row["name"], row["version"])
            if now is not None:
                found.append((now, self._before(row)))
        return found

    def _before(self, row: Found) -> TextVersion | None:
        """The last one in force that was another version."""
        of_text = select(A.c.version).where(A.c.name == row["name"], A.c.id < row["id"])
        other = of_text.where(A.c.version != row["version"]).order_by(A.c.id.desc()).limit(1)
        before = self._first(other)
        return self.text_version(row["name"], before["version"]) if before else None


def version_of(row: Found) -> TextVersion:
    return TextVersion.model_validate({**row, "texts": json.loads(row["texts"])})


def activation_of(row: Found) -> Activation:
    return Activation.model_validate({k: v for k, v in row.items() if k != "id"})
