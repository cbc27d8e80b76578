"""What is taken back before its day leaves nothing behind but its line in history."""

from __future__ import annotations

from datetime import date

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.document import Document
from qms.usecases import drafting, issuing, reading, rebuilding, searching
from tests import house

COMING = date(2027, 1, 15)


def _rename(qms: QMS, title: str) -> str:
    with qms.work(qms.shell("soan")) as work:
        document = drafting.begin(work, "QT-01")
    with qms.work(qms.shell("soan")) as work:
        current = drafting.draft(work, document)
        paper = f"---\nmã hiệu: QT-01\ntên: {title}\nlần ban hành: 2\n---\n{house.text(title)}".encode()
        drafting.upload(work, document, "quy trình.md", paper, current.base_sha256, "Đổi tên.")
    house.approve(qms, "QT-01")
    house.issue(qms, "QT-01", by=house.decision("146/QĐ-UBND", effective=COMING))
    return document


def _withdraw(qms: QMS) -> None:
    with qms.work(qms.shell("thuky")) as work:
        issuing.withdraw(work, "QT-01", "Ban hành nhầm.")
    drain(qms)


def _names(qms: QMS, document: str) -> tuple[str, str, str, str]:
    with qms.reading(qms.shell()) as work:
        row = work.session.get_one(Document, document)
        (hit,) = searching.search(work, "thử nghiệm").hits
        return row.title, row.folded_title, reading.page(work, "QT-01").title, hit.title


def test_a_name_that_was_taken_back_is_not_the_documents(qms: QMS) -> None:
    house.issued(qms)
    document = _rename(qms, "Đăng ký thử nghiệm lưu động")
    with qms.reading(qms.shell()) as work:
        assert work.session.get_one(Document, document).title == "Đăng ký thử nghiệm lưu động"
    _withdraw(qms)
    title = "Đăng ký thử nghiệm"
    assert _names(qms, document) == (title, "dang ky thu nghiem", title, title)


def test_a_rebuild_names_a_document_as_the_act_of_withdrawing_left_it(qms: QMS) -> None:
    house.issued(qms)
    document = _rename(qms, "Đăng ký thử nghiệm lưu động")
    _withdraw(qms)
    with qms.work(qms.shell()) as work:
        assert rebuilding.check(work) == []
        work.session.get_one(Document, document).title = "Đăng ký thử nghiệm lưu động"
        work.commit()
    with qms.work(qms.shell()) as work:
        assert len(rebuilding.check(work)) == 2, "the database says one name, Git the other"
        rebuilding.rebuild(work)
    with qms.work(qms.shell()) as work:
        assert rebuilding.check(work)[0].code == "not_indexed"
        assert work.session.get_one(Document, document).title == "Đăng ký thử nghiệm"


def test_what_is_issued_after_a_withdrawal_gives_the_document_its_name(qms: QMS) -> None:
    house.issued(qms)
    _rename(qms, "Đăng ký thử nghiệm lưu động")
    _withdraw(qms)
    document = _rename(qms, "Đăng ký thử nghiệm tại nhà")
    with qms.work(qms.shell()) as work:
        assert work.session.get_one(Document, document).title == "Đăng ký thử nghiệm tại nhà"
        assert rebuilding.check(work) == []
