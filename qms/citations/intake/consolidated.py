"""A consolidated text (văn bản hợp nhất): which instrument it brings together with which amendments.

Pure. Its body is that of the consolidated instrument, entry into force and repeals included, so nothing of it is said
of the consolidated text itself (Ordinance 01/2012/UBTVQH13: it has no force of its own).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qms.citations.intake.layout import LEVELS, Line
from qms.citations.intake.targets import read_targets
from qms.citations.intake.values import StatedRelation
from qms.model.enums import RelationKind

_SYMBOL = re.compile(r"VBHN", re.IGNORECASE)
_STARTS = re.compile(
    r"(?:(?:bộ )?luật|pháp lệnh|nghị quyết|nghị định|thông tư|quyết định)(?!\w)", re.IGNORECASE
)
_GROUND = re.compile(r"căn cứ|theo đề nghị", re.IGNORECASE)


def is_consolidated(number: str | None) -> bool:
    """Tell whether a number is that of a consolidated text."""
    return bool(number and _SYMBOL.search(number))


def read_consolidated(lines: Sequence[Line], number: str) -> Iterator[StatedRelation]:
    """Yield what the lines before the grounds and the first article name: the instrument and what amended it."""
    seen: set[str] = set()
    for line in lines:
        if LEVELS[line.level] == "article" or (seen and _GROUND.match(line.words)):
            return
        if not _STARTS.match(line.words):
            continue
        for member in read_targets(line.words, number, None).members[:1]:
            if member.key not in seen:
                seen.add(member.key)
                yield StatedRelation(
                    kind=RelationKind.CONSOLIDATES,
                    target=member.key,
                    target_issuer=member.issuer,
                    sentence=line.words,
                )
