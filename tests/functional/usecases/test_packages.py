"""Packages: kept, read by jobs, placed against what is in control, recorded by one decision, nothing half-done."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.jobs.runner import drain
from qms.model.enums import IssuanceKind, MasterFormat
from qms.model.package import NoPackage, PackageChoice, PackageClosed, PackageStanding, StillReading
from qms.usecases import lookups, package_issuing, package_reading, packages, reading, registering
from qms.usecases.impacts.unexamined import nothing_read
from qms.usecases.package_files import Handed
from qms.usecases.packages import PackagePage
from tests import house
from tests.functional.usecases.conftest import Acting
from tests.papers import word_paper

JULY, SEPTEMBER = date(2025, 7, 1), date(2026, 9, 1)
BIRTH = word_paper("QT-TP-01", "Đăng ký khai sinh", day=JULY)
DEATH = word_paper("QT-TP-02", "Đăng ký khai tử", day=JULY)
WEDDING = word_paper("QT-TP-03", "Đăng ký kết hôn", day=SEPTEMBER)
BIRTH_2 = word_paper("QT-TP-01", "Đăng ký khai sinh", issue="02", day=SEPTEMBER, body="Nộp trực tuyến.")
PDF = b"%PDF-1.7\n% ban quet\n%%EOF\n"
DECISION = replace(house.decision(), scan=PDF, scan_name="qd.pdf")
ADOPT = IssuanceKind.ADOPT


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def hand_in(qms: QMS, acting: Acting, files: Mapping[str, bytes]) -> str:
    """Hand in a zip and have it read."""
    with acting("thuky") as work:
        key = packages.begin(work, [Handed("goi.zip", packed(files))])
    drain(qms)
    return key


def page(qms: QMS, key: str) -> PackagePage:
    with qms.reading(qms.shell("thuky")) as work:
        return packages.page(work, key)


def standings(qms: QMS, key: str) -> dict[str, PackageStanding]:
    return {row.name.rpartition("/")[2]: row.standing for row in page(qms, key).rows}


def take(acting: Acting, key: str, decision=DECISION) -> package_issuing.Taken:
    with acting("thuky") as work:
        return package_issuing.publish(work, key, ADOPT, decision)


def choose(qms: QMS, acting: Acting, key: str, name: str, choice: PackageChoice, of: str = "") -> None:
    row = next(row for row in page(qms, key).rows if row.name.endswith(name))
    with acting("thuky") as work:
        packages.choose(work, key, {row.id: (choice, of)})


def test_a_first_package_goes_into_control_by_one_decision(qms: QMS, acting: Acting) -> None:
    key = hand_in(qms, acting, {"khai sinh.docx": BIRTH, "khai tử.docx": DEATH, ".DS_Store": b"x"})
    assert set(standings(qms, key).values()) == {PackageStanding.NEW}
    done = take(acting, key)
    assert (done.taken, done.held, done.closed) == (2, 0, True)
    ((_, act),) = qms.stores.git.acts()
    assert (act.kind, act.number, len(act.documents)) == (ADOPT, "145/QĐ-UBND", 2)
    with qms.reading(qms.shell()) as work:
        assert {line.code for line in registering.register(work)} == {"QT-TP-01", "QT-TP-02"}
    assert set(standings(qms, key).values()) == {PackageStanding.TAKEN}


def test_the_next_package_is_placed_against_what_is_in_control(qms: QMS, acting: Acting) -> None:
    take(acting, hand_in(qms, acting, {"01.docx": BIRTH, "02.docx": DEATH}))
    third = word_paper("QT-TP-04", "Đăng ký giám hộ", day=JULY)
    take(acting, hand_in(qms, acting, {"x.docx": third}), house.decision("146/QĐ-UBND"))
    key = hand_in(
        qms, acting, {"a.docx": BIRTH_2, "b.docx": WEDDING, "c.docx": third, "d.docx": BIRTH, "e.docx": b"PK"}
    )
    assert standings(qms, key) == {
        "a.docx": PackageStanding.REPLACES,
        "b.docx": PackageStanding.NEW,
        "c.docx": PackageStanding.SAME,
        "d.docx": PackageStanding.SAME,
        "e.docx": PackageStanding.UNREADABLE,
    }
    shown = page(qms, key)
    assert [line.title for line in shown.absent] == ["Đăng ký khai tử"]
    assert {row.how for row in shown.standing(PackageStanding.REPLACES)} == {
        "Cùng mã hiệu, tên và cơ quan ban hành"
    }
    done = take(acting, key, house.decision("147/QĐ-UBND"))
    assert (done.taken, done.closed) == (2, False)
    with qms.reading(qms.shell()) as work:
        assert [line.sequence for line in reading.history(work, "QT-TP-01")[2]] == [2, 1]
    with acting("thuky") as work:
        packages.close(work, key)
    assert page(qms, key).closed


def test_a_renamed_paper_under_the_same_code_is_asked_about(qms: QMS, acting: Acting) -> None:
    take(acting, hand_in(qms, acting, {"01.docx": BIRTH}))
    renamed = word_paper("QT-TP-01", "Đăng ký khai sinh lưu động", issue="02", day=SEPTEMBER)
    key = hand_in(qms, acting, {"moi.docx": renamed})
    (row,) = page(qms, key).rows
    assert row.standing is PackageStanding.UNCLEAR
    assert [(p.title, p.why) for p in row.proposals] == [("Đăng ký khai sinh", "cùng mã hiệu, tên gần giống")]
    assert page(qms, key).absent == ()
    choose(qms, acting, key, "moi.docx", PackageChoice.NEXT, row.proposals[0].document_id)
    assert standings(qms, key) == {"moi.docx": PackageStanding.REPLACES}
    assert take(acting, key, house.decision("146/QĐ-UBND")).taken == 1
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-TP-01").title == "Đăng ký khai sinh lưu động"


def test_two_papers_of_one_name_wait_until_one_is_left_out(qms: QMS, acting: Acting) -> None:
    key = hand_in(qms, acting, {"1.docx": BIRTH, "2.docx": BIRTH_2})
    assert standings(qms, key)["2.docx"] is PackageStanding.UNCLEAR
    choose(qms, acting, key, "1.docx", PackageChoice.LEAVE_OUT)
    assert standings(qms, key) == {"1.docx": PackageStanding.LEFT_OUT, "2.docx": PackageStanding.NEW}
    done = take(acting, key)
    assert (done.taken, done.closed) == (1, True)


def test_the_bytes_of_a_superseded_edition_are_asked_about(qms: QMS, acting: Acting) -> None:
    take(acting, hand_in(qms, acting, {"01.docx": BIRTH}))
    take(acting, hand_in(qms, acting, {"01.docx": BIRTH_2}), house.decision("146/QĐ-UBND"))
    key = hand_in(qms, acting, {"cu.docx": BIRTH})
    (row,) = page(qms, key).rows
    assert row.standing is PackageStanding.UNCLEAR
    assert "đã có lần sau thay thế" in row.candidate.warnings[-1].message


def test_a_scan_alone_is_taken_in_once_a_person_has_typed_its_cover(qms: QMS, acting: Acting) -> None:
    key = hand_in(qms, acting, {"quet.pdf": PDF, "anh.jpg": b"\xff\xd8\xff\xe0 anh"})
    assert set(standings(qms, key).values()) == {PackageStanding.UNCLEAR}
    row = next(row for row in page(qms, key).rows if row.name.endswith("quet.pdf"))
    assert row.scan
    typed = {"code": "QT-09", "title": "Chứng thực chữ ký", "issuer": "Sở Tư pháp"}
    with acting("thuky") as work:
        packages.describe(work, key, row.id, typed, JULY)
    assert standings(qms, key)["quet.pdf"] is PackageStanding.NEW
    assert take(acting, key).taken == 1
    drain(qms)
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-09")
        assert document.master is MasterFormat.SCAN
        shown = reading.page(work, "QT-09")
        assert "chỉ có bản quét" in (shown.html or "")
        assert reading.file(work, "QT-09", 1).data == PDF
        assert shown.shown is not None
    with qms.reading(qms.shell()) as work:
        assert work.projection.differences(work.session) == []
        assert document.id in {aside.document for aside in nothing_read(work, house.TODAY)}


def test_what_was_read_is_kept_when_the_reading_is_cut_off(qms: QMS, acting: Acting) -> None:
    papers = {f"{n:02}.docx": word_paper(f"QT-{n:02}", f"Thủ tục số {n}") for n in range(10)}
    with acting("thuky") as work:
        key = packages.begin(work, [Handed("goi.zip", packed(papers))])
    with qms.reading(qms.job()) as work:
        read = package_reading.prepare(work)
    with qms.work(qms.job()) as work:
        package_reading.settle(work, read)
    assert page(qms, key).waiting == 10 - package_reading.AT_ONCE
    with pytest.raises(StillReading):
        take(acting, key)
    drain(qms)
    assert page(qms, key).waiting == 0
    assert take(acting, key).taken == 10


def test_files_handed_in_again_are_kept_once(qms: QMS, acting: Acting) -> None:
    key = hand_in(qms, acting, {"01.docx": BIRTH})
    with acting("thuky") as work:
        more = packed({"01.docx": BIRTH, "02.docx": DEATH})
        assert packages.add(work, key, [Handed("goi.zip", more)]) == 1
    drain(qms)
    assert len(page(qms, key).rows) == 2


def test_without_a_number_papers_are_recorded_by_the_dates_on_their_covers(qms: QMS, acting: Acting) -> None:
    undated = word_paper("QT-TP-05", "Đăng ký lại", day=None)
    key = hand_in(qms, acting, {"1.docx": BIRTH, "2.docx": WEDDING, "3.docx": undated})
    with acting("thuky") as work:
        done = package_issuing.publish(work, key, IssuanceKind.RECORD)
    assert (done.taken, done.held, len(done.issuances)) == (2, 1, 2)
    (row,) = page(qms, key).standing(PackageStanding.UNCLEAR)
    assert row.name.endswith("3.docx")


def test_a_package_that_ended_takes_nothing_more(qms: QMS, acting: Acting) -> None:
    key = hand_in(qms, acting, {"1.docx": BIRTH})
    take(acting, key)
    for act in (lambda w: packages.add(w, key, [Handed("2.docx", DEATH)]), lambda w: packages.close(w, key)):
        with acting("thuky") as work, pytest.raises(PackageClosed):
            act(work)


def test_only_the_officer_works_on_packages(qms: QMS, acting: Acting) -> None:
    key = hand_in(qms, acting, {"1.docx": BIRTH})
    for who in ("soan", "vanthu", "doc"):
        with acting(who) as work, pytest.raises(Forbidden):
            packages.page(work, key)
    with acting("thuky") as work, pytest.raises(NoPackage):
        packages.page(work, "00000000")
