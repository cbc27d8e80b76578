"""TTHC as work: a decision cuts a limit, abolishes one procedure and re-codes another; the officer ticks and sees."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.document import Document as WordPaper
from docx.table import Table as WordTable
from openpyxl import Workbook
from sqlalchemy import select

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.document import Document, DocumentLink
from qms.model.enums import LinkKind, TthcChange, TthcSource
from qms.model.law import Instrument
from qms.model.times import TimesVerdict
from qms.model.trail import Event
from qms.model.tthc import DocumentTthc, TthcRow
from qms.model.tthc_status import TthcStatus
from qms.usecases import intaking, tthc, tthc_importing, tthc_linking
from qms.usecases.tthc_lookups import UnknownTthc
from tests import house
from tests.unit.formats.test_regulation import blank_pdf

STEPS = """| TT | Trình tự thực hiện | Trách nhiệm | Thời gian |
|---|---|---|---|
| 1 | Tiếp nhận hồ sơ | Công chức | 01 ngày |
| 2 | Thẩm định | Công chức | 08 ngày |
| 3 | Ký và trả kết quả | Lãnh đạo | 01 ngày |
"""
CATALOGUE = """ma,ten,linh_vuc,cap,qd_cong_bo,thoi_han,url,nghi_loi_crawl
1.000101,Thủ tục đăng ký thử nghiệm,Thử nghiệm,Cấp xã,10/QĐ-BTP,10 Ngày làm việc,https://example.vn/1,
1.000102,Thủ tục đăng ký lại thử nghiệm,Thử nghiệm,Cấp xã,10/QĐ-BTP,10 Ngày làm việc,,
1.000103,Thủ tục xác nhận thử nghiệm,Thử nghiệm,Cấp xã,10/QĐ-BTP,10 Ngày làm việc,,
1.000104,Thủ tục không rõ đơn vị,Thử nghiệm,Cấp xã,10/QĐ-BTP,1 (đơn vị không ghi),,
1.000105,Hỗ trợ gì đó,Thử nghiệm,Cấp xã,226/QĐ-UBND,20 Ngày làm việc,,x
"""
DECISION = """decision,code,name,change,time_limit,fee,effective
77/QĐ-BTP,1.000101.000.00.00.H42,Thủ tục đăng ký thử nghiệm,sửa đổi,7 ngày làm việc,8.000 đồng,2026-12-01
77/QĐ-BTP,1.000102,Thủ tục đăng ký lại thử nghiệm,bãi bỏ,,,2026-12-01
77/QĐ-BTP,1.000103 -> 3.000901,Thủ tục xác nhận thử nghiệm,đổi mã,10 ngày làm việc,,2026-12-01
"""
LATER = date(2026, 12, 2)


def take(qms: QMS, text: str | bytes, name: str = "bang.csv", **given: str) -> tthc_importing.Taken:
    data = text.encode() if isinstance(text, str) else text
    with qms.work(qms.shell("thuky")) as work:
        return tthc_importing.take_in(work, tthc_importing.read(work, name, data, given))


def preview(qms: QMS, text: str | bytes, name: str = "bang.csv", **given: str) -> tthc_importing.Preview:
    data = text.encode() if isinstance(text, str) else text
    with qms.reading(qms.shell("thuky")) as work:
        return tthc_importing.preview(work, tthc_importing.read(work, name, data, given))


def link(qms: QMS, *pairs: tuple[str, str]) -> int:
    with qms.work(qms.shell("thuky")) as work:
        return tthc_linking.link(work, [tthc_linking.Pair(*pair) for pair in pairs])


def page(qms: QMS, code: str, on: date = LATER) -> tthc.TthcPage:
    with qms.reading(qms.shell("thuky")) as work:
        return tthc.page(work, code, on)


def rows(qms: QMS) -> list[tuple[object, ...]]:
    with qms.reading(qms.shell()) as work:
        found = work.session.scalars(select(TthcRow).order_by(TthcRow.id))
        return [
            (r.decision_key, r.stem, r.change, r.successor, r.time_limit, r.fee, r.effective) for r in found
        ]


def procedure(qms: QMS, code: str, title: str) -> str:
    document = house.draft(qms, code, title, body=STEPS)
    house.approve(qms, code)
    house.issue(qms, code, by=house.decision(f"{code[-2:]}/QĐ-UBND"))
    return document


@pytest.fixture
def catalogue(qms: QMS) -> QMS:
    take(qms, CATALOGUE)
    return qms


def test_the_catalogue_comes_in_without_rows_that_are_marked_as_errors(qms: QMS) -> None:
    taken = take(qms, CATALOGUE)
    assert (taken.created, taken.updated, taken.unchanged) == (4, 0, 0)
    ((line, message),) = taken.rejected
    assert line == 6
    assert "1.000105" in message
    with qms.reading(qms.shell()) as work:
        assert tthc.listing(work).total == 4
        decision = work.session.scalars(select(Instrument)).one()
    assert (decision.key, decision.type) == ("10/QĐ-BTP", "Quyết định")


def test_taking_in_twice_changes_nothing(catalogue: QMS) -> None:
    take(catalogue, DECISION)
    before = rows(catalogue)
    again = [take(catalogue, text) for text in (CATALOGUE, DECISION)]
    assert [(t.created, t.updated) for t in again] == [(0, 0), (0, 0)]
    assert rows(catalogue) == before


def test_the_preview_says_what_each_row_changes_and_writes_nothing(catalogue: QMS) -> None:
    document = procedure(catalogue, "QT-01", "Đăng ký thử nghiệm")
    link(catalogue, (document, "1.000101"))
    before = rows(catalogue)
    cut, ended, recoded = preview(catalogue, DECISION).lines
    assert (cut.limit_before, cut.row.time_limit, cut.limit_changes) == (
        "10 Ngày làm việc",
        "7 ngày làm việc",
        True,
    )
    assert [one.code for one in cut.documents] == ["QT-01"]
    assert ended.row.change is TthcChange.ABOLISHED
    assert (recoded.row.change, recoded.row.stem, recoded.row.successor) == (
        TthcChange.RECODED,
        "1.000103",
        "3.000901",
    )
    assert rows(catalogue) == before


def test_a_decision_cuts_a_limit_and_the_steps_then_exceed_it(catalogue: QMS) -> None:
    document = procedure(catalogue, "QT-01", "Đăng ký thử nghiệm")
    link(catalogue, (document, "1.000101"))
    take(catalogue, DECISION)
    (before,) = page(catalogue, "1.000101", date(2026, 11, 30)).documents
    (after,) = page(catalogue, "1.000101").documents
    assert before.times.times.verdict is TimesVerdict.SAME
    assert after.times.times.verdict is TimesVerdict.EXCEEDS
    assert after.times.standing.limit is not None
    assert (after.times.standing.limit.text, after.times.standing.limit.decision) == (
        "7 ngày làm việc",
        "77/QĐ-BTP",
    )


def test_an_abolished_procedure_proposes_retirement_but_keeps_a_form_that_others_use(catalogue: QMS) -> None:
    ended = procedure(catalogue, "QT-02", "Đăng ký lại thử nghiệm")
    going_on = procedure(catalogue, "QT-03", "Xác nhận thử nghiệm")
    shared, own = (house.issued(catalogue, code, f"Biểu mẫu {code}") for code in ("BM-01", "BM-02"))
    with catalogue.work(catalogue.shell()) as work:
        for one, form in ((ended, shared), (going_on, shared), (ended, own)):
            work.session.add(DocumentLink(document_id=one, other_id=form, kind=LinkKind.USES_FORM))
        work.session.commit()
    link(catalogue, (ended, "1.000102"), (going_on, "1.000103"))
    take(catalogue, DECISION)
    found = page(catalogue, "1.000102")
    assert found.entry.standing.status is TthcStatus.ABOLISHED
    assert found.retirement is not None
    assert [one.id for one in found.retirement.retire] == [ended]
    assert {one.code: one.others for one in found.retirement.forms} == {"BM-01": ("QT-03",), "BM-02": ()}


def test_a_document_that_covers_another_living_procedure_is_not_retired(catalogue: QMS) -> None:
    both = procedure(catalogue, "QT-02", "Đăng ký lại thử nghiệm")
    link(catalogue, (both, "1.000102"), (both, "1.000101"))
    take(catalogue, DECISION)
    retirement = page(catalogue, "1.000102").retirement
    assert retirement is not None
    assert (retirement.retire, [one.id for one in retirement.revise]) == ((), [both])


def test_a_recoded_procedure_keeps_its_history_and_its_documents_are_proposed_the_new_code(
    catalogue: QMS,
) -> None:
    document = procedure(catalogue, "QT-03", "Xác nhận thử nghiệm")
    link(catalogue, (document, "1.000103"))
    take(catalogue, DECISION.replace("2026-12-01", "2026-11-20"))
    old, new = page(catalogue, "1.000103"), page(catalogue, "3.000901")
    assert (old.entry.standing.status, old.entry.standing.successor) == (TthcStatus.RECODED, "3.000901")
    assert [row.change for row in old.rows] == [TthcChange.RECODED, TthcChange.NEW]
    assert [one.stem for one in new.predecessors] == ["1.000103"]
    assert old.retirement is None
    with catalogue.reading(catalogue.shell("thuky")) as work:
        (line,) = tthc_linking.waiting(work).lines
    assert [(one.stem, one.why.value) for one in line.candidates] == [("3.000901", "successor")]
    link(catalogue, (document, "3.000901"))
    with catalogue.reading(catalogue.shell("thuky")) as work:
        assert tthc_linking.waiting(work).total == 0


def test_import_proposes_and_one_act_ticks_many(catalogue: QMS) -> None:
    first = procedure(catalogue, "QT-01", "Quy trình đăng ký thử nghiệm (cấp xã)")
    second = procedure(catalogue, "QT-02", "Đăng ký lại thử nghiệm")
    with catalogue.reading(catalogue.shell("thuky")) as work:
        waiting = tthc_linking.waiting(work)
    assert [(one.id, one.candidates[0].stem) for one in waiting.lines] == [
        (first, "1.000101"),
        (second, "1.000102"),
    ]
    assert link(catalogue, (first, "1.000101"), (second, "1.000102")) == 2
    assert link(catalogue, (first, "1.000101")) == 0
    with catalogue.reading(catalogue.shell()) as work:
        kept = work.session.scalars(select(DocumentTthc)).all()
        assert {row.confirmed_by for row in kept} == {"Lê Thị Mẫu"}
        events = work.session.scalars(select(Event).where(Event.act == "link_tthc")).all()
        assert len(events) == 2


def test_one_wrong_tick_records_none(catalogue: QMS) -> None:
    document = procedure(catalogue, "QT-01", "Đăng ký thử nghiệm")
    with pytest.raises(UnknownTthc):
        link(catalogue, (document, "1.000101"), (document, "9.999999"))
    with catalogue.reading(catalogue.shell()) as work:
        assert work.session.scalars(select(DocumentTthc)).all() == []


def test_a_reader_neither_imports_nor_links(catalogue: QMS) -> None:
    document = procedure(catalogue, "QT-01", "Đăng ký thử nghiệm")
    with catalogue.work(catalogue.shell("doc")) as work:
        with pytest.raises(Forbidden):
            tthc_importing.read(work, "x.csv", CATALOGUE.encode(), {})
        with pytest.raises(Forbidden):
            tthc_linking.link(work, [tthc_linking.Pair(document, "1.000101")])
        assert tthc.listing(work).total == 4


def test_wrong_rows_are_named_and_the_others_taken(catalogue: QMS) -> None:
    wrong = DECISION + "77/QĐ-BTP,BVH-279069,Mã cũ,bãi bỏ,,,\n77/QĐ-BTP,1.000104,Tên,nhảy múa,,,\n"
    taken = take(catalogue, wrong)
    assert [line for line, _message in taken.rejected] == [5, 6]
    assert taken.created == 3


def test_the_same_number_of_another_year_is_another_decision(catalogue: QMS) -> None:
    take(catalogue, DECISION)
    take(catalogue, DECISION.replace("7 ngày", "5 ngày").replace("2026-12-01", "2027-12-01"))
    found = [(row[0], row[4]) for row in rows(catalogue) if row[1] == "1.000101"]
    assert found[1:] == [("77/QĐ-BTP", "7 ngày làm việc"), ("77/2027/QĐ-BTP", "5 ngày làm việc")]


def word_decision() -> bytes:
    """Return a Word decision as a province publishes: head in a table, articles, then a table under each heading."""
    paper = WordDocument()
    head = paper.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH MẪU"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head.cell(1, 0).text, head.cell(1, 1).text = "Số: 88/QĐ-UBND", "Mẫu, ngày 20 tháng 11 năm 2026"
    for words in (
        "QUYẾT ĐỊNH",
        "Về việc công bố danh mục thủ tục hành chính được sửa đổi, bổ sung và bị bãi bỏ",
        "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 01/12/2026.",
        "A. DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG",
        "Điều 3. Bãi bỏ thủ tục hành chính số 5 tại danh mục kèm theo.",
    ):
        paper.add_paragraph(words)
    changed = _word_table(
        paper,
        [
            ["STT", "Mã số TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí (nếu có)"],
            ["I", "Lĩnh vực Thử nghiệm", "", "", ""],
            ["1", "1.000101", "Thủ tục đăng ký thử nghiệm", "7 ngày làm việc", "Không"],
            ["2", "1.000103", "Thủ tục xác nhận thử nghiệm", "", ""],
        ],
    )
    for column in (3, 4):
        changed.cell(2, column).merge(changed.cell(3, column))
    changed.cell(1, 1).merge(changed.cell(1, 4))
    paper.add_paragraph("B. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ")
    _word_table(paper, [["STT", "Mã TTHC", "Tên TTHC"], ["1", "1.000102", "Thủ tục đăng ký lại thử nghiệm"]])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _word_table(paper: WordPaper, lines: list[list[str]]) -> WordTable:
    table: WordTable = paper.add_table(rows=len(lines), cols=len(lines[0]))
    for at, cells in enumerate(lines):
        for column, words in enumerate(cells):
            table.cell(at, column).text = words
    return table


def test_a_word_decision_is_read_with_its_head_and_the_parts_of_its_tables(catalogue: QMS) -> None:
    taken = take(catalogue, word_decision(), "QD 88.docx")
    assert (taken.rejected, taken.decisions) == ([], ["88/QĐ-UBND"])
    new = [row for row in rows(catalogue) if row[0] == "88/QĐ-UBND"]
    day = date(2026, 12, 1)
    assert new == [
        ("88/QĐ-UBND", "1.000101", TthcChange.AMENDED, "", "7 ngày làm việc", "Không", day),
        ("88/QĐ-UBND", "1.000103", TthcChange.AMENDED, "", "7 ngày làm việc", "Không", day),
        ("88/QĐ-UBND", "1.000102", TthcChange.ABOLISHED, "", "", "", day),
    ]
    with catalogue.reading(catalogue.shell()) as work:
        decision = work.session.scalars(select(Instrument).where(Instrument.key == "88/QĐ-UBND")).one()
    assert decision.issuer == "ỦY BAN NHÂN DÂN TỈNH MẪU"


def test_an_excel_list_of_internal_processes_gives_the_second_time(catalogue: QMS) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["DANH MỤC QUY TRÌNH NỘI BỘ"],
        [None],
        ["STT", "Tên thủ tục hành chính", "Mã TTHC", "Thời gian giải quyết"],
        [1, "Thủ tục đăng ký thử nghiệm", "1.000101", "06 ngày làm việc"],
    ):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    take(catalogue, out.getvalue(), "QTNB.xlsx", decision="99/QĐ-UBND", source=TthcSource.INTERNAL)
    standing = page(catalogue, "1.000101").entry.standing
    assert standing.internal is not None
    assert standing.limit is not None
    assert (standing.internal.text, standing.limit.text) == ("06 ngày làm việc", "10 Ngày làm việc")


def test_a_pasted_table_needs_no_decision_column(catalogue: QMS) -> None:
    pasted = (
        "STT\tMã TTHC\tTên thủ tục hành chính\tThời hạn giải quyết\n"
        "1\t1.000101\tThủ tục đăng ký thử nghiệm\t7 ngày\n"
    )
    taken = take(catalogue, pasted, decision="101/QĐ-BTP", effective="01/12/2026", change="sửa đổi")
    assert taken.created == 1
    assert rows(catalogue)[-1][:3] == ("101/QĐ-BTP", "1.000101", TthcChange.AMENDED)


def test_what_holds_no_table_is_refused_with_what_is_needed(catalogue: QMS) -> None:
    with pytest.raises(tthc_importing.NoTthcTable, match="Mã số TTHC"):
        take(catalogue, "a,b\n1,2\n")


def test_titles_of_documents_stay_their_own(catalogue: QMS) -> None:
    document = procedure(catalogue, "QT-01", "Đăng ký thử nghiệm")
    link(catalogue, (document, "1.000101"))
    with catalogue.reading(catalogue.shell()) as work:
        assert work.session.get(Document, document).title == "Đăng ký thử nghiệm"  # type: ignore[union-attr]


def test_intake_tells_what_a_word_decision_says_of_procedures(catalogue: QMS) -> None:
    with catalogue.work(catalogue.shell("thuky")) as work:
        found = intaking.propose(work, "QD 88.docx", word_decision())
    assert [(row.code, row.change, row.time_limit) for row in found.tthc] == [
        ("1.000101", TthcChange.AMENDED, "7 ngày làm việc"),
        ("1.000103", TthcChange.AMENDED, "7 ngày làm việc"),
        ("1.000102", TthcChange.ABOLISHED, ""),
    ]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("1.000103", "đổi mã thành 3.000901"),
        ("3.000901", "đổi mã từ 1.000103"),
        ("3.000901", "thay thế mã cũ 1.000103.000.00.00.H42"),
        ("1.000103 → 3.000901", "recoded"),
        ("3.000901", "recoded"),
    ],
)
def test_a_new_code_is_understood_however_the_two_are_named(catalogue: QMS, code: str, change: str) -> None:
    name = "Thủ tục xác nhận thử nghiệm"
    take(catalogue, f"decision,code,name,change,effective\n5/QĐ-BTP,{code},{name},{change},2026-12-01\n")
    standing = page(catalogue, "1.000103").entry.standing
    assert (standing.status, standing.successor) == (TthcStatus.RECODED, "3.000901")
    assert page(catalogue, "3.000901").entry.standing.status is TthcStatus.PUBLISHED


def test_a_code_that_a_spreadsheet_cut_short_is_not_guessed(catalogue: QMS) -> None:
    taken = take(catalogue, "decision,code,name\n5/QĐ-BTP,1.01011,Thủ tục bất kỳ\n")
    ((_line, message),) = taken.rejected
    assert "Excel bỏ số 0" in message


def test_two_rows_that_contradict_each_other_are_not_both_taken(catalogue: QMS) -> None:
    twice = DECISION + DECISION.splitlines()[1].replace("7 ngày", "9 ngày") + "\n"
    for _round in range(2):
        taken = take(catalogue, twice)
        assert [line for line, _message in taken.rejected] == [5]
    assert (taken.created, taken.updated) == (0, 0)
    standing = page(catalogue, "1.000101").entry.standing
    assert standing.limit is not None
    assert standing.limit.text == "7 ngày làm việc"


def test_limits_without_unit_are_taken_and_named_once(qms: QMS) -> None:
    (doubt,) = take(qms, CATALOGUE).doubts
    assert doubt == "1 dòng có thời hạn không ghi đơn vị ngày hay giờ: 1.000104"


def test_the_real_catalogue_comes_in_whole_and_twice_changes_nothing(qms: QMS, real_data: Path) -> None:
    data = (real_data / "tthc_commune.csv").read_bytes()
    first, second = take(qms, data), take(qms, data)
    assert (first.created, len(first.rejected)) == (571, 17)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 571)
    assert any("không ghi đơn vị" in doubt for doubt in first.doubts)


def test_a_pdf_says_that_its_tables_must_be_pasted(catalogue: QMS) -> None:
    with pytest.raises(tthc_importing.NoTthcTable, match="dán bảng"):
        take(catalogue, blank_pdf(1), "QD.pdf")
