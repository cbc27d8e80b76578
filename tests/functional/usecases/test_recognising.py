"""A form that somebody holds is told: which one and which revision it is, and whether that applies on the day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from qms.bootstrap import QMS
from qms.formats.refusals import Unacceptable
from qms.jobs.runner import drain
from qms.model.enums import DayStatus, DocumentType, FormVerdict
from qms.stores.sql import schema
from qms.usecases import creating, drafting, rebuilding, recognising
from qms.usecases.recognising import FormCheck
from tests import house
from tests.forms import blank_form, filled

LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "PHIẾU ĐỀ NGHỊ THỬ NGHIỆM",
    "Kính gửi: ..............................",
    "Họ, chữ đệm, tên người đề nghị: ..............................",
    "Giấy tờ tùy thân: ............... Nơi cư trú: ..............................",
    "Đề nghị cơ quan giải quyết việc thử nghiệm trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ hợp lệ.",
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.",
    "Làm tại: ............., ngày ......... tháng ......... năm 20......",
)
NEXT = tuple(line.replace("30 ngày", "15 ngày làm việc") for line in LINES)
CHANGED, BEFORE = date(2026, 12, 10), date(2026, 12, 9)


def check(qms: QMS, data: bytes, name: str = "phieu.docx", on: date | None = None) -> FormCheck:
    with qms.reading(qms.visitor(office=True)) as work:
        return recognising.recognise(work, data, name, on)


def issue_form(qms: QMS, lines: tuple[str, ...] = LINES, code: str = "BM-01") -> str:
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument(code, "Phiếu đề nghị thử nghiệm", DocumentType.FORM)
        document = creating.create(work, new, "\n\n".join(lines))
    house.approve(qms, code)
    house.issue(qms, code)
    return document


def issue_next(qms: QMS, lines: tuple[str, ...] = NEXT, code: str = "BM-01", day: date = CHANGED) -> None:
    with qms.work(qms.shell("soan")) as work:
        document = drafting.begin(work, code)
    with qms.work(qms.shell("soan")) as work:
        base = drafting.draft(work, document).base_sha256
        drafting.save_text(work, document, "\n\n".join(lines), base, "Sửa thời hạn.")
    house.approve(qms, code)
    house.issue(qms, code, by=house.decision("146/QĐ-UBND", effective=day))


def test_a_filled_form_of_the_revision_in_force_applies(qms: QMS) -> None:
    document = issue_form(qms)
    (form,) = check(qms, blank_form(*map(filled, LINES))).forms
    assert (form.verdict, form.exact, form.part) == (FormVerdict.CURRENT, False, 1.0)
    assert [(place.document, place.code, place.sequence) for place in form.places] == [(document, "BM-01", 1)]


def test_the_master_itself_is_told_by_its_bytes(qms: QMS) -> None:
    issue_form(qms)
    (form,) = check(qms, "\n\n".join(LINES).encode(), "BM-01.md").forms
    assert (form.verdict, form.exact) == (FormVerdict.CURRENT, True)


def test_an_old_form_is_told_as_replaced_since_when_by_which_and_what_differs(
    qms: QMS, clock: house.FixedClock
) -> None:
    issue_form(qms)
    issue_next(qms)
    clock.move_to(date(2026, 12, 20))
    (form,) = check(qms, blank_form(*map(filled, LINES))).forms
    assert form.verdict is FormVerdict.REPLACED
    (place,) = form.places
    assert (place.sequence, place.status, place.until) == (1, DayStatus.SUPERSEDED, CHANGED)
    assert place.ended_by == "146/QĐ-UBND"
    assert place.successor is not None
    assert (place.successor.sequence, place.successor.since) == (2, CHANGED)
    assert [one.text for one in place.successor.changes if one.kind == "gone"] == ["30"]
    assert [one.text for one in place.successor.changes if one.kind == "new"] == ["15", "làm việc"]


def test_the_day_of_the_dossier_decides(qms: QMS, clock: house.FixedClock) -> None:
    issue_form(qms)
    issue_next(qms)
    clock.move_to(date(2026, 12, 20))
    old, new = blank_form(*map(filled, LINES)), blank_form(*map(filled, NEXT))
    assert check(qms, old, on=BEFORE).forms[0].verdict is FormVerdict.CURRENT
    assert check(qms, new, on=BEFORE).forms[0].verdict is FormVerdict.SCHEDULED
    assert check(qms, new).forms[0].verdict is FormVerdict.CURRENT


def test_a_form_whose_words_are_neither_revision_is_never_called_valid(qms: QMS) -> None:
    issue_form(qms)
    other = tuple(line.replace("30 ngày", "45 ngày") for line in LINES)
    (form,) = check(qms, blank_form(*map(filled, other))).forms
    assert form.verdict is FormVerdict.ALTERED
    assert any("30 ngày" in words for words in form.missing)


def test_a_form_with_a_label_more_is_never_called_valid(qms: QMS) -> None:
    issue_form(qms)
    more = (*LINES[:5], "Mã số hộ gia đình: ..............", *LINES[5:])
    (form,) = check(qms, blank_form(*map(filled, more))).forms
    assert (form.verdict, form.added) == (FormVerdict.ALTERED, ("Mã số hộ gia đình",))


def test_a_file_between_two_revisions_is_said_to_be_unsure(qms: QMS, clock: house.FixedClock) -> None:
    issue_form(qms)
    issue_next(qms)
    clock.move_to(date(2026, 12, 20))
    torn = tuple(line.split("thời hạn")[0] for line in LINES)
    (form,) = check(qms, blank_form(*torn)).forms
    assert form.verdict is FormVerdict.UNSURE
    assert {place.sequence for place in (*form.places, *form.rivals)} == {1, 2}


def test_a_revision_with_the_same_fixed_words_leaves_the_old_print_usable(
    qms: QMS, clock: house.FixedClock
) -> None:
    issue_form(qms)
    issue_next(qms, (*LINES, "…………"))
    clock.move_to(date(2026, 12, 20))
    (form,) = check(qms, blank_form(*map(filled, LINES))).forms
    assert form.verdict is FormVerdict.CURRENT
    assert {place.sequence for place in form.places} == {1, 2}


def test_a_form_of_a_retired_document_is_told_with_the_decision(qms: QMS) -> None:
    issue_form(qms)
    house.retire(qms, "BM-01")
    (form,) = check(qms, blank_form(*map(filled, LINES))).forms
    assert form.verdict is FormVerdict.RETIRED
    assert form.places[0].ended_by == "150/QĐ-UBND"


def test_what_is_no_form_of_ours_is_not_recognised_and_the_nearest_are_told(qms: QMS) -> None:
    document = issue_form(qms)
    strange = ("ĐƠN XIN NGHỈ PHÉP", "Kính gửi: ....", "Tôi xin nghỉ phép năm để đi thăm gia đình.", "BM-01")
    found = check(qms, blank_form(*strange))
    assert found.forms == ()
    assert [(near.document, near.by) for near in found.nearest] == [(document, "code")]


def test_of_a_torn_file_the_title_tells_which_form_it_is(qms: QMS) -> None:
    issue_form(qms)
    other = ("PHIẾU ĐỀ NGHỊ CẤP LẠI KẾT QUẢ", *(line for line in LINES if "PHIẾU" not in line))
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument("BM-07", "Phiếu đề nghị cấp lại kết quả", DocumentType.FORM)
        creating.create(work, new, "\n\n".join(other))
    house.approve(qms, "BM-07")
    house.issue(qms, "BM-07")
    (form,) = check(qms, blank_form(*map(filled, (*other[:6], other[7])))).forms
    assert {place.code for place in form.places} == {"BM-07"}
    assert form.verdict is FormVerdict.ALTERED


def test_half_a_form_is_not_recognised_but_told_as_the_nearest(qms: QMS) -> None:
    document = issue_form(qms)
    found = check(qms, blank_form(*map(filled, LINES[3:7])))
    assert found.forms == ()
    assert [(near.document, near.by) for near in found.nearest] == [(document, "words")]
    assert 0.2 < (found.nearest[0].part or 0) < recognising.KNOWN


def test_a_picture_alone_cannot_be_read_and_that_is_said(qms: QMS) -> None:
    issue_form(qms)
    found = check(qms, blank_form())
    assert (found.readable, found.forms) == (False, ())
    with pytest.raises(Unacceptable):
        check(qms, b"\x89PNG nothing else", "anh.png")


def test_drafts_are_not_told_of(qms: QMS) -> None:
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument("BM-02", "Phiếu đề nghị thử nghiệm", DocumentType.FORM)
        creating.create(work, new, "\n\n".join(LINES))
    assert check(qms, blank_form(*map(filled, LINES))).forms == ()
    assert check(qms, "\n\n".join(LINES).encode(), "x.md").forms == ()


def test_a_rebuild_restores_what_forms_are_known_by(qms: QMS) -> None:
    issue_form(qms)
    with qms.work(qms.shell()) as work:
        rebuilding.rebuild(work)
    drain(qms)
    assert check(qms, blank_form(*map(filled, LINES))).forms[0].verdict is FormVerdict.CURRENT


def test_what_was_issued_before_the_upgrade_is_read_again_for_its_forms(qms: QMS) -> None:
    issue_form(qms)
    with qms.engine.begin() as connection:
        for sql in (
            "DROP TABLE form_text",
            "DROP TABLE form_origin",
            "UPDATE alembic_version SET version_num = '0004'",
        ):
            connection.execute(text(sql))
    schema.upgrade(qms.engine, "0005")
    drain(qms)
    assert check(qms, blank_form(*map(filled, LINES))).forms[0].verdict is FormVerdict.CURRENT
