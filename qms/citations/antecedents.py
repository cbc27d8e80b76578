"""What other places of a text say of a citation that does not say all itself.

Pure. A short number ("Nghị định 116") is completed only by a single full one of its kind, or by the symbol that it
shares with the next member of its list ("Nghị định số 61/2018 và 107/2021/NĐ-CP"). A bare number takes the kind that
it has elsewhere or that of the title it follows in a table ("Luật Đất đai31/2024/QH15").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qms.citations import context
from qms.citations.citation import Citation
from qms.citations.mentions import Mention
from qms.citations.symbols import Number

_LISTED = re.compile(r" ?(?:,|;|và|, và) (?:các )?(?:số )?", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A citation as one line gives it, with the number read and what is still open: a short number, a kind."""

    citation: Citation
    number: Number | None = None
    short: str | None = None
    kind_after_title: str | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether another place of the text may complete the citation."""
        return self.short is not None or (self.number is not None and self.citation.type is None)


def share_symbols(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a line, short numbers completed by the symbol of the next member of their list."""
    shared = list(mentions)
    for index, (mention, following) in enumerate(pairwise(mentions)):
        number = following.number
        if mention.short is None or "/" not in mention.short or number is None:
            continue
        listed = _LISTED.fullmatch(text, mention.end, following.start) and following.start == number.start
        if listed and number.kind == mention.kind:
            symbol = number.key.rpartition("/")[2]
            whole = replace(number, key=f"{mention.short}/{symbol}")
            shared[index] = replace(mention, number=whole, short=None)
    return shared


class Antecedents:
    """The full numbers and the kinds that a text names."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._keys: dict[tuple[str | None, str], set[str]] = {}
        self._kinds: dict[str, str] = {}
        self._numbers: dict[str, Number] = {}
        for each in found:
            if each.number is not None:
                self._note(each, each.number)

    def completed(self, each: Found) -> Citation:
        """Return the citation with its short number completed or its kind taken from elsewhere, where that is sure."""
        citation = each.citation
        if each.short is not None:
            number = self._only(citation.type, each.short)
            if number is not None:
                issuer = citation.issuer or context.issuer_of(number, "", 0)
                return replace(citation, instrument=number.key, issuer=issuer, partial=False)
        elif each.number is not None and citation.type is None:
            return replace(citation, type=self._kinds.get(each.number.key))
        return citation

    def _note(self, each: Found, number: Number) -> None:
        kind = each.citation.type
        parts = number.key.split("/")
        for short in {parts[0], "/".join(parts[:2])}:
            self._keys.setdefault((kind, short.lstrip("0")), set()).add(number.key)
        self._numbers[number.key] = number
        if each.kind_after_title is not None:
            self._kinds[number.key] = each.kind_after_title
        elif kind is not None:
            self._kinds.setdefault(number.key, kind)

    def _only(self, kind: str | None, short: str) -> Number | None:
        keys = self._keys.get((kind, short.lstrip("0")), set())
        return self._numbers[next(iter(keys))] if len(keys) == 1 else None
