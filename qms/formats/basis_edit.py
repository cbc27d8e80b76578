"""Edits lines of the legal basis in a master, DOCX or Markdown, and proves each edit by reading the file again.

An edit that does not read back as exactly the old basis with that one change, or that changes anything else that
the anatomy tells, is not made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qms.formats.anatomy.values import Anatomy
from qms.formats.basis_lines import core
from qms.formats.docx.edit import edit_docx
from qms.formats.markdown_edit import edit_markdown
from qms.formats.reader import read
from qms.formats.reading import Reading
from qms.formats.refusals import Damaged
from qms.model.basis import EditedLines, LineEdit, LineLeft
from qms.model.enums import BasisAction, MasterFormat
from qms.model.ids import clean

CHANGED_SINCE = "Dòng căn cứ này đã khác so với lúc lập đề xuất; hãy xem lại."
UNUSUAL = "Tệp được đóng gói khác thường nên không sửa tự động được; hãy mở bằng Word, lưu lại rồi thử lại."
NOT_AS_EXPECTED = "Sửa tự động dòng này sẽ làm thay đổi phần khác của tài liệu; hãy sửa bằng tay."

_ORDER = {BasisAction.REPLACE: 0, BasisAction.ADD_AFTER: 1, BasisAction.REMOVE: 2}


def edit_lines(data: bytes, name: str, edits: Sequence[LineEdit]) -> EditedLines:
    """Return the master with the edits made, each on the lines as they were; raises ``refusals.Unacceptable``."""
    reading = read(data, name)
    original = reading.anatomy.legal_basis_lines
    applied: list[LineEdit] = []
    left: list[tuple[LineEdit, str]] = []
    for edit in _from_last(edits):
        try:
            if not 0 <= edit.line < len(original) or original[edit.line] != edit.words:
                raise LineLeft(reason=CHANGED_SINCE)
            data, reading = _edited(data, name, reading, edit)
        except LineLeft as refusal:
            left.append((edit, refusal.reason))
        else:
            applied.append(edit)
    return EditedLines(data, reading.anatomy.legal_basis_lines, tuple(applied), tuple(left))


def unplaced(anatomy: Anatomy) -> Anatomy:
    """Return what an anatomy tells apart from doubts and from places, which move when a paragraph comes or goes."""
    forms = tuple(replace(form, first=0, last=0) for form in anatomy.appended_forms)
    return replace(anatomy, appended_forms=forms, warnings=())


def _from_last(edits: Sequence[LineEdit]) -> list[LineEdit]:
    """Return the edits from the last line to the first, so that none moves the line of another."""
    numbered = sorted(enumerate(edits), key=lambda one: (-one[1].line, _ORDER[one[1].action], -one[0]))
    return [edit for _, edit in numbered]


def _edited(data: bytes, name: str, before: Reading, edit: LineEdit) -> tuple[bytes, Reading]:
    change = edit_docx if before.format is MasterFormat.DOCX else edit_markdown
    try:
        changed = change(data, edit.line, edit.action, clean(edit.text).rstrip(" ;."))
    except Damaged:
        raise LineLeft(reason=UNUSUAL) from None
    after = read(changed, name)
    if not _is_as_expected(before, after, edit):
        raise LineLeft(reason=NOT_AS_EXPECTED)
    return changed, after


def _is_as_expected(before: Reading, after: Reading, edit: LineEdit) -> bool:
    wanted = [core(line) for line in before.anatomy.legal_basis_lines]
    text = core(clean(edit.text).rstrip(" ;."))
    if edit.action is BasisAction.REPLACE:
        wanted[edit.line] = text
    elif edit.action is BasisAction.ADD_AFTER:
        wanted.insert(edit.line + 1, text)
    else:
        del wanted[edit.line]
    if [core(line) for line in after.anatomy.legal_basis_lines] != wanted:
        return False
    old, new = (replace(unplaced(one.anatomy), legal_basis_lines=()) for one in (before, after))
    return old == new and _only_basis_differs(before, after)


def _only_basis_differs(before: Reading, after: Reading) -> bool:
    """Tell whether all words that came or went, automatic numbers included, are lines of the basis."""
    old, new = Counter(before.plain.split("\n")), Counter(after.plain.split("\n"))
    gone, come = old - new, new - old
    was, now = before.anatomy.legal_basis_lines, after.anatomy.legal_basis_lines
    return all(_is_of(line, was) for line in gone) and all(
        # what is left of a head whose own line was taken out
        _is_of(line, now) or any(_is_of(whole, was) and whole.startswith(line) for whole in gone)
        for line in come
    )


def _is_of(line: str, basis: Sequence[str]) -> bool:
    return line.rstrip(".").isdecimal() or any(words in line for words in basis)
