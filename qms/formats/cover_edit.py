"""Writes the cover of a Word master and proves each field by reading the file again.

A field that does not read back as exactly what was meant, or that changes anything else that the anatomy tells, is
left as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from lxml import etree

from qms.formats.anatomy.cover import read_day
from qms.formats.anatomy.values import Anatomy, RevisionRow
from qms.formats.basis_edit import UNUSUAL, unplaced
from qms.formats.docx.cover_places import Sheet, Story, stories_of
from qms.formats.docx.cover_write import write_field
from qms.formats.docx.edit import SIGNED
from qms.formats.docx.names import W
from qms.formats.docx.package import Package
from qms.formats.docx.repack import replace_part
from qms.formats.docx.sheet import SheetChange, write_row
from qms.formats.docx.splice import Patch, Span, Spans, serialised, spliced
from qms.formats.reader import read
from qms.formats.refusals import Damaged
from qms.model.basis import LineLeft
from qms.model.cover import CoverField, CoverValues, EditedCover, SheetRow
from qms.model.enums import MasterFormat
from qms.model.ids import clean, fold_code

NOT_WORD = "Chỉ ghi được vào trang bìa của tệp Word."
NOT_AS_EXPECTED = "Ghi tự động mục này sẽ làm thay đổi phần khác của tệp; hãy ghi bằng tay trong Word."
NO_PLACE = "Không thấy chỗ ghi mục này trong tệp; hãy ghi bằng tay trong Word."
NO_SHEET = "Tệp không có bảng theo dõi sửa đổi nên không ghi vào bảng."
_Pairs = list[tuple[etree._Element, etree._Element]]


@dataclass
class _Part:
    """What changed in one part: paragraphs, and rows (behind which row, the new one)."""

    root: etree._Element
    changed: list[etree._Element] = dataclass_field(default_factory=list)
    added: _Pairs = dataclass_field(default_factory=list)

    def count(self) -> int:
        """Return how many changes were made."""
        return len(self.changed) + len(self.added)


def write_cover(data: bytes, name: str, values: CoverValues) -> EditedCover:
    """Return the master with its cover written; raises ``refusals.Unacceptable`` for a file that is not read."""
    reading = read(data, name)
    wanted = _wanted(values)
    if reading.format is not MasterFormat.DOCX:
        return EditedCover(data, left=tuple((field, NOT_WORD) for field in wanted))
    written: list[CoverField] = []
    left: list[tuple[CoverField, str]] = []
    before = reading.anatomy
    try:
        edited, _, touched = _proved(data, name, before, wanted, values)
    except (LineLeft, Damaged):
        # one by one, to tell what can be written from what cannot
        for field in wanted:
            try:
                edited, after, touched = _proved(data, name, before, [field], values)
            except LineLeft as refusal:
                left.append((field, refusal.reason))
            except Damaged:
                left.append((field, UNUSUAL))
            else:
                written.extend(touched)
                data, before = edited, after
        return EditedCover(data, tuple(written), tuple(left))
    return EditedCover(edited, touched)


def _proved(
    data: bytes, name: str, before: Anatomy, fields: Sequence[CoverField], values: CoverValues
) -> tuple[bytes, Anatomy, tuple[CoverField, ...]]:
    edited, expected, touched = _edited(data, before, fields, values)
    after = before if edited == data else read(edited, name).anatomy
    if _settled(expected) != _settled(after):
        raise LineLeft(reason=NOT_AS_EXPECTED)
    return edited, after, touched


def _wanted(values: CoverValues) -> list[CoverField]:
    asked = {
        CoverField.CODE: values.code,
        CoverField.ISSUE: values.issue,
        CoverField.REVISION: values.revision,
        CoverField.ISSUED: values.issued,
        CoverField.EFFECTIVE: values.effective,
        CoverField.SHEET: values.row,
    }
    return [field for field, value in asked.items() if value is not None]


def _edited(
    data: bytes, before: Anatomy, fields: Sequence[CoverField], values: CoverValues
) -> tuple[bytes, Anatomy, tuple[CoverField, ...]]:
    """Return the file with fields written, what it should say of itself then, and which fields that changed."""
    package = Package(data)
    if any(entry.filename.lower().startswith("_xmlsignatures/") for entry in package.entries):
        raise LineLeft(reason=SIGNED)
    stories, sheet = stories_of(package)
    parts = {story.part: _Part(story.root) for story in stories}
    expected, touched = before, []
    for field in fields:
        changes = sum(map(_Part.count, parts.values()))
        if field is CoverField.SHEET:
            expected = _write_sheet(sheet, parts[stories[0].part], expected, values)
        else:
            expected = _write_field(stories, parts, field, expected, values)
        if sum(map(_Part.count, parts.values())) > changes:
            touched.append(field)
    for name, part in parts.items():
        if part.changed or part.added:
            data = replace_part(data, name, _spliced(package.read(name), part))
    return data, expected, tuple(touched)


def _write_field(
    stories: Sequence[Story],
    parts: Mapping[str, _Part],
    field: CoverField,
    before: Anatomy,
    values: CoverValues,
) -> Anatomy:
    expected = _with_field(before, field, values)
    touched = False
    for story in stories:
        changed = write_field(story.paragraphs, field, values)
        parts[story.part].changed.extend(changed)
        touched = touched or bool(changed)
    # few papers print a day of effect: one that does not lacks nothing
    if not touched and field is not CoverField.EFFECTIVE and _settled(expected) != _settled(before):
        raise LineLeft(reason=NO_PLACE)
    return expected


def _write_sheet(sheet: Sheet | None, part: _Part, before: Anatomy, values: CoverValues) -> Anatomy:
    if sheet is None or values.row is None:
        raise LineLeft(reason=NO_SHEET)
    change = write_row(*sheet, values, values.row)
    if change is None:
        return before
    part.changed.extend(change.changed)
    part.added.extend(change.added)
    return _with_row(before, change, values.row)


def _with_field(before: Anatomy, field: CoverField, values: CoverValues) -> Anatomy:
    if field is CoverField.CODE:
        return replace(before, code=values.code)
    if field is CoverField.ISSUE:
        return replace(before, issue_number=str(values.issue))
    if field is CoverField.REVISION:
        return replace(before, revision_number=str(values.revision))
    if field is CoverField.ISSUED:
        return replace(before, issue_date=read_day(values.issued or ""))
    return before


def _with_row(before: Anatomy, change: SheetChange, row: SheetRow) -> Anatomy:
    cells = change.cells
    new = RevisionRow(
        cells.get("summary", ""), cells.get("basis", ""), cells.get("revision", ""), cells.get("day", "")
    )
    return replace(before, revision_rows=(*before.revision_rows[: row.known], new))


def _settled(anatomy: Anatomy) -> Anatomy:
    """Return all that is compared; numbers as numbers, for a cover keeps its own width of them."""
    return replace(
        unplaced(anatomy),
        code=fold_code(anatomy.code or ""),
        issue_number=(anatomy.issue_number or "").lstrip("0"),
        revision_number=(anatomy.revision_number or "").lstrip("0"),
        revision_rows=tuple(replace(row, summary=clean(row.summary)) for row in anatomy.revision_rows),
        warnings=(),
    )


def _spliced(raw: bytes, part: _Part) -> bytes:
    spans = Spans(raw)
    new = {element for _, row in part.added for element in row.iter()}
    paragraphs = (one for one in part.root.iter(f"{W}p") if one not in new)
    rows = (one for one in part.root.iter(f"{W}tr") if one not in new)
    spanned: dict[etree._Element, Span] = {one: spans.paragraph(at) for at, one in enumerate(paragraphs)}
    spanned.update((one, spans.row(at)) for at, one in enumerate(rows))
    patches = [Patch(spanned[one], serialised(one)) for one in _outermost(part.changed)]
    patches += [Patch(Span(spanned[one].end, spanned[one].end), serialised(row)) for one, row in part.added]
    return spliced(raw, patches)


def _outermost(changed: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield each changed paragraph once, those inside a text box of another with that one."""
    kept = dict.fromkeys(changed)
    for one in kept:
        if not any(outer in kept for outer in one.iterancestors()):
            yield one
