"""The instruments that a "Căn cứ pháp lý" part names, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qms.citations.citation import Citation
from qms.citations.issuers import issuer_key
from qms.citations.keys import is_local
from qms.citations.reader import find

_ALSO_NAMED = re.compile(r"(?:[,;]\s+(?:và\s+)?|\s+và\s+)(?:các\s+)?$")


def legal_basis(lines: Iterable[str]) -> tuple[Citation, ...]:
    """Return the instruments on which a document rests: the first of each line and those listed beside it.

    What a title quotes is no basis. A line whose first instrument is not fully named gives nothing. Repetitions are
    dropped by key; a local number is the same only with the same issuer.
    """
    found: dict[tuple[str, str | None], Citation] = {}
    for line in lines:
        for citation in _named(line):
            key = citation.key or ""
            found.setdefault((key, issuer_key(citation.issuer or "") if is_local(key) else None), citation)
    return tuple(found.values())


def _named(line: str) -> Iterator[Citation]:
    previous: Citation | None = None
    for citation in find(line):
        if citation.self_reference or (previous is not None and citation.nested):
            continue
        if previous is not None and not _ALSO_NAMED.search(line[previous.end : citation.start]):
            return
        if citation.key is None:
            return
        yield citation
        previous = citation
