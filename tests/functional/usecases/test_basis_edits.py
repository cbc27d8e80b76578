"""The legal basis of a master is edited by instrument: suggested, made in the child, shown as a redline."""

from __future__ import annotations

import re
from datetime import date

import pytest

from qms.citations import legal_basis
from qms.citations.naming import InstrumentName
from qms.citations.suggesting import suggest_edits
from qms.formats.refusals import Unacceptable
from qms.model.basis import BasisEdit
from qms.model.enums import BasisAction, RelationKind
from qms.stores.sandbox import Sandbox
from qms.usecases.basis_edits import edit_basis
from tests.unit.formats.packages import docx, para

REPLACE, ADD, REMOVE = BasisAction.REPLACE, BasisAction.ADD_AFTER, BasisAction.REMOVE
LAW, DECREE = "Luật Hộ tịch năm 2014", "Nghị định số 123/2015/NĐ-CP"
NEW = "Nghị định số 18/2026/NĐ-CP"
MASTER = f"# QUY TRÌNH\n\n**a. Căn cứ pháp lý:**\n\n- {LAW};\n- {DECREE}.\n".encode()


@pytest.fixture(scope="module")
def reader():
    with Sandbox() as sandbox:
        yield sandbox


def keys(reader: Sandbox, data: bytes, name: str) -> list[str | None]:
    return [one.key for one in legal_basis(reader.read(data, name).anatomy.legal_basis_lines)]


def test_edits_are_made_one_after_another_and_again_they_change_nothing(reader):
    edits = [
        BasisEdit("123/2015/NĐ-CP", ADD, NEW),
        BasisEdit("18/2026/NĐ-CP", ADD, "Nghị định số 20/2026/NĐ-CP"),
        BasisEdit("123/2015/NĐ-CP", ADD, "Nghị định số 19/2026/NĐ-CP"),
        BasisEdit("Luật Hộ tịch 2014", REMOVE),
    ]
    for data, name in (
        (MASTER, "a.md"),
        (docx(para("a. Căn cứ pháp lý:") + para(f"- {LAW};") + para(f"- {DECREE}.")), "a.docx"),
    ):
        once = edit_basis(reader, data, name, edits)
        assert (once.applied, once.left) == (tuple(edits), ())
        assert keys(reader, once.data, name) == [
            "123/2015/NĐ-CP", "18/2026/NĐ-CP", "19/2026/NĐ-CP", "20/2026/NĐ-CP",
        ]  # fmt: skip
        again = edit_basis(reader, once.data, name, edits)
        assert (again.data, again.applied) == (once.data, ())
        assert [edit for edit, _ in again.left] == edits
        assert all(reason.endswith(".") for _, reason in again.left)


def test_what_cannot_be_done_is_left_with_its_reason_and_the_rest_is_done(reader):
    edits = [BasisEdit("9/2020/NĐ-CP", REMOVE), BasisEdit("123/2015/NĐ-CP", REPLACE, NEW)]
    edited = edit_basis(reader, MASTER, "a.md", edits)
    assert edited.applied == (edits[1],)
    assert edited.left == ((edits[0], "Phần căn cứ không có dòng nào nêu 9/2020/NĐ-CP."),)
    assert edited.data == MASTER.replace(DECREE.encode(), NEW.encode())


def test_a_file_that_is_not_read_is_refused(reader):
    with pytest.raises(Unacceptable):
        edit_basis(reader, b"%PDF-1.7", "a.pdf", [BasisEdit("123/2015/NĐ-CP", REMOVE)])


def test_a_change_of_law_becomes_a_draft_with_a_redline_on_a_real_procedure(reader, real_data):
    path = next((real_data / "procedures").glob("*DOC_001__01.*"))
    data = path.read_bytes()
    before = reader.read(data, path.name)
    title = "Sửa đổi, bổ sung một số điều của các nghị định trong lĩnh vực hộ tịch"
    source = InstrumentName("18/2026/NĐ-CP", "Nghị định", title, "Chính phủ", date(2026, 1, 15))
    edits = suggest_edits(RelationKind.AMENDS, source, "123/2015/NĐ-CP", before.anatomy.legal_basis_lines)
    draft = edit_basis(reader, data, path.name, edits)
    after = reader.read(draft.data, path.name)
    words = f"Nghị định số 18/2026/NĐ-CP ngày 15/01/2026 của Chính phủ s{title[1:]}"
    assert [edit.text for edit in draft.applied] == [words]
    marked = reader.redline(reader.render(before.markdown), reader.render(after.markdown))
    inserted = " ".join(
        re.sub(r"<[^>]*>", "", " ".join(re.findall(r"<ins[^>]*>(.*?)</ins>", marked, re.S))).split()
    )
    assert inserted == f"- {words};"
    assert "<del" not in marked
