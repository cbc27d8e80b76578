"""Changes one line of the legal basis inside a Markdown file; every other byte stays as it was."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from qms.formats.basis_lines import MARK, counted_on, number_in, usual_mark
from qms.formats.markdown import escaped
from qms.formats.markdown_spots import EMPHASIS, OPENED, RawBasis, Spot
from qms.model.basis import LineLeft
from qms.model.enums import BasisAction

NOT_FOUND = "Không tìm được đúng chỗ của dòng căn cứ này trong tệp Markdown; hãy sửa bằng tay."

_MARKER = re.compile(r"[\s>]*(?:[-+*]|\d{1,9}[.)])\s")
_BREAK = re.compile(r"<br\s*/?>[^\S\n]*(?:\r?\n)?", re.IGNORECASE)
_Patch = tuple[int, int, str]


def edit_markdown(data: bytes, line: int, action: BasisAction, text: str) -> bytes:
    """Return the file with one line changed; raises ``LineLeft``."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    basis = RawBasis(data[len(mark) :].decode("utf-8"))
    spot = basis.spots[line]
    if spot is None:
        raise LineLeft(reason=NOT_FOUND)
    words = escaped(text).replace("|", "\\|") if spot.row else escaped(text)
    if action is BasisAction.REPLACE:
        patches = [_replaced(basis, spot, words)]
    elif action is BasisAction.ADD_AFTER:
        patches = _Listed(basis, spot).added(words)
    else:
        patches = _Listed(basis, spot).removed()
    return mark + _patched(basis.text, patches).encode("utf-8")


def _replaced(basis: RawBasis, spot: Spot, words: str) -> _Patch:
    start, end = spot.start, spot.end
    if any(char in EMPHASIS for char in basis.text[start:end].replace("\\_", "").replace("\\*", "")):
        # emphasis that begins or ends inside of the old words goes with them
        while basis.text[start - 1] in EMPHASIS and start > spot.lead:
            start -= 1
        while end < spot.stop and basis.text[end] in EMPHASIS:
            end += 1
    return start, end, words


