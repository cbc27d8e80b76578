"""An instance that has been lived in: everything that can happen to a document has happened to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.enums import DocumentType, SigningForm
from qms.usecases import creating, drafting, importing, issuing
from qms.usecases.candidates import Source
from tests import house
from tests.papers import source, word_paper

SCAN = b"%PDF-1.7 a scanned decision"
NEXT_YEAR = date(2027, 2, 1)


def live(qms: QMS) -> None:
    """Issue, re-issue, schedule, take back, retire, import, import again."""
    _written_here(qms)
    _scheduled_and_withdrawn(qms)
    _several_by_one_decision(qms)
    _word_papers(qms)
    _still_in_hand(qms)


def take_in(qms: QMS, papers: Sequence[Path]) -> None:
    """Record Word procedures from their covers."""
    with qms.work(qms.shell("thuky")) as work:
        importing.publish(work, [Source(path.name, path.read_bytes) for path in papers])
    drain(qms)


def _written_here(qms: QMS) -> None:
    house.issued(qms, "QT-01", "Đăng ký khai sinh", house.decision("1/QĐ-UBND"))
    for number, body in enumerate(("Bước 1. Xếp hàng điện tử.", "Bước 1. Hẹn giờ trước."), 2):
        house.next_draft(qms, "QT-01", body)
        house.approve(qms, "QT-01")
        house.issue(qms, "QT-01", by=house.decision(f"{number}/QĐ-UBND"))
    house.issued(qms, "QT-02", "Chứng thực bản sao", house.decision("4/QĐ-UBND"))
    house.retire(qms, "QT-02", by=house.decision("5/QĐ-UBND"))


def _scheduled_and_withdrawn(qms: QMS) -> None:
    house.issued(qms, "QT-03", "Cấp giấy xác nhận", house.decision("6/QĐ-UBND"))
    house.next_draft(qms, "QT-03", "Bước 1. Làm theo cách sắp tới.")
    house.approve(qms, "QT-03")
    with_transition = replace(
        house.decision("7/QĐ-UBND", effective=NEXT_YEAR),
        signing_form=SigningForm.KT,
        transition="Hồ sơ đã nhận thì làm theo bản cũ.",
        transition_until=date(2027, 4, 1),
        scan=SCAN,
        scan_name="QĐ 7.pdf",
    )
    house.issue(qms, "QT-03", by=with_transition)
    house.issued(qms, "QT-04", "Giải quyết khiếu nại", house.decision("8/QĐ-UBND"))
    house.next_draft(qms, "QT-04", "Bước 1. Bản này được rút lại.")
    house.approve(qms, "QT-04")
    house.issue(qms, "QT-04", by=house.decision("9/QĐ-UBND", effective=NEXT_YEAR))
    with qms.work(qms.shell("vanthu")) as work:
        issuing.withdraw(work, "QT-04", "Chờ hướng dẫn của cấp trên.")
    house.next_draft(qms, "QT-04", "Bước 1. Bản thay cho bản đã rút.")
    house.approve(qms, "QT-04")
    house.issue(qms, "QT-04", by=house.decision("10/QĐ-UBND", effective=date(2026, 12, 15)))


def _several_by_one_decision(qms: QMS) -> None:
    with qms.work(qms.shell("soan")) as work:
        placed = creating.NewDocument(
            "BM-01",
            "Tờ khai đăng ký khai sinh",
            DocumentType.FORM,
            field="ho-tich",
            owner="cong-chuc-tu-phap",
            applying_units=("phong-van-hoa", "phong-kinh-te"),
            review_months=24,
        )
        creating.create(work, placed, house.text("Tờ khai đăng ký khai sinh", "Kính gửi: ......"))
    house.draft(qms, "QT-05", "Tiếp công dân")
    for code in ("BM-01", "QT-05"):
        house.approve(qms, code)
    house.issue(qms, "BM-01", "QT-05", by=house.decision("11/QĐ-UBND"))


def _word_papers(qms: QMS) -> None:
    """One package recorded from its covers, the next one by a decision: renamed by its cover, and a code reused."""
    july, september = date(2025, 7, 1), date(2026, 9, 1)
    first = [
        source("khai tử.docx", word_paper("QT-TP-01", "Đăng ký khai tử", day=july)),
        source("kết hôn.docx", word_paper("QT-TP-02", "Đăng ký kết hôn", day=july)),
        source("giám hộ.docx", word_paper("QT-TP-02", "Đăng ký giám hộ", day=september)),
    ]
    second = [
        source(
            "khai tử 2.docx",
            word_paper(
                "QT-TP-01", "Đăng ký khai tử", issue="02", day=september, body="Làm trên cổng dịch vụ công."
            ),
        )
    ]
    for sources, decision in ((first, None), (second, house.decision("12/QĐ-UBND"))):
        with qms.work(qms.shell("thuky")) as work:
            importing.publish(work, sources, decision=decision)
        drain(qms)


def _still_in_hand(qms: QMS) -> None:
    house.next_draft(qms, "QT-05", "Bước 1. Bản đang soạn.")
    house.draft(qms, "QT-06", "Tài liệu chưa ban hành")
    for document in (
        house.draft(qms, "QT-07", "Tài liệu bỏ dở"),
        house.next_draft(qms, "QT-03", "Bản bỏ dở."),
    ):
        with qms.work(qms.shell("thuky")) as work:
            drafting.abandon(work, document)
