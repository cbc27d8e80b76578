"""The cover of a Word draft: written by a button, or as a change of law opens the draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qms.bootstrap import QMS
from qms.errors import Forbidden, NotFound
from qms.formats.anatomy.values import Anatomy
from qms.formats.reader import read
from qms.model.cover import CoverField, EditedCover
from qms.model.enums import DocumentType
from qms.usecases import change_drafts, creating, deciding, drafting, submitting
from tests import house
from tests.functional.usecases.test_changes import AMENDS, opened

WORD = Path(__file__).parents[3] / "documents" / "sample" / "masters" / "QT-HT-01" / "r1.docx"


def issued(qms: QMS) -> str:
    """Issue a real-looking Word procedure, "lần ban hành 01"."""
    with qms.work(qms.shell("soan")) as work:
        new = creating.NewDocument("QT-HT-01", "Đăng ký khai sinh", DocumentType.PROCEDURE)
        document = creating.create_from_file(work, new, "QT-HT-01.docx", WORD.read_bytes())
    house.approve(qms, "QT-HT-01")
    house.issue(qms, "QT-HT-01", by=house.decision(signed=date(2026, 1, 5)))
    return document


def begun(qms: QMS, note: str = "Sửa bước 2.") -> str:
    document = issued(qms)
    with qms.work(qms.shell("soan")) as work:
        drafting.begin(work, document)
    with qms.work(qms.shell("soan")) as work:
        name, data = drafting.draft_file(work, document)
        drafting.upload(work, document, name, data, "", note)
    return document


def written(qms: QMS, document: str, day: date | None = None, by: str = "soan") -> EditedCover:
    with qms.work(qms.shell(by)) as work:
        return drafting.write_cover(work, document, day)


def anatomy(qms: QMS, document: str, by: str = "soan") -> Anatomy:
    with qms.reading(qms.shell(by)) as work:
        name, data = drafting.draft_file(work, document)
    return read(data, name).anatomy


def test_number_day_and_note_are_written_and_the_revision_is_numbered_alike(qms: QMS) -> None:
    document = begun(qms)
    done = written(qms, document, date(2026, 12, 5))
    assert (done.written, done.left) == ((CoverField.ISSUE, CoverField.ISSUED, CoverField.SHEET), ())
    cover = anatomy(qms, document)
    assert (cover.issue_number, cover.issue_date) == ("02", date(2026, 12, 5))
    assert [row.summary for row in cover.revision_rows] == ["Sửa bước 2."]
    with qms.reading(qms.shell("soan")) as work:
        assert drafting.draft(work, document).label == "02.00"


def test_the_day_is_left_for_the_hand_until_somebody_knows_it(qms: QMS) -> None:
    document = begun(qms)
    written(qms, document)
    assert anatomy(qms, document).issue_date is None
    written(qms, document, date(2026, 12, 5))
    assert anatomy(qms, document).issue_date == date(2026, 12, 5)


def test_writing_again_changes_nothing(qms: QMS) -> None:
    document = begun(qms)
    written(qms, document)
    before = anatomy(qms, document)
    assert written(qms, document).written == ()
    assert anatomy(qms, document) == before


def test_writing_voids_decisions_on_what_was_there(qms: QMS) -> None:
    document = begun(qms)
    with qms.work(qms.shell("soan")) as work:
        submitting.submit(work, document)
    with qms.work(qms.shell("chutich")) as work:
        deciding.approve(work, document)
    written(qms, document)
    with qms.reading(qms.shell("soan")) as work:
        assert drafting.draft(work, document).state == "draft"


def test_a_text_master_has_no_cover_to_write(qms: QMS) -> None:
    document = house.draft(qms)
    with pytest.raises(drafting.WrongMaster):
        written(qms, document)


@pytest.mark.parametrize("login", ["doc", "danhgia", "soan2"])
def test_only_those_who_draft_it_write_a_cover(qms: QMS, login: str) -> None:
    document = begun(qms)
    with pytest.raises((Forbidden, NotFound)):
        written(qms, document, by=login)


def test_a_change_of_law_writes_number_and_note_where_it_edits_the_basis(qms: QMS) -> None:
    document = issued(qms)
    change = opened(qms, AMENDS)
    with qms.work(qms.shell("thuky")) as work:
        (done,) = change_drafts.open_drafts(work, change, [document])
    assert done.refusal == ""
    assert (done.label, bool(done.applied), done.cover_left) == ("02.00", True, ())
    cover = anatomy(qms, document, "thuky")
    assert (cover.issue_number, cover.issue_date) == ("02", None)
    (row,) = cover.revision_rows
    assert "300/2026/NĐ-CP sửa đổi, bổ sung 123/2015/NĐ-CP" in row.summary
    assert row.basis.startswith("Nghị định số 300/2026/NĐ-CP")