class _Listed:
    """A line among the lines of its list, and the patches that put one in behind it or take it out."""

    def __init__(self, basis: RawBasis, spot: Spot) -> None:
        self._basis, self._spot = basis, spot
        self._group = basis.group_of(spot)
        self._at = self._group.index(spot)
        self._shared = [one for one in self._group if one.block == spot.block]
        self._is_row = spot.row and len(self._shared) == 1 and len(self._group) > 1
        self._following = next((one for one in self._group[self._at + 1 :] if one.block != spot.block), None)

    def added(self, words: str) -> list[_Patch]:
        """Return the patches that put a line behind this one."""
        basis, spot = self._basis, self._spot
        alone = len(self._shared) == 1 and (spot.headed or spot.row) and self._following is None
        if (alone and not spot.row) or self._by_semicolons:
            return [(spot.end, spot.end, f"; {words}")]
        last = spot is self._group[-1]
        usual = usual_mark([basis.mark(one) for one in self._group[:-1]], basis.mark(self._group[-1]))
        closing = basis.mark(spot) if last else basis.mark(spot) or usual
        lead, numbered = self._counted(1)
        if self._is_row:
            new = self._new_row(words, closing)
        elif len(self._shared) > 1 or spot.row:
            new = (spot.stop, spot.stop, f"{self._break}{_plain_lead(lead)}{words}{closing}")
        else:
            new = self._new_block(lead, words, closing)
        return [*numbered, new, *(self._closed(spot, usual) if last else ())]

    def removed(self) -> list[_Patch]:
        """Return the patches that take this line out."""
        spot, at = self._spot, self._shared.index(self._spot)
        _, patches = self._counted(-1)
        if len(self._shared) == 1:
            patches.append(self._without_block())
        elif at + 1 < len(self._shared) and not spot.headed:
            following = self._shared[at + 1]
            cut = (spot.start, following.start) if self._by_semicolons else (spot.lead, following.lead)
            patches.append((*cut, ""))
        elif at == 0:
            first = (spot.start, self._shared[1].start) if self._by_semicolons else (spot.lead, spot.stop)
            patches.append((*first, ""))
        else:
            before = self._shared[at - 1]
            cut = (before.end, spot.end) if self._by_semicolons else (before.stop, spot.stop)
            patches.append((*cut, ""))
        if spot is self._group[-1] and self._at > 0 and not self._by_semicolons:
            patches.extend(self._closed(self._group[self._at - 1], self._basis.mark(spot)))
        return patches

    @property
    def _by_semicolons(self) -> bool:
        """Tell whether the lines of the block are parted by semicolons alone, not by line breaks."""
        first, last = self._shared[0], self._shared[-1]
        return len(self._shared) > 1 and not _BREAK.search(self._basis.text, first.end, last.start)

    @property
    def _break(self) -> str:
        found = _BREAK.search(self._basis.text, *self._spot.block)
        return "<br>" if found is None else found[0]

    def _counted(self, change: int) -> tuple[str, list[_Patch]]:
        """Return (lead of a new line, patches of the leads that count on)."""
        leads = [self._basis.lead_of(one) for one in self._group]
        lead, counted = counted_on(leads, self._at, change=change)
        patches = []
        for spot, old, new in zip(self._group, leads, counted, strict=True):
            was, now = number_in(old), number_in(new)
            if old != new and was is not None and now is not None:
                patches.append((spot.lead + was[0], spot.lead + was[1], new[slice(*now)]))
        return lead, patches + self._rows_counted(change) if self._is_row else patches

    def _rows_counted(self, change: int) -> list[_Patch]:
        places = [self._basis.number_beside(one) or (0, 0) for one in self._group]
        old = [f"{self._basis.text[slice(*place)]}." for place in places]
        _, new = counted_on(old, self._at, change=change)
        return [
            (*place, now.rstrip(".")) for place, was, now in zip(places, old, new, strict=True) if was != now
        ]

    def _new_row(self, words: str, closing: str) -> _Patch:
        text, (begins, ends) = self._basis.text, self._spot.block
        place = self._basis.number_beside(self._spot) or (0, 0)
        numbers = [f"{text[slice(*(self._basis.number_beside(one) or (0, 0)))]}." for one in self._group]
        number, _ = counted_on(numbers, self._at, change=1)
        tail = MARK.sub("", text[self._spot.end : self._spot.stop])
        patches = [(self._spot.start, self._spot.stop, f"{words}{closing}{tail}")]
        if place != (0, 0):
            patches.append((*place, number.rstrip(".")))
        row = _patched(text[:ends], patches)[begins:]
        return ends, ends, f"{self._basis.line_end}{row}"

    def _new_block(self, lead: str, words: str, closing: str) -> _Patch:
        spot = self._spot
        model = self._following if spot.headed and self._following is not None else spot
        raw = self._basis.lead_of(model) if model is not spot else lead
        around = _wrapped_in(self._basis, model)
        line = f"{raw if around else _plain_lead(raw)}{words}"
        ends_first = bool(around) and self._basis.text.startswith(around, model.end)
        line += f"{around}{closing}" if ends_first else f"{closing}{around}"
        end = self._basis.line_end
        return spot.block[1], spot.block[1], f"{end * (2 if self._is_spaced(model) else 1)}{line}"

    def _is_spaced(self, model: Spot) -> bool:
        """Tell whether a blank line stands between the blocks of this list."""
        text = self._basis.text
        if not _MARKER.match(text, model.block[0]):
            return True
        at = self._group.index(model)
        near = self._group[at + 1] if at + 1 < len(self._group) else self._group[at - 1]
        first, second = sorted((model.block, near.block))
        return text.count("\n", first[1], second[0]) > 1

    def _without_block(self) -> _Patch:
        spot, at = self._spot, self._at
        begins, ends = spot.block
        if spot.headed or (spot.row and not self._is_row):
            return spot.lead, spot.stop, ""
        if self._following is not None and not self._basis.text[ends : self._following.block[0]].strip():
            return begins, self._following.block[0], ""
        previous = self._group[at - 1].block[1] if at > 0 else begins
        if at > 0 and not self._basis.text[previous:begins].strip():
            return previous, ends, ""
        line_end = re.compile(r"\r?\n").match(self._basis.text, ends)
        return begins, ends if line_end is None else line_end.end(), ""

    def _closed(self, spot: Spot, mark: str) -> list[_Patch]:
        if not mark or self._basis.mark(spot) == mark:
            return []
        found = MARK.search(self._basis.text, spot.end, spot.stop)
        return [(*found.span(), mark) if found else (spot.end, spot.end, mark)]


def _wrapped_in(basis: RawBasis, spot: Spot) -> str:
    """Return the emphasis that wraps the whole of a line, '' when there is none."""
    opened = OPENED.findall(basis.lead_of(spot))
    if len(opened) != 1 or opened[0] not in basis.text[spot.end : spot.stop]:
        return ""
    return "" if opened[0] in basis.text[spot.start : spot.end] else str(opened[0])


def _plain_lead(lead: str) -> str:
    """Return a number or bullet without the emphasis that begins around it."""
    return OPENED.sub("", lead)


def _patched(text: str, patches: Iterable[_Patch]) -> str:
    # of two patches at one place the first in the list stands behind the other, for it is made first
    for start, end, new in sorted(patches, key=lambda patch: patch[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text
