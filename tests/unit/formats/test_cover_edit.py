"""Issue, date and code of a new edition are written into the runs of a Word file, and nothing else of it is."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from qms.formats.cover_edit import NO_SHEET, NOT_WORD, write_cover
from qms.formats.cover_json import cover_from_json, cover_to_json, values_from_json, values_to_json
from qms.formats.docx.names import W
from qms.formats.docx.sheet import TAKEN
from qms.formats.reader import read
from qms.model.cover import BLANK_DAY, CoverField, CoverValues, SheetRow
from tests.unit.formats.packages import NAMESPACES, R, docx, para

NOTE = "Thay căn cứ theo Nghị định số 18/2026/NĐ-CP"


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl><w:p/>"


HEAD = row(
    *(cell(para(head)) for head in ("STT", "Tóm lược nội dung sửa đổi", "Căn cứ sửa đổi", "Lần sửa đổi"))
)
EMPTY = row(cell(para("1.")), cell(), cell(), cell())
BODY = para("1. MỤC ĐÍCH", run="<w:b/>") + para("Lần ban hành 01 của Sổ tay được giữ nguyên.")


def cover(*lines: str) -> str:
    words = cell(para("QUY TRÌNH"), para("Đăng ký khai sinh"))
    return table(row(cell(para("SỞ TƯ PHÁP")), words, cell(*map(para, lines))))


def paper(*lines: str, sheet: str = table(HEAD, EMPTY), **how: object) -> bytes:
    return docx(cover(*lines) + sheet + BODY, **how)  # type: ignore[arg-type]


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


LINES = ("Mã hiệu: QT-01", "Lần ban hành: 01", "Lần sửa đổi: 02", "Ngày ban hành: 07/7/2025")


def test_cover_and_sheet_are_written_and_read_back():
    values = CoverValues("QT-02", 2, 3, "05/12/2026", row=SheetRow(NOTE, "Nghị định số 18/2026/NĐ-CP"))
    edited = write_cover(paper(*LINES), "a.docx", values)
    anatomy = read(edited.data, "a.docx").anatomy
    assert edited.left == ()
    assert (anatomy.code, anatomy.issue_number, anatomy.revision_number) == ("QT-02", "02", "03")
    assert anatomy.issue_date is not None
    assert f"{anatomy.issue_date:%Y-%m-%d}" == "2026-12-05"
    (filled,) = anatomy.revision_rows
    assert (filled.summary, filled.basis, filled.revision) == (NOTE, "Nghị định số 18/2026/NĐ-CP", "03")
    assert "Lần ban hành 01 của Sổ tay được giữ nguyên." in part(edited.data)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Ngày ban hành: 07.7.2025", "Ngày ban hành: 05.12.2026"),
        ("Ngày ban hành: 07 tháng 7 năm 2025", "Ngày ban hành: 05 tháng 12 năm 2026"),
        ("Ngày ban hành: .../.../20...", "Ngày ban hành: 05/12/2026"),
        ("Ngày ban hành:    /07/2021", "Ngày ban hành: 05/12/2026"),
        ("Ngày ban hành", "Ngày ban hành: 05/12/2026"),
        ("Ngày BH: 07/7/2025 Trang: 1/9", "Ngày BH: 05/12/2026 Trang: 1/9"),
    ],
)
def test_a_day_is_written_as_days_are_written_there(line, written):
    data = paper("Mã hiệu: QT-01", "Lần ban hành: 1", line)
    edited = write_cover(data, "a.docx", CoverValues(issue=2, issued="05/12/2026"))
    assert edited.left == ()
    words = read(edited.data, "a.docx").plain.split("\n")
    assert written in [" ".join(one.split()) for one in words]
    assert "Lần ban hành: 2" in words


def test_a_day_that_nobody_knows_yet_is_left_for_the_hand():
    edited = write_cover(paper(*LINES), "a.docx", CoverValues(issued=BLANK_DAY))
    assert read(edited.data, "a.docx").anatomy.issue_date is None
    assert f"Ngày ban hành: {BLANK_DAY}" in read(edited.data, "a.docx").plain


def test_two_numbers_that_share_a_line_are_told_apart():
    edited = write_cover(
        paper("Mã hiệu: QT-01", "Lần ban hành/sửa đổi: 01/02", "Ngày ban hành: 07/7/2025"),
        "a.docx",
        CoverValues(issue=1, revision=3),
    )
    assert read(edited.data, "a.docx").plain.count("01/03") + len(edited.left) == 1


def test_running_headers_follow_and_other_parts_stay_byte_for_byte():
    head = f"<w:hdr {NAMESPACES}>{para('Lần BH: 1 Ngày hiệu lực: 07/7/2025')}</w:hdr>"
    foot = f"<w:ftr {NAMESPACES}>{para('Trang 1')}</w:ftr>"
    references = (
        "<w:sectPr><w:headerReference w:type='default' r:id='header1'/>"
        "<w:footerReference w:type='default' r:id='footer1'/></w:sectPr>"
    )
    data = docx(cover(*LINES) + BODY + references, parts={"header1": head, "footer1": foot})
    edited = write_cover(data, "a.docx", CoverValues(issue=2, issued="05/12/2026", effective="05/12/2026"))
    assert "Lần BH: 2 Ngày hiệu lực: 05/12/2026" in part(edited.data, "word/header1.xml")
    changed = {
        name
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if part(data, name) != part(edited.data, name)
    }
    assert changed == {"word/document.xml", "word/header1.xml"}
    assert R in part(edited.data)


def test_numbers_split_over_runs_become_one_in_the_format_of_the_first():
    words = "<w:p><w:r><w:t>Lần ban hành: 0</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r></w:p>"
    data = docx(
        table(
            row(cell(para("QUY TRÌNH"), para("Đăng ký khai sinh lại")), cell(para("Mã hiệu: QT-01"), words))
        )
        + BODY
    )
    edited = write_cover(data, "a.docx", CoverValues(issue=12))
    assert read(edited.data, "a.docx").anatomy.issue_number == "12"


def test_a_full_sheet_gets_a_row_like_its_last_one():
    full = row(
        cell(para("1.", run="<w:i/>")),
        cell(para("Sửa bước 2", run="<w:i/>")),
        cell(para("QĐ 1")),
        cell(para("01")),
    )
    data = paper(*LINES, sheet=table(HEAD, full))
    edited = write_cover(data, "a.docx", CoverValues(revision=3, row=SheetRow(NOTE, known=1)))
    assert edited.left == ()
    assert [one.summary for one in read(edited.data, "a.docx").anatomy.revision_rows] == ["Sửa bước 2", NOTE]
    assert f"<w:rPr><w:i/></w:rPr><w:t>{NOTE}</w:t>" in part(edited.data)
    assert "<w:t>2.</w:t>" in part(edited.data)
    assert full in part(edited.data)


def down(words: str, begins: bool) -> str:
    merge = "<w:vMerge w:val='restart'/>" if begins else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{para(words) if words else '<w:p/>'}</w:tc>"


def test_values_beside_their_labels_are_written_in_their_own_cells():
    labels = (("MÃ HIỆU", "QT.ISO.02"), ("LẦN BAN HÀNH", "01"), ("NGÀY BAN HÀNH", "05.7.2021"))
    rows = [
        row(
            down("QUY TRÌNH QUẢN LÝ RỦI RO" if at == 0 else "", at == 0), cell(para(label)), cell(para(value))
        )
        for at, (label, value) in enumerate(labels)
    ]
    edited = write_cover(
        docx(table(*rows) + BODY), "a.docx", CoverValues("QT.ISO.03", 2, issued="15/12/2026")
    )
    assert edited.left == ()
    words = read(edited.data, "a.docx").plain.split("\n")
    assert [words[words.index(label) + 1] for label, _ in labels] == ["QT.ISO.03", "02", "15.12.2026"]


def test_a_value_below_its_label_and_an_empty_cell_for_one_are_found():
    head = row(
        *(cell(para(one)) for one in ("QUY TRÌNH QUẢN LÝ RỦI RO", "Mã hiệu", "Lần ban hành", "Ngày ban hành"))
    )
    below = row(cell(para("Chi cục X")), cell(para("QT.ISO.02")), cell(para("01")), cell(para("05/7/2021")))
    edited = write_cover(docx(table(head, below) + BODY), "a.docx", CoverValues(issue=2, issued="15/12/2026"))
    assert edited.left == ()
    assert read(edited.data, "a.docx").plain.split("\n")[5:8] == ["QT.ISO.02", "02", "15/12/2026"]


def test_the_sheet_of_another_office_gets_day_and_both_numbers_in_one_cell():
    heads = (
        "Ngày tháng",
        "Trang/Phần liên quan việc sửa đổi",
        "Mô tả nội dung thay đổi",
        "Lần ban hành/sửa đổi",
    )
    sheet = table(
        row(*(cell(para(one)) for one in heads)),
        row(*(cell(para(one)) for one in ("02/01/2019", "Mục III", "Bổ sung", "01/01"))),
        row(cell(), cell(), cell(), cell()),
    )
    first = ("Mã số QT01 ISO", "Ban hành lần: 01", "Ngày: 30/10/2018")
    values = CoverValues(
        issue=2, revision=0, issued="05/12/2026", row=SheetRow(NOTE, day="05/12/2026", known=1)
    )
    edited = write_cover(paper(*first, sheet=sheet), "a.docx", values)
    assert [one for one in edited.left if one[0] is not CoverField.REVISION] == []
    anatomy = read(edited.data, "a.docx").anatomy
    assert (anatomy.issue_number, f"{anatomy.issue_date:%d/%m/%Y}") == ("02", "05/12/2026")
    assert (anatomy.revision_rows[1].summary, anatomy.revision_rows[1].day) == (NOTE, "05/12/2026")
    assert anatomy.revision_rows[1].revision.startswith("02/")


def test_a_cover_in_loose_paragraphs_is_written():
    lines = "".join(
        map(
            para,
            ("QUY TRÌNH ĐĂNG KÝ TẠM TRÚ", "Mã hiệu: QT-01", "Lần ban hành: 01", "Ngày ban hành: 07/7/2025"),
        )
    )
    edited = write_cover(docx(lines + BODY), "a.docx", CoverValues(issue=2, issued="05/12/2026"))
    assert edited.left == ()
    assert "Ngày ban hành: 05/12/2026" in read(edited.data, "a.docx").plain


def test_a_page_number_beside_a_value_stays_a_field():
    page = "<w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple>"
    label = f"<w:p><w:r><w:t xml:space='preserve'>Lần BH: 01 Trang: </w:t></w:r>{page}</w:p>"
    head = f"<w:hdr {NAMESPACES}>{label}</w:hdr>"
    body = cover(*LINES) + BODY + "<w:sectPr><w:headerReference w:type='default' r:id='header1'/></w:sectPr>"
    edited = write_cover(docx(body, parts={"header1": head}), "a.docx", CoverValues(issue=2))
    assert edited.left == ()
    assert page in part(edited.data, "word/header1.xml").replace('"', "'")
    assert "Lần BH: 02 Trang: " in part(edited.data, "word/header1.xml")


def test_tracked_changes_in_a_cover_are_left_to_people():
    inserted = "<w:p><w:ins w:id='1' w:author='x'><w:r><w:t>Lần ban hành: 01</w:t></w:r></w:ins></w:p>"
    words = cell(para("QUY TRÌNH"), para("Đăng ký khai sinh lại"))
    data = docx(table(row(words, cell(para("Mã hiệu: QT-01"), inserted))) + BODY)
    edited = write_cover(data, "a.docx", CoverValues(issue=2))
    assert edited.data == data
    assert "Track Changes" in edited.left[0][1]


def test_written_again_nothing_changes():
    values = CoverValues(issue=2, revision=0, issued="05/12/2026", row=SheetRow(NOTE))
    once = write_cover(paper(*LINES), "a.docx", values)
    again = write_cover(once.data, "a.docx", values)
    assert again.data == once.data
    assert (again.written, again.left) == ((), ())


def test_a_note_that_grew_goes_on_in_its_own_row():
    once = write_cover(paper(*LINES), "a.docx", CoverValues(issue=2, revision=0, row=SheetRow(NOTE, "A")))
    values = CoverValues(issue=2, revision=0, row=SheetRow(f"{NOTE}\nSửa bước 2", "A; B"))
    again = write_cover(once.data, "a.docx", values)
    (only,) = read(again.data, "a.docx").anatomy.revision_rows
    assert (only.summary, only.basis, only.revision) == (f"{NOTE}; Sửa bước 2", "A; B", "01")


def test_a_row_that_somebody_wrote_for_this_edition_is_left_alone():
    own = row(cell(para("1.")), cell(para("Tự ghi")), cell(), cell(para("01")))
    edited = write_cover(
        paper(*LINES, sheet=table(HEAD, own)), "a.docx", CoverValues(issue=2, row=SheetRow(NOTE))
    )
    assert edited.left == ((CoverField.SHEET, TAKEN),)
    assert edited.written == (CoverField.ISSUE,)


def test_what_has_no_place_is_told_and_stops_nothing_else():
    edited = write_cover(paper(*LINES, sheet=""), "a.docx", CoverValues(issue=2, row=SheetRow(NOTE)))
    assert edited.left == ((CoverField.SHEET, NO_SHEET),)
    assert read(edited.data, "a.docx").anatomy.issue_number == "02"


def test_text_masters_are_left_as_they_are():
    edited = write_cover(b"# QT-01\n", "a.md", CoverValues(issue=2))
    assert (edited.data, edited.left) == (b"# QT-01\n", ((CoverField.ISSUE, NOT_WORD),))


def test_values_and_outcome_survive_the_pipe():
    values = CoverValues("A", 1, 2, "x", "y", SheetRow("s", "b", "d", 3))
    assert values_from_json(values_to_json(values)) == values
    edited = write_cover(paper(*LINES), "a.docx", CoverValues(issue=2, row=SheetRow(NOTE)))
    assert cover_from_json(cover_to_json(edited)) == edited


def _files(root):
    return [
        *sorted((root / "procedures").glob("*.docx")),
        *sorted((root / "procedures_other").glob("*.docx")),
    ]


def test_on_every_real_file_only_cover_and_sheet_change(real_data):
    """Read back part by part: what the cover says is new, every other paragraph of every part is as it was."""
    for path in _files(real_data):
        data = path.read_bytes()
        before = read(data, path.name).anatomy
        values = CoverValues(
            issue=7, issued="05/12/2026", effective="05/12/2026", row=SheetRow(NOTE, "QĐ 19")
        )
        edited = write_cover(data, path.name, values)
        after = read(edited.data, path.name).anatomy
        if before.issue_number is None:
            assert edited.data == data, path.name
            continue
        assert edited.left == (), path.name
        assert (after.issue_number, f"{after.issue_date:%d/%m/%Y}") == ("07", "05/12/2026")
        assert [one.summary for one in after.revision_rows] == [NOTE]
        assert (after.steps, after.records, after.forms) == (before.steps, before.records, before.forms)
        lines = _differing(data, edited.data)
        assert 3 <= len(lines) <= 12, (path.name, lines)
        assert all(any(word in line for word in ("7", "05/12/2026", NOTE, "QĐ 19", "01")) for line in lines)


def _differing(old: bytes, new: bytes) -> list[str]:
    """Return the paragraphs of all parts that differ; raises where another part or the number of paragraphs does."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(old)) as one, zipfile.ZipFile(io.BytesIO(new)) as other:
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            if one.read(name) == other.read(name):
                continue
            before, after = (_paragraphs(package.read(name)) for package in (one, other))
            assert len(before) == len(after)
            found += [new for old, new in zip(before, after, strict=True) if old != new]
    return found


def _paragraphs(xml: bytes) -> list[str]:
    root = etree.fromstring(xml)
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
