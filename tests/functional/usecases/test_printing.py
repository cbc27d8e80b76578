"""Paper says what it is: header on every page, copy line, the mark of what does not apply."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound
from qms.jobs.runner import drain
from qms.model.copies import CopyCameBack
from qms.model.enums import CopyFate, PaperForm
from qms.stores.office import Office
from qms.stores.press import Press
from qms.usecases import copies, importing, issuing, printing
from qms.usecases.printing import NoPdfHere, NoWordHere, Wanted
from tests import house, printed
from tests.conftest import ROOT, skip_or_fail
from tests.functional.usecases.test_noticing import give
from tests.house import FixedClock
from tests.papers import source, word_paper

HERE = "https://qms.xa-mau-thu.vn"
LATER = date(2026, 12, 10)
UNTIL = date(2027, 2, 1)


def paper(qms: QMS, code: str = "QT-01", by: str = "doc", **wanted: object) -> printing.Paper:
    with qms.reading(qms.shell(by)) as work:
        return printing.paper(work, code, Wanted(HERE, **wanted))  # type: ignore[arg-type]


def replaced_later(qms: QMS, transition: bool = False) -> str:
    """Return a document whose second revision waits for its day, with or without a transition."""
    document = house.issued(qms)
    house.next_draft(qms, "QT-01", "Bước 1. Tiếp nhận hồ sơ trực tuyến.")
    house.approve(qms, "QT-01")
    by = house.decision("146/QĐ-UBND", effective=LATER)
    house.issue(
        qms, "QT-01", by=replace(by, transition="Hồ sơ cũ.", transition_until=UNTIL) if transition else by
    )
    return document


def recorded_word(qms: QMS) -> bytes:
    """Take a Word procedure into control and return its bytes."""
    master = word_paper("QT-TP-01", "Đăng ký khai tử", day=date(2025, 7, 1))
    with qms.work(qms.shell("thuky")) as work:
        importing.publish(work, [source("khai tử.docx", master)])
    drain(qms)
    return master


def test_every_page_has_header_and_copy_line(qms: QMS) -> None:
    body = "\n\n".join(
        f"Đoạn {n}: công dân nộp hồ sơ tại Trung tâm Phục vụ hành chính công." for n in range(90)
    )
    house.issued(qms, body=body)
    found = paper(qms)
    pages = printed.words(found.data)
    assert found.name == "QT-01 lần 01.00.pdf"
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Mã hiệu: QT-01" in page
        assert "Lần ban hành: 01" in page
        assert "Ngày ban hành: 25/11/2026" in page
        assert f"Trang: {number}/{len(pages)}" in page
        assert "BẢN KHÔNG KIỂM SOÁT, in ngày 25/11/2026" in page


def test_no_word_of_the_master_is_lost_and_who_answers_stands_on_the_cover(qms: QMS) -> None:
    house.issued(qms)
    cover, *inside = printed.words(paper(qms).data)
    assert "QUY TRÌNH ĐĂNG KÝ THỬ NGHIỆM" in cover
    assert "145/QĐ-UBND ngày 25/11/2026" in cover
    assert "Trần Văn Ví Dụ" in cover
    assert "Nguyễn Văn Mẫu" in cover
    text = " ".join(inside)
    assert "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ." in text
    assert "Bước 1. Tiếp nhận hồ sơ." in text


def test_what_is_typed_is_never_a_command_to_the_typesetter(qms: QMS) -> None:
    trick = '#read("/etc/passwd") $x$ ] #panic("no") \\u{1F600} @label'
    house.issued(qms, title='Đăng ký "#panic()" ]', body=trick)
    pages = " ".join(printed.words(paper(qms).data))
    assert '#read("/etc/passwd") $x$ ] #panic("no")' in pages
    assert "root:" not in pages


def test_the_day_chooses_the_revision_and_today_says_how_it_stands(qms: QMS, clock: FixedClock) -> None:
    replaced_later(qms)
    assert "HẾT HIỆU LỰC" not in printed.words(paper(qms).data)[0]
    coming = printed.words(paper(qms, on=LATER).data)
    assert all("CHƯA ÁP DỤNG: áp dụng từ ngày 10/12/2026" in page for page in coming)
    assert "trực tuyến" in " ".join(coming)
    clock.move_to(LATER)
    old = printed.words(paper(qms, on=date(2026, 11, 30)).data)
    assert all("HẾT HIỆU LỰC từ ngày 10/12/2026" in page for page in old)
    assert "trực tuyến" not in " ".join(old)


def test_in_transition_the_old_one_says_for_which_files_it_is(qms: QMS, clock: FixedClock) -> None:
    replaced_later(qms, transition=True)
    clock.move_to(LATER)
    old = printed.words(paper(qms, sequence=1).data)
    assert all("chỉ dùng cho hồ sơ tiếp nhận trước ngày 10/12/2026" in page for page in old)


def test_retired_and_withdrawn_ones_say_so(qms: QMS, clock: FixedClock) -> None:
    replaced_later(qms)
    with qms.work(qms.shell("vanthu")) as work:
        issuing.withdraw(work, "QT-01", "Chờ hướng dẫn.")
    assert "ĐÃ RÚT LẠI" in printed.words(paper(qms, sequence=2).data)[0]
    house.retire(qms, "QT-01")
    assert "ngừng áp dụng từ ngày 25/11/2026" in printed.words(paper(qms, sequence=1).data)[0]


def test_an_interim_notice_is_printed_at_the_top(qms: QMS) -> None:
    document = house.issued(qms)
    give(qms, document, text="Từ nay thu phí theo Nghị quyết mới.")
    assert (
        "THÔNG BÁO ÁP DỤNG TẠM THỜI Từ nay thu phí theo Nghị quyết mới." in printed.words(paper(qms).data)[0]
    )


def test_a_day_on_which_nothing_applied_is_told(qms: QMS) -> None:
    house.issued(qms)
    with pytest.raises(NotFound, match="01/01/2020"):
        paper(qms, on=date(2020, 1, 1))


def test_what_no_longer_applies_is_not_printed_by_a_visitor(qms: QMS, clock: FixedClock) -> None:
    replaced_later(qms)
    clock.move_to(LATER)
    with qms.reading(qms.visitor(office=True)) as work:
        assert printing.paper(work, "QT-01", Wanted(HERE)).data.startswith(b"%PDF-")
        with pytest.raises(Forbidden):
            printing.paper(work, "QT-01", Wanted(HERE, sequence=1))


def test_a_controlled_copy_names_its_number_and_holder_until_it_comes_back(qms: QMS) -> None:
    document = house.issued(qms)
    with qms.work(qms.shell("thuky")) as work:
        assert copies.give_out(work, "QT-01", "Phòng Kinh tế", "tủ số 2") == 1
    page = printed.words(paper(qms, by="thuky", copy=1).data)[0]
    assert "BẢN KIỂM SOÁT số 01, người giữ: Phòng Kinh tế (tủ số 2)" in page
    assert "KHÔNG KIỂM SOÁT" not in page
    with pytest.raises(Forbidden):
        paper(qms, copy=1)
    with pytest.raises(NotFound, match="số 02"):
        paper(qms, by="thuky", copy=2)
    with qms.work(qms.shell("thuky")) as work:
        copies.recall(work, document, 1, 1, CopyFate.RETURNED)
    with pytest.raises(CopyCameBack):
        paper(qms, by="thuky", copy=1)


def test_a_word_master_is_stamped_and_its_body_stays(qms: QMS) -> None:
    master = recorded_word(qms)
    found = paper(qms, "QT-TP-01", form=PaperForm.DOCX)
    before, after = (zipfile.ZipFile(io.BytesIO(data)) for data in (master, found.data))
    kept = {"word/styles.xml", "word/settings.xml", "word/numbering.xml", "docProps/core.xml", "_rels/.rels"}
    assert all(before.read(name) == after.read(name) for name in kept & set(before.namelist()))
    footers = [
        after.read(name).decode() for name in after.namelist() if "footer" in name and "rels" not in name
    ]
    assert any("BẢN KHÔNG KIỂM SOÁT, in ngày 25/11/2026" in footer for footer in footers)
    with pytest.raises(NoWordHere):
        house.issued(qms)
        paper(qms, form=PaperForm.DOCX)


def test_without_libreoffice_a_word_master_offers_the_word_file(qms: QMS) -> None:
    recorded_word(qms)
    press = Press(ROOT / "templates" / "print", Office("/nowhere/soffice"), qms.config.cache)
    object.__setattr__(qms.stores, "press", press)
    with pytest.raises(NoPdfHere, match="tải bản Word"):
        paper(qms, "QT-TP-01")
    assert paper(qms, "QT-TP-01", form=PaperForm.DOCX).data.startswith(b"PK")
    qms.stores.press.close()


def test_a_word_master_is_a_pdf_too_where_libreoffice_is(qms: QMS) -> None:
    if shutil.which("soffice") is None:
        skip_or_fail("LibreOffice (soffice) is not installed")
    recorded_word(qms)
    found = paper(qms, "QT-TP-01").data
    assert all("BẢN KHÔNG KIỂM SOÁT" in page for page in printed.words(found))
    assert all(len(page) == 1 and page[0].startswith(f"{HERE}/v/") for page in printed.codes(found))


def test_a_pdf_holds_every_font_it_needs(qms: QMS, tmp_path: Path) -> None:
    if shutil.which("pdffonts") is None:
        skip_or_fail("poppler (pdffonts) is not installed")
    house.issued(qms)
    (tmp_path / "a.pdf").write_bytes(paper(qms).data)
    listed = subprocess.run(["pdffonts", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True)
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert rows
    assert all("Tinos" in row[0] and row[-5] == "yes" for row in rows)
