"""What one change of one line of the basis does to the paragraphs of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from qms.formats.basis_lines import MARK, counted_on, mark_of, number_in, usual_mark
from qms.formats.docx.lines import NOT_FOUND, Spot, refuse_protected, spots_of
from qms.formats.docx.names import W, parent_of
from qms.formats.docx.rows import Rows
from qms.formats.docx.words import new_run
from qms.model.basis import LineLeft
from qms.model.enums import BasisAction

_NOT_COPIED = tuple(f"{W}{name}" for name in ("sectPr", "pPrChange", "pageBreakBefore"))
_PENDING_MARKS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_CARRIED = tuple(
    f"{W}{name}"
    for name in (
        "drawing", "pict", "object", "sectPr", "footnoteReference", "endnoteReference", "commentReference",
    )
)  # fmt: skip
_BLOCKS = frozenset(f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml"))

CARRIES = "Đoạn này còn mang hình, chú thích hoặc ngắt phần (section); hãy sửa bằng tay trong Word."
ONLY_ONE = "Đây là đoạn duy nhất trong ô hoặc khung; hãy sửa bằng tay trong Word."


class Changes:
    """The lines of a basis in their paragraphs, one change of them, and which elements it touched."""

    def __init__(self, paragraphs: Sequence[etree._Element | None], lines: Sequence[str]) -> None:
        self._spots = spots_of(paragraphs, lines)
        self.changed: dict[etree._Element, None] = {}
        self.added: list[tuple[etree._Element, etree._Element]] = []
        """Pairs of the element after which a new one was put, and the new one."""
        self.removed: list[etree._Element] = []

    def make(self, at: int, action: BasisAction, text: str) -> None:
        """Change line ``at``; raises ``LineLeft``."""
        spot = self._spots[at]
        if spot is None:
            raise LineLeft(reason=NOT_FOUND)
        refuse_protected(spot.paragraph)
        if action is BasisAction.REPLACE:
            self._write(spot, spot.start, spot.end, text)
            return
        known = [one for one in self._spots if one is not None]
        rows = Rows.of(spot, known)
        group = rows.group if rows else [one for one in known if _together(one, spot)]
        if action is BasisAction.ADD_AFTER:
            self._add(spot, group, rows, text)
        else:
            self._remove(spot, group, rows)

    def _add(self, spot: Spot, group: Sequence[Spot], rows: Rows | None, text: str) -> None:
        at = group.index(spot)
        shared = [one for one in group if one.paragraph is spot.paragraph]
        following = next((one for one in group[at + 1 :] if one.paragraph is not spot.paragraph), None)
        alone = len(shared) == 1 and spot.headed and following is None
        if alone or not _broken(spot, shared):
            self._insert(spot, spot.end, f"; {text}")
            return
        mark = mark_of(spot.tail_text)
        others = [mark_of(one.tail_text) for one in group[:-1]]
        usual = usual_mark(others, mark_of(group[-1].tail_text))
        lead, leads = counted_on([one.lead_text for one in group], at, change=1)
        closing = mark if spot is group[-1] else mark or usual
        self._renumber(group, leads)
        if rows:
            new, numbered = rows.add(lead, text, closing)
            self.added.append((rows.row, new))
            self.changed.update(dict.fromkeys(numbered))
        elif len(shared) > 1:
            self._insert(spot, spot.stop, f"\n{lead}{text}{closing}")
        else:
            model = following if spot.headed and following is not None else spot
            own_lead = model.lead_text if model is not spot else lead
            self._put_after(spot.paragraph, _new_paragraph(model, own_lead, text, closing))
        if spot is group[-1]:
            self._close(spot, usual)

    def _remove(self, spot: Spot, group: Sequence[Spot], rows: Rows | None) -> None:
        at = group.index(spot)
        _, leads = counted_on([one.lead_text for one in group], at, change=-1)
        self._renumber(group, leads)
        shared = [one for one in group if one.paragraph is spot.paragraph]
        if rows:
            self.changed.update(dict.fromkeys(rows.remove()))
            self.removed.append(rows.row)
        elif len(shared) > 1:
            self._cut(spot, shared)
        elif spot.headed:
            self._write(spot, spot.lead, spot.stop, "")
        else:
            _refuse_carrying(spot.paragraph)
            self.removed.append(spot.paragraph)
        if spot is group[-1] and at > 0 and _broken(spot, shared):
            self._close(group[at - 1], mark_of(spot.tail_text))

    def _cut(self, spot: Spot, shared: Sequence[Spot]) -> None:
        """Take a line out of a paragraph that holds several."""
        place = shared.index(spot)
        following = shared[place + 1] if place + 1 < len(shared) else None
        if spot.headed and _broken(spot, shared):
            self._write(spot, spot.lead, spot.stop, "")
        elif following is not None and _broken(spot, shared):
            self._write(spot, spot.lead, following.lead, "")
        elif following is not None:
            self._write(spot, spot.start, following.start, "")
        elif _broken(spot, shared):
            self._write(spot, shared[place - 1].stop, spot.stop, "")
        else:
            self._write(spot, shared[place - 1].end, spot.end, "")

    def _renumber(self, group: Sequence[Spot], leads: Sequence[str]) -> None:
        for spot, lead in reversed(list(zip(group, leads, strict=True))):
            old, new = number_in(spot.lead_text), number_in(lead)
            if lead != spot.lead_text and old is not None and new is not None:
                self._correct(spot, spot.lead + old[0], spot.lead + old[1], lead[new[0] : new[1]])

    def _close(self, spot: Spot, mark: str) -> None:
        tail = spot.tail_text
        if not mark or mark_of(tail) == mark:
            return
        if (found := MARK.search(tail)) is None:
            self._insert(spot, spot.end, mark)
        else:
            self._correct(spot, spot.end + found.start(), spot.end + found.end(), mark)

    def _write(self, spot: Spot, start: int, end: int, text: str) -> None:
        refuse_protected(spot.paragraph)
        spot.words.replace(start, end, text)
        self.changed[spot.paragraph] = None

    def _correct(self, spot: Spot, start: int, end: int, text: str) -> None:
        refuse_protected(spot.paragraph)
        spot.words.correct(start, end, text)
        self.changed[spot.paragraph] = None

    def _insert(self, spot: Spot, at: int, text: str) -> None:
        spot.words.insert(at, text)
        self.changed[spot.paragraph] = None

    def _put_after(self, paragraph: etree._Element, new: etree._Element) -> None:
        if any(True for _ in paragraph.iterfind(f"{W}pPr/{W}sectPr")):
            raise LineLeft(reason=CARRIES)
        parent = parent_of(paragraph)
        parent.insert(parent.index(paragraph) + 1, new)
        self.added.append((paragraph, new))


def _together(one: Spot, other: Spot) -> bool:
    return one.paragraph.getparent() is other.paragraph.getparent()


def _broken(spot: Spot, shared: Sequence[Spot]) -> bool:
    """Tell whether the lines of a paragraph are parted by line breaks, not by semicolons alone."""
    return len(shared) == 1 or "\n" in spot.words.text[shared[0].end : shared[-1].start]


def _new_paragraph(model: Spot, lead: str, text: str, mark: str) -> etree._Element:
    """Return a paragraph that looks like the model: its properties, its bullet, the format of its words."""
    new = etree.Element(f"{W}p")
    properties = model.paragraph.find(f"{W}pPr")
    if properties is not None:
        copy = deepcopy(properties)
        copy.tail = None
        for unwanted in [*copy.iter(*_PENDING_MARKS), *copy.iter(*_NOT_COPIED)]:
            parent_of(unwanted).remove(unwanted)
        new.append(copy)
    before, own = (
        model.words.format_at(model.lead, model.start),
        model.words.format_at(model.start, model.end),
    )
    if lead and _xml(before) != _xml(own):
        new.append(new_run(before, lead))
        lead = ""
    new.append(new_run(own, f"{lead}{text}{mark}"))
    return new


def _xml(element: etree._Element | None) -> bytes:
    return b"" if element is None else etree.tostring(element)


def _refuse_carrying(paragraph: etree._Element) -> None:
    """Raise ``LineLeft`` for a paragraph that cannot be taken out: it carries more than words, or must stay."""
    if any(True for _ in paragraph.iter(*_CARRIED)):
        raise LineLeft(reason=CARRIES)
    blocks = [child for child in parent_of(paragraph) if child.tag in _BLOCKS]
    at = blocks.index(paragraph)
    if len(blocks) == 1 or (at == len(blocks) - 1 and blocks[at - 1].tag != f"{W}p"):
        raise LineLeft(reason=ONLY_ONE)
