"""Is every identifier one of the record: tickets, hosts, versions, codes, changes, links?"""

from __future__ import annotations

from collections.abc import Iterator

from ..claim import Claim, Told, because
from ..named import collapsed, spelled_out

KIND = "identifier"


def identifiers(told: Told) -> Iterator[Claim]:
    known = told.index.identifiers
    for named in told.reading.identifiers:
        written = told.reading.text[named.start : named.end]
        found = [key for key in (named.key, *spelled_out(written)) if key in known]
        if found:
            yield told.supported(KIND, named.start, named.end, known[found[0]] or ["record"])
        elif not _stands_there(told, written):
            reason = because("claim_no_identifier")
            yield told.unsupported(KIND, named.start, named.end, reason)


def _stands_there(told: Told, written: str) -> bool:
    """Written apart or within a longer one, which the record may do."""
    bare = collapsed(written)
    place = told.index.squeezed_identifiers.find(bare)
    return place >= 0 and not told.index.squeezed_identifiers[place + len(bare)].isdigit()
