"""What applies and should not, or not so: every reason is told with its day and what is behind it."""

from __future__ import annotations

from datetime import date

from qms.bootstrap import QMS
from qms.jobs.runner import drain
from qms.model.enums import DocumentType, ObsoleteKind
from qms.usecases import creating, linking, obsolete
from tests import house

SIGNED = date(2026, 1, 5)


def found(qms: QMS, on: date | None = None) -> obsolete.Obsolete:
    drain(qms)
    with qms.reading(qms.shell()) as work:
        return obsolete.obsolete(work, on)


def reasons(qms: QMS, kind: ObsoleteKind, on: date | None = None) -> list[tuple[str, str]]:
    lines = found(qms, on).lines
    return [(r.what, r.by) for line in lines for r in line.reasons if r.kind is kind]


def issued(qms: QMS, body: str, code: str = "QT-01") -> str:
    return house.issued(qms, code, body=body, by=house.decision(signed=SIGNED))


def test_a_dead_a_suspect_and_an_unknown_basis_are_told_apart(qms: QMS) -> None:
    issued(qms, "Theo Nghị định số 87/2020/NĐ-CP và Nghị định số 23/2015/NĐ-CP.")
    house.law(
        qms,
        ("200/2026/NĐ-CP", "replaces", "123/2015/NĐ-CP", "2026-07-01"),
        ("18/2026/NĐ-CP", "amends", "23/2015/NĐ-CP", "2026-03-15"),
        instruments=[
            {"number": number, "type": "Nghị định", "effective": "2016-01-01"}
            for number in ("123/2015/NĐ-CP", "23/2015/NĐ-CP")
        ],
    )
    assert reasons(qms, ObsoleteKind.DEAD_BASIS) == [("123/2015/NĐ-CP", "200/2026/NĐ-CP")]
    assert reasons(qms, ObsoleteKind.SUSPECT_BASIS) == [("23/2015/NĐ-CP", "18/2026/NĐ-CP")]
    assert reasons(qms, ObsoleteKind.UNKNOWN_BASIS) == [("Luật Hộ tịch 2014", "")]
    assert reasons(qms, ObsoleteKind.DEAD_BASIS, date(2026, 6, 30)) == []


def test_a_change_from_an_unknown_day_leaves_no_basis_green(qms: QMS) -> None:
    issued(qms, "Theo Điều 5 Nghị định số 23/2015/NĐ-CP và Điều 9 Nghị định số 87/2020/NĐ-CP.")
    decrees = [
        {"number": number, "type": "Nghị định", "effective": "2015-04-10"}
        for number in ("23/2015/NĐ-CP", "87/2020/NĐ-CP")
    ]
    house.law(
        qms,
        ("996/2026/NĐ-CP", "amends", "23/2015/NĐ-CP", ""),
        ("996/2026/NĐ-CP", "amends", "87/2020/NĐ-CP", "", "art_1"),
        instruments=decrees,
    )
    unknown = [what for what, _ in reasons(qms, ObsoleteKind.UNKNOWN_BASIS)]
    assert "23/2015/NĐ-CP" in unknown
    assert "87/2020/NĐ-CP" not in unknown


def test_the_reason_names_what_touched_what_is_cited_not_the_last_change_of_all(qms: QMS) -> None:
    issued(qms, "Theo Điều 5 Nghị định số 23/2015/NĐ-CP.")
    house.law(
        qms,
        ("18/2026/NĐ-CP", "amends", "23/2015/NĐ-CP", "2026-03-15", "art_5"),
        ("20/2026/NĐ-CP", "amends", "23/2015/NĐ-CP", "2026-05-01", "art_9"),
        instruments=[{"number": "23/2015/NĐ-CP", "type": "Nghị định", "effective": "2015-04-10"}],
    )
    assert reasons(qms, ObsoleteKind.SUSPECT_BASIS) == [("23/2015/NĐ-CP", "18/2026/NĐ-CP")]


def test_names_out_of_use_and_papers_named_incompletely_are_told_once_each(qms: QMS) -> None:
    issued(qms, "Trình UBND huyện. Gửi UBND huyện theo Thông tư số 244 của Bộ Tài chính.")
    assert reasons(qms, ObsoleteKind.ABOLISHED_NAME) == [
        ("UBND huyện", "UBND cấp xã hoặc cơ quan cấp tỉnh theo phân định thẩm quyền")
    ]
    ((text, _),) = reasons(qms, ObsoleteKind.UNLINKED)
    assert "244" in text


def test_what_was_due_for_review_is_told_from_the_day_after(qms: QMS) -> None:
    issued(qms, "Bước 1.")
    due = date(2027, 1, 5)
    assert reasons(qms, ObsoleteKind.PAST_REVIEW, due) == []
    assert reasons(qms, ObsoleteKind.PAST_REVIEW, date(2027, 1, 6)) == [("", "")]


def test_the_gravest_comes_first_and_everything_in_force_is_counted(qms: QMS) -> None:
    issued(qms, "Trình UBND huyện.", "QT-01")
    second = issued(qms, "Theo Nghị định số 23/2015/NĐ-CP.", "QT-02")
    house.law(
        qms,
        ("300/2026/NĐ-CP", "repeals", "23/2015/NĐ-CP", "2026-07-01"),
        instruments=[{"number": "23/2015/NĐ-CP", "type": "Nghị định", "effective": "2015-04-10"}],
    )
    told = found(qms)
    assert told.examined == 2
    assert told.lines[0].document == second
    assert told.lines[0].gravest is ObsoleteKind.DEAD_BASIS
    assert told.counts()[ObsoleteKind.ABOLISHED_NAME] == 1


def test_a_draft_and_a_retired_document_are_no_ones_worry(qms: QMS) -> None:
    house.draft(qms, "QT-09", body="Trình UBND huyện.")
    assert found(qms).examined == 0


def test_a_form_is_examined_with_the_procedure_that_uses_it(qms: QMS) -> None:
    issued(qms, "Bước 1.")
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument("BM-01", "Tờ khai thử", DocumentType.FORM)
        creating.create(work, new, "# Tờ khai thử\n\nHọ và tên: ...\n")
    house.approve(qms, "BM-01")
    house.issue(qms, "BM-01", by=house.decision("9/QĐ-UBND", signed=SIGNED))
    assert reasons(qms, ObsoleteKind.NOT_EXAMINED) == [("", "")]
    with qms.work(qms.shell("thuky")) as work:
        linking.link(work, "QT-01", "BM-01")
    assert reasons(qms, ObsoleteKind.NOT_EXAMINED) == []
