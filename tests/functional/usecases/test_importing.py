"""Importing: every file gets a line; the second folder knows the first; nothing doubtful is taken in silently."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden
from qms.model.document import Document, Revision
from qms.model.enums import (
    ImportMatch,
    ImportStatus,
    IssuanceKind,
    ItemRole,
    MasterFormat,
    RevisionState,
    WarningCode,
)
from qms.model.issuance import NumberUsed
from qms.usecases import drafting, importing, lookups, reading, registering
from qms.usecases.candidates import ChangedMeanwhile, ImportLine, Source
from tests import house
from tests.papers import source, word_paper

JULY, SEPTEMBER = date(2025, 7, 1), date(2026, 9, 1)
BIRTH = word_paper("QT-TP-01", "Đăng ký khai sinh", day=JULY)
DEATH = word_paper("QT-TP-02", "Đăng ký khai tử", day=JULY)
BIRTH_2 = word_paper(
    "QT-TP-01", "Đăng ký khai sinh", issue="02", day=SEPTEMBER, body="Nộp trên cổng dịch vụ công."
)


def publish(acting, *papers: tuple[str, bytes], decision=None) -> importing.Imported:
    with acting("thuky") as work:
        return importing.publish(work, [source(name, data) for name, data in papers], decision=decision)


def take_in(acting, *papers: tuple[str, bytes]) -> importing.Imported:
    with acting("thuky") as work:
        return importing.take_in(work, [source(name, data) for name, data in papers])


def told(line: ImportLine) -> tuple[ImportStatus, ImportMatch | None]:
    return line.status, line.match


def warned(line: ImportLine) -> set[WarningCode]:
    return {warning.code for warning in line.warnings}


def acts(qms: QMS) -> list[tuple[str, int]]:
    return [(act.act, len(act.documents)) for _, act in qms.stores.git.acts()]


def test_a_package_is_recorded_by_the_dates_on_its_covers(qms: QMS, acting) -> None:
    third = word_paper("QT-TP-03", "Đăng ký giám hộ", day=SEPTEMBER)
    done = publish(acting, ("khai sinh.docx", BIRTH), ("khai tử.docx", DEATH), ("giám hộ.docx", third))
    assert done.clean
    assert [told(line) for line in done.lines] == [(ImportStatus.IMPORTED, ImportMatch.NEW)] * 3
    assert acts(qms) == [("record", 2), ("record", 1)]
    with qms.reading(qms.shell()) as work:
        lines = registering.register(work, on=JULY)
    assert [
        (line.code, line.effective_from, line.source_file) for line in lines if line.status == "effective"
    ] == [
        ("QT-TP-01", JULY, "khai sinh.docx"),
        ("QT-TP-02", JULY, "khai tử.docx"),
    ]


def test_a_package_is_recorded_by_one_decision(qms: QMS, acting) -> None:
    publish(acting, ("khai sinh.docx", BIRTH), ("khai tử.docx", DEATH), decision=house.decision())
    ((_, act),) = qms.stores.git.acts()
    assert (act.kind, act.number, len(act.documents)) == (IssuanceKind.ADOPT, "145/QĐ-UBND", 2)
    assert {d.role for d in act.documents} == {ItemRole.NEW}


def test_the_second_folder_knows_what_is_next_new_same_and_absent(qms: QMS, acting) -> None:
    publish(acting, ("01.docx", BIRTH), ("02.docx", DEATH))
    marriage = word_paper("QT-TP-03", "Đăng ký kết hôn", day=SEPTEMBER)
    done = publish(acting, ("a.docx", BIRTH_2), ("b.docx", marriage), ("c.docx", BIRTH))
    assert [told(line) for line in done.lines] == [
        (ImportStatus.IMPORTED, ImportMatch.NEXT_REVISION),
        (ImportStatus.IMPORTED, ImportMatch.NEW),
        (ImportStatus.UNCHANGED, ImportMatch.SAME),
    ]
    with qms.reading(qms.shell()) as work:
        birth, death = (lookups.document(work, code).id for code in ("QT-TP-01", "QT-TP-02"))
        assert [line.sequence for line in reading.history(work, "QT-TP-01")[2]] == [2, 1]
        assert reading.page(work, "QT-TP-01", on=SEPTEMBER - timedelta(1)).shown.sequence == 1
        assert "cổng dịch vụ công" in reading.page(work, "QT-TP-01", on=SEPTEMBER).html
    package = done.package
    assert (package.next, package.new, package.same, package.refused) == (1, 1, 1, 0)
    assert package.absent == (death,)
    assert (done.lines[0].revision_of, done.lines[0].matched_by) == (birth, "issuer+code+title")


def test_the_same_folder_twice_changes_nothing(qms: QMS, acting) -> None:
    publish(acting, ("01.docx", BIRTH), ("02.docx", DEATH))
    head = qms.stores.git.head()
    done = publish(acting, ("moved/01.docx", BIRTH), ("02.docx", DEATH))
    assert {line.status for line in done.lines} == {ImportStatus.UNCHANGED}
    assert qms.stores.git.head() == head
    assert done.package.absent == ()


def test_a_file_that_lies_there_twice_is_taken_once(qms: QMS, acting) -> None:
    done = publish(acting, ("01.docx", BIRTH), ("bản sao/01.docx", BIRTH))
    assert [told(line) for line in done.lines] == [
        (ImportStatus.IMPORTED, ImportMatch.NEW),
        (ImportStatus.UNCHANGED, ImportMatch.SAME),
    ]
    assert done.lines[0].document["id"] == done.lines[1].document["id"]


def test_two_versions_of_one_paper_in_a_folder_wait_for_a_person(qms: QMS, acting) -> None:
    done = publish(acting, ("cũ.docx", BIRTH), ("mới.docx", BIRTH_2))
    assert done.lines[1].status is ImportStatus.REVIEW
    assert WarningCode.POSSIBLE_MATCH in warned(done.lines[1])
    assert not done.clean


def test_equal_code_with_another_title_or_issuer_is_another_document(qms: QMS, acting) -> None:
    publish(acting, ("01.docx", BIRTH))
    renamed = word_paper("QT-TP-01", "Đăng ký giám hộ", day=SEPTEMBER)
    of_another = word_paper("QT-TP-01", "Đăng ký khai sinh", issuer="SỞ NỘI VỤ TỈNH MẪU", day=SEPTEMBER)
    done = publish(acting, ("a.docx", renamed), ("b.docx", of_another))
    assert [told(line) for line in done.lines] == [(ImportStatus.IMPORTED, ImportMatch.NEW)] * 2
    assert all(WarningCode.CODE_REUSED in warned(line) for line in done.lines)
    with qms.reading(qms.shell()) as work, pytest.raises(lookups.AmbiguousCode) as ambiguous:
        reading.page(work, "QT-TP-01")
    assert all(line.document["id"] in str(ambiguous.value) for line in done.lines)
    with qms.reading(qms.shell()) as work:
        assert len(reading.candidates(work, "qt-tp-01")) == 3
        assert all(reading.page(work, line.document["id"]).code_reused for line in done.lines)


def test_two_papers_of_one_folder_with_one_code_are_both_flagged(qms: QMS, acting) -> None:
    other = word_paper("QT-TP-01", "Đăng ký giám hộ", day=JULY)
    done = publish(acting, ("a.docx", BIRTH), ("b.docx", other))
    assert all(WarningCode.CODE_REUSED in warned(line) for line in done.lines)
    assert done.clean


@pytest.mark.parametrize(
    ("day", "warning"),
    [(None, WarningCode.NO_DATE), (house.TODAY + timedelta(1), WarningCode.NO_DATE)],
    ids=["no_date", "date_to_come"],
)
def test_a_cover_without_a_day_that_has_come_waits_for_a_person(qms: QMS, acting, day, warning) -> None:
    done = publish(acting, ("a.docx", word_paper(day=day)), ("b.docx", DEATH))
    assert [line.status for line in done.lines] == [ImportStatus.REVIEW, ImportStatus.IMPORTED]
    assert warning in warned(done.lines[0])
    assert acts(qms) == [("record", 1)]


def test_a_decision_dates_what_has_no_date_of_its_own(qms: QMS, acting) -> None:
    done = publish(acting, ("a.docx", word_paper(day=None)), decision=house.decision())
    assert done.clean
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-TP-01").shown.effective_from == house.TODAY


def test_an_older_edition_is_not_put_on_top_of_a_newer_one(qms: QMS, acting) -> None:
    publish(acting, ("mới.docx", BIRTH_2))
    done = publish(acting, ("cũ.docx", BIRTH))
    assert done.lines[0].status is ImportStatus.REVIEW
    assert WarningCode.DATE_NOT_AFTER_CURRENT in warned(done.lines[0])


def test_changed_content_under_the_old_edition_number_is_taken_and_told(qms: QMS, acting) -> None:
    publish(acting, ("a.docx", BIRTH))
    again = word_paper("QT-TP-01", "Đăng ký khai sinh", day=SEPTEMBER, body="Đã sửa mà không đánh số.")
    done = publish(acting, ("a.docx", again))
    assert told(done.lines[0]) == (ImportStatus.IMPORTED, ImportMatch.NEXT_REVISION)
    assert WarningCode.SAME_EDITION_AGAIN in warned(done.lines[0])


def test_a_paper_of_which_a_draft_is_open_or_that_was_ended_waits_for_a_person(qms: QMS, acting) -> None:
    publish(acting, ("a.docx", BIRTH), ("b.docx", DEATH))
    with acting("thuky") as work:
        drafting.begin(work, "QT-TP-01")
    house.retire(qms, "QT-TP-02")
    death_2 = word_paper("QT-TP-02", "Đăng ký khai tử", issue="02", day=house.TODAY, body="Khác.")
    done = publish(acting, ("a.docx", BIRTH_2), ("b.docx", death_2))
    assert [line.status for line in done.lines] == [ImportStatus.REVIEW] * 2
    assert WarningCode.OPEN_REVISION in warned(done.lines[0])


def test_refused_files_get_a_line_with_the_reason_and_leave_nothing(qms: QMS, acting) -> None:
    bad = [("a.docx", b""), ("b.doc", b"\xd0\xcf\x11\xe0" + bytes(600)), ("c.docx", b"PK\x03\x04 broken")]
    done = publish(acting, *bad, ("d.docx", DEATH))
    assert [line.status for line in done.lines] == [ImportStatus.REFUSED] * 3 + [ImportStatus.IMPORTED]
    assert all(line.warnings[0].message for line in done.lines[:3])
    assert done.package.refused == 3
    with qms.sessions() as session:
        assert session.query(Document).count() == session.query(Revision).count() == 1


def test_taken_in_without_publishing_it_is_a_draft_like_any_other(qms: QMS, acting) -> None:
    done = take_in(acting, ("khai sinh.docx", BIRTH), ("ghi chú.md", house.text("Ghi chú").encode()))
    assert [told(line) for line in done.lines] == [(ImportStatus.IMPORTED, ImportMatch.NEW)] * 2
    assert acts(qms) == []
    with qms.reading(qms.shell()) as work:
        document = lookups.document(work, "QT-TP-01")
        revision = lookups.need_open(work, document)
        assert (revision.state, document.master) == (RevisionState.DRAFT, MasterFormat.DOCX)
        assert drafting.draft_file(work, document.id) == ("khai sinh.docx", BIRTH)
    house.approve(qms, "QT-TP-01", by="thuky")
    house.issue(qms, "QT-TP-01")
    with qms.reading(qms.shell()) as work:
        assert reading.file(work, "QT-TP-01", 1).data == BIRTH


def test_a_next_edition_taken_in_as_a_draft_keeps_what_applies(qms: QMS, acting) -> None:
    publish(acting, ("a.docx", BIRTH))
    take_in(acting, ("b.docx", BIRTH_2))
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-TP-01").shown.sequence == 1
    house.approve(qms, "QT-TP-01", by="thuky")
    house.issue(qms, "QT-TP-01")
    with qms.reading(qms.shell()) as work:
        assert reading.page(work, "QT-TP-01").shown.label == "02.00"


def test_a_used_number_is_refused_before_anything_is_taken(qms: QMS, acting) -> None:
    publish(acting, ("a.docx", BIRTH), decision=house.decision(signed=house.TODAY - timedelta(9)))
    with pytest.raises(NumberUsed):
        publish(acting, ("b.docx", DEATH), decision=house.decision())
    assert acts(qms) == [("adopt", 1)]


@pytest.mark.parametrize(
    "login", ["soan", "chutich", "vanthu", "doc", "danhgia", "thanhtra", "quantri", "phongkt"]
)
def test_only_the_officer_imports(qms: QMS, acting, login: str) -> None:
    for act in (importing.take_in, importing.publish):
        with acting(login) as work, pytest.raises(Forbidden):
            act(work, [source("a.docx", BIRTH)])
    assert acts(qms) == []


def test_the_bare_terminal_imports_as_the_user_of_the_machine(qms: QMS) -> None:
    with qms.work(qms.shell()) as work:
        importing.publish(work, [source("a.docx", BIRTH)])
    ((_, act),) = qms.stores.git.acts()
    assert act.via.startswith("shell (")


def test_a_paper_that_is_word_for_word_a_superseded_edition_is_told_of(acting) -> None:
    publish(acting, ("a.docx", BIRTH))
    publish(acting, ("b.docx", BIRTH_2))
    (line,) = publish(acting, ("a.docx", BIRTH)).lines
    assert told(line) == (ImportStatus.UNCHANGED, ImportMatch.SAME)
    assert WarningCode.POSSIBLE_MATCH in warned(line)
    assert "01.00" in line.warnings[-1].message
    (line,) = publish(acting, ("b.docx", BIRTH_2)).lines
    assert WarningCode.POSSIBLE_MATCH not in warned(line)


def test_a_paper_of_a_document_that_was_ended_is_told_of(qms: QMS, acting) -> None:
    publish(acting, ("a.docx", BIRTH))
    house.retire(qms, "QT-TP-01")
    (line,) = publish(acting, ("a.docx", BIRTH)).lines
    assert told(line) == (ImportStatus.UNCHANGED, ImportMatch.SAME)
    assert "ngừng áp dụng" in line.warnings[-1].message


def test_a_paper_without_code_is_new_and_says_whose_title_it_bears(acting) -> None:
    publish(acting, ("a.docx", BIRTH))
    bare = word_paper("", "Đăng ký khai sinh", issue="02", day=SEPTEMBER, body="Khác.")
    other = word_paper("", "Đăng ký giám hộ", day=SEPTEMBER)
    done = publish(acting, ("b.docx", bare), ("c.docx", other))
    assert [told(line) for line in done.lines] == [(ImportStatus.IMPORTED, ImportMatch.NEW)] * 2
    assert WarningCode.POSSIBLE_MATCH in warned(done.lines[0])
    assert "QT-TP-01" in done.lines[0].warnings[-1].message
    assert WarningCode.POSSIBLE_MATCH not in warned(done.lines[1])


def test_what_waits_for_a_person_counts_as_neither_next_nor_new(acting) -> None:
    publish(acting, ("a.docx", BIRTH_2), ("b.docx", DEATH))
    older, dateless = BIRTH, word_paper("QT-TP-09", "Đăng ký giám hộ", day=None)
    done = publish(acting, ("a.docx", older), ("b.docx", DEATH), ("c.docx", dateless))
    assert [line.status for line in done.lines] == [
        ImportStatus.REVIEW,
        ImportStatus.UNCHANGED,
        ImportStatus.REVIEW,
    ]
    package = done.package
    assert (package.next, package.new, package.same, package.refused) == (0, 0, 1, 0)


def test_a_missing_date_is_said_once(acting) -> None:
    (line,) = publish(acting, ("a.docx", word_paper(day=None))).lines
    assert [doubt.code for doubt in line.warnings].count(WarningCode.NO_DATE) == 1
    assert "ngày quyết định" in line.warnings[-1].message


def test_others_may_write_while_files_are_read(qms: QMS) -> None:
    def progress(_done: int, _of: int) -> None:
        # with the write lock held this would wait half a minute, then fail
        house.draft(qms, "QT-77", "Việc khác")

    with qms.work(qms.shell("thuky")) as work:
        done = importing.publish(work, [source("a.docx", BIRTH)], progress=progress)
    assert done.clean
    with qms.reading(qms.shell()) as work:
        assert lookups.document(work, "QT-77").title == "Việc khác"


def test_a_file_that_changes_while_it_is_taken_in_is_refused_whole(qms: QMS, acting) -> None:
    versions = iter([BIRTH, BIRTH_2])
    with acting("thuky") as work, pytest.raises(ChangedMeanwhile):
        importing.publish(work, [Source("a.docx", lambda: next(versions))])
    assert acts(qms) == []
    with qms.sessions() as session:
        assert session.query(Document).count() == 0
