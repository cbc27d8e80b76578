"""Where the lines of the legal basis stand in the paragraphs of a Word file, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from qms.formats.basis_lines import core, is_lead
from qms.formats.docx.names import MC, VAL, W
from qms.formats.docx.words import Words, has_pending_changes
from qms.model.basis import LineLeft

_TAIL = re.compile(r"[^\S\n]*(?:[;.][^\S\n]*)*")
_BULLET_AT_END = re.compile(r"[\s–—+*•●▪■-]*$")
_NOT_FREE_TEXT = frozenset(
    f"{W}{name}"
    for name in (
        "dataBinding", "text", "date", "dropDownList", "comboBox", "picture", "showingPlcHdr", "docPartObj",
    )
)  # fmt: skip

NOT_FOUND = "Không tìm được đúng chỗ của dòng căn cứ này trong tệp Word; hãy sửa bằng tay."
PENDING = "Đoạn này còn sửa đổi chưa chấp nhận (Track Changes); hãy chấp nhận hoặc từ chối trong Word trước."
LOCKED = "Dòng này nằm trong ô điền sẵn hoặc bị khóa (content control); hãy sửa bằng tay trong Word."
COPIES_DIFFER = "Dòng này nằm trong khung chữ có hai bản lưu khác nhau; hãy sửa bằng tay trong Word."


@dataclass(frozen=True)
class Spot:
    """One line in its paragraph: number or bullet from ``lead``, words from ``start`` to ``end``, mark until ``stop``.

    ``headed`` means that the paragraph begins with something else ("Căn cứ pháp lý: ...").
    """

    words: Words
    lead: int
    start: int
    end: int
    stop: int
    headed: bool

    @property
    def paragraph(self) -> etree._Element:
        """Return the paragraph that holds the line."""
        return self.words.paragraph

    @property
    def lead_text(self) -> str:
        """Return the number or bullet with its blanks."""
        return self.words.text[self.lead : self.start]

    @property
    def tail_text(self) -> str:
        """Return the closing mark with its blanks."""
        return self.words.text[self.end : self.stop]


def spots_of(paragraphs: Sequence[etree._Element | None], lines: Sequence[str]) -> list[Spot | None]:
    """Return where each line stands in its paragraph; None where it cannot be told for sure."""
    found: list[Spot | None] = []
    known: dict[etree._Element, tuple[Words, int]] = {}
    for paragraph, line in zip(paragraphs, lines, strict=True):
        if paragraph is None:
            found.append(None)
            continue
        try:
            words, after = known.get(paragraph) or (Words(paragraph), 0)
        except LineLeft:
            found.append(None)
            continue
        spot = _spot(words, core(line), after)
        known[paragraph] = (words, spot.stop if spot else after)
        found.append(spot)
    return found


def refuse_protected(paragraph: etree._Element) -> None:
    """Raise ``LineLeft`` for a paragraph that must not be changed: pending changes, bound or locked controls."""
    if has_pending_changes(paragraph) or any(True for _ in paragraph.iterancestors(f"{W}ins", f"{W}moveTo")):
        raise LineLeft(reason=PENDING)
    for control in (*paragraph.iterancestors(f"{W}sdt"), *paragraph.iter(f"{W}sdt")):
        properties = control.find(f"{W}sdtPr")
        for one in () if properties is None else properties:
            locked = one.tag == f"{W}lock" and one.get(VAL) in {"contentLocked", "sdtContentLocked"}
            if locked or one.tag in _NOT_FREE_TEXT:
                raise LineLeft(reason=LOCKED)


def copies_of(
    paragraphs: Sequence[etree._Element | None], target: etree._Element
) -> list[list[etree._Element | None]]:
    """Return the paragraphs as they stand in the other copies of the target's text box; raises ``LineLeft``.

    Word keeps a text box twice (``mc:AlternateContent``): for itself, and for older programs.
    """
    holders = list(target.iterancestors(f"{MC}AlternateContent"))
    if not holders:
        return []
    branches = [list(branch.iter(f"{W}p")) for branch in holders[0] if isinstance(branch.tag, str)]
    own = next(branch for branch in branches if target in branch)
    others = [branch for branch in branches if branch and branch is not own]
    if others and (len(holders) > 1 or any(len(branch) != len(own) for branch in others)):
        raise LineLeft(reason=COPIES_DIFFER)
    for branch in others:
        if Words(branch[own.index(target)]).text != Words(target).text:
            raise LineLeft(reason=COPIES_DIFFER)
    return [[branch[own.index(one)] if one in own else one for one in paragraphs] for branch in others]


def _spot(words: Words, line: str, after: int) -> Spot | None:
    place = words.find(line, after)
    if place is None:
        return None
    start, end = place
    lead = max(after, words.text.rfind("\n", 0, start) + 1)
    headed = not is_lead(words.text[lead:start])
    if headed:
        bullet = _BULLET_AT_END.search(words.text, lead, start)
        lead = start if bullet is None else bullet.start()
    tail = _TAIL.match(words.text, end)
    return Spot(words, lead, start, end, end if tail is None else tail.end(), headed)
