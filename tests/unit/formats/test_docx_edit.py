"""Lines of a legal basis are changed inside the runs of a Word file, and nothing else of it is."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from qms.formats.basis_edit import edit_lines
from qms.formats.docx.repack import replace_part
from qms.formats.reader import read
from qms.model.basis import EditedLines, LineEdit
from qms.model.enums import BasisAction
from tests.unit.formats.packages import docx, numbered, para

REPLACE, ADD, REMOVE = BasisAction.REPLACE, BasisAction.ADD_AFTER, BasisAction.REMOVE
NEW = "Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ"
HEAD = para("i. Căn cứ pháp lý:")
FOOT = para("k. Quy trình xử lý công việc:") + para("Bước 1")
LAW, DECREE = "Luật Hộ tịch năm 2014", "Nghị định số 123/2015/NĐ-CP"
BASIS = para(f"- {LAW};", "<w:jc w:val='both'/>") + para(f"- {DECREE}.", "<w:jc w:val='both'/>")
BULLETS = (
    "<w:numbering {ns}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>"
    "<w:lvlText w:val='-'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "</w:numbering>"
)


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def edited(data: bytes, *edits: tuple[int, BasisAction] | tuple[int, BasisAction, str]) -> EditedLines:
    lines = read(data, "a.docx").anatomy.legal_basis_lines
    return edit_lines(
        data, "a.docx", [LineEdit(at, lines[at], action, *(rest or [NEW])) for at, action, *rest in edits]
    )


def shown(data: bytes) -> list[str]:
    return read(data, "a.docx").plain.split("\n")[1:-2]


def test_a_new_line_copies_bullet_format_and_mark_of_the_line_before():
    data = docx(HEAD + BASIS + FOOT)
    after = edited(data, (0, ADD))
    assert shown(after.data) == [f"- {LAW};", f"- {NEW};", f"- {DECREE}."]
    assert document(after.data).count("<w:jc w:val='both'/>") == 2
    assert document(after.data).count('<w:jc w:val="both"/>') == 1


def test_behind_the_last_line_the_closing_mark_moves_on():
    after = edited(docx(HEAD + BASIS + FOOT), (1, ADD))
    assert shown(after.data) == [f"- {LAW};", f"- {DECREE};", f"- {NEW}."]


def test_taking_out_the_last_line_closes_the_one_before():
    after = edited(docx(HEAD + BASIS + FOOT), (1, REMOVE))
    assert shown(after.data) == [f"- {LAW}."]
    assert after.lines == (LAW,)


def test_every_byte_outside_of_the_changed_paragraph_stays():
    odd = "<!-- note --><w:p  ><w:r><w:t>k. Quy trình xử lý công việc:&#160;&quot;A&quot;</w:t></w:r></w:p >"
    data = docx(HEAD + BASIS + odd)
    before, after = document(data), document(edited(data, (0, REPLACE)).data)
    start = before.index(f"- {LAW}")
    assert after[:start].startswith(before[: before.rindex("<w:p>", 0, start)])
    assert after.endswith(before[before.index("</w:p>", start) :])


def test_words_over_many_runs_become_one_run_and_what_hangs_there_stays():
    split = p(
        run("- "), run("Luật ", "<w:b/>"), "<w:bookmarkStart w:id='1' w:name='a'/>", run("Hộ "),
        "<w:bookmarkEnd w:id='1'/>", "<w:r><w:lastRenderedPageBreak/><w:t>tịch năm 2014</w:t></w:r>",
        run("; ", "<w:i/>"),
    )  # fmt: skip
    after = document(edited(docx(HEAD + split + FOOT), (0, REPLACE)).data)
    changed = after[after.index("- </w:t>") : after.index("k. Quy")]
    assert re.findall(r"<w:t[^>]*>([^<]+)", changed) == [NEW, "; "]
    assert '<w:b/></w:rPr><w:t xml:space="preserve">' + NEW in changed
    assert "bookmarkStart" in changed and "bookmarkEnd" in changed


def test_accents_blanks_and_invisible_marks_of_any_kind_are_found():
    odd = "Lua\u0323\u0302t\u00a0Hộ  ti\u200e\u0323ch năm\t2014"
    after = edited(docx(HEAD + para(f"-\u00a0{odd} ;") + FOOT), (0, REPLACE))
    assert shown(after.data) == [f"- {NEW} ;"]


def test_new_words_never_stand_under_the_link_to_the_old_law():
    looks = "<w:rStyle w:val='Hyperlink'/><w:u w:val='single'/>"
    link = f"<w:hyperlink r:id='x'>{run(LAW, looks)}</w:hyperlink>"
    data = docx(HEAD + p(run("- "), link, run(";")) + BASIS + FOOT)
    replaced = document(edited(data, (0, REPLACE)).data)
    assert "hyperlink" not in replaced
    added = document(edited(data, (0, ADD)).data)
    assert added.count("<w:hyperlink") == 1
    assert NEW not in added[added.index("<w:hyperlink") : added.index("</w:hyperlink>")]
    assert added.count("Hyperlink") == 1


def test_a_field_that_shows_the_old_law_goes_with_it():
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"http://x\" </w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run(LAW)}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    data = docx(HEAD + p(run("- "), field, run(";")) + BASIS + FOOT)
    after = edited(data, (0, REPLACE))
    assert shown(after.data)[0] == f"- {NEW};"
    assert "fldChar" not in document(after.data)
    assert "fldChar" not in document(edited(data, (0, REMOVE)).data)


def test_a_line_partly_in_a_field_is_left():
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        f"{run(f'{LAW}; và khác')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    data = docx(HEAD + p(run("Luật gì: - "), field) + BASIS + FOOT)
    lines = read(data, "a.docx").anatomy.legal_basis_lines
    after = edit_lines(data, "a.docx", [LineEdit(0, lines[0], REPLACE, NEW)])
    assert after.data == data or NEW in after.lines[0]


def test_automatic_bullets_go_on_by_themselves():
    data = docx(HEAD + numbered(f"{LAW};") + numbered(f"{DECREE}.") + FOOT, parts={"numbering": BULLETS})
    after = edited(data, (0, ADD))
    assert shown(after.data) == [f"- {LAW};", f"- {NEW};", f"- {DECREE}."]
    assert document(after.data).count("numPr>") == 6


@pytest.mark.parametrize(
    ("leads", "now"),
    [
        (("1.", "2."), ("1.", "2.", "3.")),
        (("a)", "b)"), ("a)", "b)", "c)")),
        (("01.", "02."), ("01.", "02.", "03.")),
        (("4.", "7."), ("4.", "4.", "7.")),
    ],
)
def test_typed_numbers_count_on(leads, now):
    data = docx(HEAD + para(f"{leads[0]} {LAW};") + para(f"{leads[1]} {DECREE};") + FOOT)
    after = edited(data, (0, ADD))
    assert [line.split()[0] for line in shown(after.data)] == list(now)
    assert after.lines == (LAW, NEW, DECREE)


def test_typed_numbers_close_the_gap_of_a_line_taken_out():
    data = docx(
        HEAD + para(f"1. {LAW};") + para(f"2. {DECREE};") + para("3. Thông tư số 1/2020/TT-BTP.") + FOOT
    )
    assert shown(edited(data, (0, REMOVE)).data) == [f"1. {DECREE};", "2. Thông tư số 1/2020/TT-BTP."]


def test_lines_that_are_broken_inside_one_paragraph_are_edited_there():
    broken = p(f"<w:r><w:t>- {LAW};</w:t><w:br/><w:t>- {DECREE}.</w:t></w:r>")
    data = docx(HEAD + broken + FOOT)
    for edit, now in (
        ((0, ADD), (LAW, NEW, DECREE)),
        ((1, ADD), (LAW, DECREE, NEW)),
        ((0, REMOVE), (DECREE,)),
        ((1, REMOVE), (LAW,)),
        ((1, REPLACE), (LAW, NEW)),
    ):
        after = edited(data, edit)
        assert after.lines == now
        assert document(after.data).count("<w:p>") == document(data).count("<w:p>")
    assert document(edited(data, (1, ADD)).data).count("<w:br/>") == 2


def test_a_list_in_one_sentence_is_edited_inside_the_sentence():
    data = docx(para(f"i. Căn cứ pháp lý: {LAW}; {DECREE}.") + FOOT)
    text = "i. Căn cứ pháp lý: "
    for edit, now in (
        ((0, ADD), f"{text}{LAW}; {NEW}; {DECREE}."),
        ((1, ADD), f"{text}{LAW}; {DECREE}; {NEW}."),
        ((0, REMOVE), f"{text}{DECREE}."),
        ((1, REMOVE), f"{text}{LAW}."),
        ((1, REPLACE), f"{text}{LAW}; {NEW}."),
    ):
        assert read(edited(data, edit).data, "a.docx").plain.split("\n")[0] == now


def test_a_head_that_holds_the_first_line_keeps_it():
    data = docx(para(f"i. Căn cứ pháp lý: - {LAW};") + para(f"- {DECREE}.") + FOOT)
    after = edited(data, (0, ADD))
    assert read(after.data, "a.docx").plain.split("\n")[:3] == [
        f"i. Căn cứ pháp lý: - {LAW};",
        f"- {NEW};",
        f"- {DECREE}.",
    ]
    assert edited(data, (0, REMOVE)).lines == (DECREE,)


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{one}</w:tc>' for one in cells)}</w:tr>"


def test_a_table_of_instruments_gets_a_row_and_its_numbers_count_on():
    rows = (
        row(para("1"), para(LAW))
        + row(para("2"), para(DECREE))
        + row(para("3"), para("Thông tư số 1/2020/TT-BTP"))
    )
    data = docx(f"{HEAD}<w:tbl>{rows}</w:tbl>{FOOT}")
    after = edited(data, (1, ADD))
    assert shown(after.data)[::2] == ["1", "2", "3", "4"]
    assert after.lines == (LAW, DECREE, NEW, "Thông tư số 1/2020/TT-BTP")
    gone = edited(data, (0, REMOVE))
    assert shown(gone.data) == ["1", DECREE, "2", "Thông tư số 1/2020/TT-BTP"]


def test_lines_in_a_cell_stay_in_their_cell():
    head = row(para("STT"), para("Tên thủ tục"), para("Căn cứ pháp lý"))
    rows = row(para("1"), para("Khai sinh"), BASIS) + row(para("2"), para("Khai tử"), para(f"- {LAW}."))
    data = docx(f"<w:tbl>{head}{rows}</w:tbl>")
    assert edited(data, (1, ADD)).lines == (LAW, DECREE, NEW, LAW)
    assert edited(data, (0, REMOVE)).lines == (DECREE, LAW)
    after = edited(data, (2, REMOVE))
    assert (after.data, after.applied) == (data, ())
    assert "duy nhất" in after.left[0][1]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (p(f"<w:ins w:id='1' w:author='a'>{run(f'- {LAW};')}</w:ins>"), "Track Changes"),
        (p(run(f"- {LAW};"), properties="<w:rPr><w:ins w:id='2' w:author='a'/></w:rPr>"), "Track Changes"),
        (
            f"<w:sdt><w:sdtPr><w:lock w:val='contentLocked'/></w:sdtPr><w:sdtContent>{para(f'- {LAW};')}"
            "</w:sdtContent></w:sdt>",
            "content control",
        ),
        (
            p(
                f"<w:sdt><w:sdtPr><w:dataBinding w:xpath='x'/></w:sdtPr><w:sdtContent>{run(f'- {LAW};')}"
                "</w:sdtContent></w:sdt>"
            ),
            "content control",
        ),
    ],
)
def test_a_paragraph_that_is_not_free_is_left_with_the_reason(line, reason):
    data = docx(HEAD + line + para(f"- {DECREE}.") + FOOT)
    for action in BasisAction:
        after = edited(data, (0, action))
        assert after.data == data
        assert reason in after.left[0][1]
    assert edited(data, (1, REPLACE)).applied


def test_inside_an_open_content_control_lines_are_edited():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{BASIS}</w:sdtContent></w:sdt>"
    after = edited(docx(HEAD + control + FOOT), (1, ADD))
    assert after.lines == (LAW, DECREE, NEW)
    assert NEW in document(after.data).split("</w:sdtContent>")[0]


def box(inside: str) -> str:
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"<w:txbxContent>{inside}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_both_copies_of_a_text_box_are_edited():
    data = docx(box(HEAD + BASIS + FOOT))
    for action in BasisAction:
        after = edited(data, (0, action))
        assert after.applied
        assert document(after.data).count(NEW) == (0 if action is REMOVE else 2)
        assert document(after.data).count(LAW) == (2 if action is ADD else 0)


def test_copies_that_differ_are_left():
    data = docx(box(HEAD + BASIS + FOOT).replace(LAW, "Luật Đất đai năm 2013", 1))
    after = edited(data, (0, REPLACE))
    assert after.data == data
    assert "hai bản" in after.left[0][1]


def test_an_end_of_a_bookmark_stays_when_its_paragraph_goes():
    line = p(
        "<w:bookmarkEnd w:id='7'/><w:bookmarkStart w:id='8' w:name='b'/><w:bookmarkEnd w:id='8'/>",
        run(f"- {LAW};"),
    )
    data = docx("<w:bookmarkStart w:id='7' w:name='a'/>" + HEAD + line + para(f"- {DECREE}.") + FOOT)
    after = document(edited(data, (0, REMOVE)).data)
    assert after.count("w:bookmarkEnd") == after.count("w:bookmarkStart") == 1


@pytest.mark.parametrize(
    "carried",
    ["<w:r><w:drawing/></w:r>", "<w:r><w:footnoteReference w:id='2'/></w:r>"],
)
def test_a_paragraph_that_carries_more_than_words_is_not_taken_out(carried):
    data = docx(HEAD + p(run(f"- {LAW};"), carried) + para(f"- {DECREE}.") + FOOT)
    assert edited(data, (0, REMOVE)).data == data
    assert carried[5:20] in document(edited(data, (0, REPLACE)).data)
    assert document(edited(data, (0, ADD)).data).count(carried[5:20]) == 1


def test_a_section_break_is_neither_doubled_nor_lost():
    data = docx(HEAD + p(run(f"- {LAW}."), properties="<w:sectPr/>") + FOOT)
    for action in (ADD, REMOVE):
        assert edited(data, (0, action)).data == data


def test_numbers_of_other_parts_never_change():
    decimal = BULLETS.replace("'bullet'", "'decimal'").replace("w:val='-'", "w:val='%1.'")
    body = HEAD + numbered(f"{LAW};") + numbered(f"{DECREE}.") + numbered("QUY TRÌNH XỬ LÝ CÔNG VIỆC")
    data = docx(body + para("Bước 1"), parts={"numbering": decimal})
    after = edited(data, (0, ADD))
    assert after.data == data
    assert "phần khác" in after.left[0][1]


def test_a_line_that_reads_otherwise_by_now_is_left():
    data = docx(HEAD + BASIS + FOOT)
    after = edit_lines(data, "a.docx", [LineEdit(0, DECREE, REMOVE), LineEdit(9, LAW, REMOVE)])
    assert after.data == data
    assert all("đã khác" in reason for _, reason in after.left)


def test_several_edits_are_each_of_the_lines_as_they_were():
    after = edited(
        docx(HEAD + BASIS + FOOT), (0, REPLACE, "Luật Hộ tịch số 60/2014/QH13"), (0, ADD, "Nghị định số 1/2026/NĐ-CP"),
        (0, ADD), (1, REMOVE),
    )  # fmt: skip
    assert after.lines == ("Luật Hộ tịch số 60/2014/QH13", "Nghị định số 1/2026/NĐ-CP", NEW)


def test_a_signed_package_is_left_for_its_signature_would_break():
    data = io.BytesIO(docx(HEAD + BASIS + FOOT))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<a/>")
    after = edited(data.getvalue(), (0, REPLACE))
    assert after.data == data.getvalue()
    assert "chữ ký số" in after.left[0][1]


def test_markup_in_the_new_words_is_only_words():
    words = 'Luật <w:b/> & "A" số 1/2026/QH15'
    assert edited(docx(HEAD + BASIS + FOOT), (0, REPLACE, words)).lines[0] == words


def test_the_strict_names_of_iso_29500_are_kept():
    data = docx(HEAD + BASIS + FOOT)
    strict = document(data).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = replace_part(data, "word/document.xml", strict.encode())
    after = edited(data, (0, ADD))
    assert after.lines == (LAW, NEW, DECREE)
    assert document(after.data).count("purl.oclc.org") == 1
    assert "schemas.openxmlformats.org/wordprocessingml" not in document(after.data)
